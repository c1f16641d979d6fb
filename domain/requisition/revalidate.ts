import { deliveryChange, type Delivery } from '../availability/delivery'
import { documentMargin, unitMargin, type DocumentMargin, type UnitCost } from '../money/margin'
import { AmountTooLarge } from '../money/rounding'
import type { DocumentTotals, VatMode } from '../money/totals'
import type { PriceResolution } from '../pricing/rules'
import type { Currency, Milli, Ppm } from '../units'
import { figureOf, tolerances, totalsAt, type FigureLine } from './figures'
import { isOtherPrice, priceToOrder, quoted, type QuotedPrice } from './line-price'

/** How a line stood when it was proposed, beside what stands on it. */
export interface ProposedLine {
  /** Null where no opened warehouse held the article. */
  readonly delivery: Delivery | null
  /** What could be promised at once from there. */
  readonly deliverable: Milli
  readonly cost: UnitCost | null
}

/** A line as it is now. */
export interface LineNow {
  readonly line: FigureLine
  readonly resolved: PriceResolution
  readonly delivery: Delivery | null
  readonly cost: UnitCost | null
}

/** What has become another since a line was proposed. */
export interface LineRevalidation {
  readonly id: string
  /** Whether the row costs something else at today's price than at the one it is ordered at. */
  readonly isPriceOther: boolean
  /** Null also where nobody knows how it stood. */
  readonly delivery: 'later' | 'sooner' | null
  /** At the price it is ordered at, and at today's; of costs as they were, and as they are. */
  readonly margin: {
    readonly proposed: Ppm | null
    readonly kept: Ppm | null
    readonly refreshed: Ppm | null
    readonly hasFallen: boolean
  }
}

export interface Revalidation {
  readonly lines: readonly LineRevalidation[]
  /** At the prices it is ordered at, and with every line at today's. Null past what can be kept. */
  readonly kept: DocumentTotals | null
  readonly refreshed: DocumentTotals | null
  readonly margin: {
    readonly kept: DocumentMargin | null
    readonly refreshed: DocumentMargin | null
  }
}

/**
 * Every line of a document as proposed against now, told by its row's id, and the sums at the prices
 * that are kept and at today's.
 *
 * @param proposed by line id; a line that is missing is one nobody wrote down
 */
export function revalidate(
  lines: readonly LineNow[],
  proposed: ReadonlyMap<string, ProposedLine>,
  { currency, mode }: { readonly currency: Currency; readonly mode: VatMode },
): Revalidation {
  const priced = (priceOf: (one: LineNow) => QuotedPrice | null) =>
    lines.map((one) => ({ ...one, price: priceOf(one) }))
  const kept = priced(({ line }) => priceToOrder(line))
  // What has no price any more would be ordered at the one that is kept.
  const refreshed = priced(({ line, resolved }) => quoted(resolved) ?? priceToOrder(line))
  const totals = (rows: typeof kept) =>
    totalsAt(
      rows.map(({ line, price }) => ({
        quantity: line.quantity,
        vatRate: line.vatRate,
        price: figureOf(price),
      })),
      { currency, mode },
    )
  return {
    lines: lines.map((one) => revalidateLine(one, proposed.get(one.line.id))),
    kept: totals(kept),
    refreshed: totals(refreshed),
    margin: { kept: marginOver(kept), refreshed: marginOver(refreshed) },
  }
}

function revalidateLine(
  { line, resolved, delivery, cost }: LineNow,
  proposed: ProposedLine | undefined,
): LineRevalidation {
  const price = priceToOrder(line)
  const today = quoted(resolved)
  const at = (quote: QuotedPrice | null, unitCost: UnitCost | null) =>
    quote && marginAt(quote, line.vatRate, unitCost)
  const was = at(price, proposed?.cost ?? null)
  const kept = at(price, cost)
  return {
    id: line.id,
    isPriceOther: isOtherPrice(price, today, line),
    delivery: proposed ? deliveryChange(proposed.delivery, delivery) : null,
    margin: {
      proposed: was,
      kept,
      refreshed: at(today, cost),
      hasFallen: was !== null && kept !== null && was - kept > tolerances.margin,
    },
  }
}

/** Null also where it is past all sense. */
function marginAt(price: QuotedPrice, vatRate: Ppm, cost: UnitCost | null): Ppm | null {
  return orNull(() => unitMargin(price.unitPrice, price.rebate, vatRate, cost))
}

function marginOver(
  rows: readonly (LineNow & { readonly price: QuotedPrice | null })[],
): DocumentMargin | null {
  return orNull(() =>
    documentMargin(
      rows.flatMap(({ line, price, cost }) =>
        price
          ? [
              {
                price: price.unitPrice,
                rebate: price.rebate,
                quantity: line.quantity,
                vatRate: line.vatRate,
                cost,
              },
            ]
          : [],
      ),
    ),
  )
}

function orNull<T>(find: () => T | null): T | null {
  try {
    return find()
  } catch (error) {
    if (error instanceof AmountTooLarge) return null
    throw error
  }
}
