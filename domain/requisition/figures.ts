import { deliveryChange, type Delivery } from '../availability/delivery'
import type { Company } from '../company'
import { tryDocumentTotals, type DocumentTotals, type VatMode } from '../money/totals'
import type { PriceResolution } from '../pricing/rules'
import { WHOLE, type Currency, type MicroUnits, type Milli, type MinorUnits } from '../units'
import type { Ppm } from '../units'
import { isOtherPrice, priceToOrder, quoted, type PricedLine, type QuotedPrice } from './line-price'

/** A price in the document's currency. */
export interface PriceFigure {
  readonly amount: MicroUnits
  readonly basis: 'net' | 'gross'
  readonly rebate: Ppm
}

/** The figures of a line that a decision stands on. */
export interface LineFigures {
  /** What it is ordered at; null while there is no price. */
  readonly price: PriceFigure | null
  /** The company's own price at that moment; null where no rule gives one. */
  readonly resolved: PriceFigure | null
  /** Null where no opened warehouse holds the article. */
  readonly delivery: Delivery | null
}

/** The figures of the whole that a decision stands on. */
export interface DocumentFigures {
  /** Without VAT, at the prices it is ordered at. */
  readonly net: MinorUnits
  /** By how much the company's credit limit is exceeded with this; 0 where it is not. */
  readonly overCredit: MinorUnits
  readonly status: Company['status']
}

/**
 * What an approver had before them. What is not stated was not before them and is compared with
 * nothing: a list shows totals and no lines. Where a line's `resolved` is left out it was its `price`.
 */
export interface SeenFigures {
  readonly net: DocumentFigures['net']
  readonly overCredit?: DocumentFigures['overCredit'] | undefined
  readonly status?: DocumentFigures['status'] | undefined
  readonly lines: Readonly<Record<string, SeenLine>>
}

export interface SeenLine {
  readonly price: LineFigures['price']
  readonly resolved?: LineFigures['resolved'] | undefined
  readonly delivery?: LineFigures['delivery'] | undefined
}

/** From where on a figure counts as another. Of prices it is what a row costs in minor units. */
export const tolerances = {
  /** An excess of credit may grow by so much of the limit. */
  overCreditOfLimit: 100_000,
  /** A margin may fall by so much: half a percentage point. */
  margin: 5_000,
} as const satisfies Record<string, Ppm>

/** A figure of a line that is another than was seen. */
export type LineChange =
  | {
      readonly what: 'price' | 'resolved'
      readonly seen: PriceFigure | null
      readonly now: PriceFigure | null
    }
  | { readonly what: 'delivery'; readonly seen: Delivery | null; readonly now: Delivery | null }

export type DocumentChange =
  | { readonly what: 'net' | 'overCredit'; readonly seen: MinorUnits; readonly now: MinorUnits }
  | {
      readonly what: 'status'
      readonly seen: Company['status']
      readonly now: Company['status']
    }

/** Everything that is other than was seen, and speaks against deciding on what was. */
export interface FigureChanges {
  readonly document: readonly DocumentChange[]
  readonly lines: readonly { readonly id: string; readonly changes: readonly LineChange[] }[]
}

/** A row of a document, told by its id whatever article it is of. */
export interface FigureRow {
  readonly id: string
  readonly quantity: Milli
  readonly vatRate: Ppm
}

/** A line of a document, as far as its figures go. */
export interface FigureLine extends FigureRow, PricedLine {}

/** A line's prices as they are decided on: kept, or ordered at what is resolved now. */
export function lineFigures(
  line: FigureLine,
  now: PriceResolution,
  { isRefreshed, delivery }: { readonly isRefreshed: boolean; readonly delivery: Delivery | null },
): LineFigures {
  return {
    price: figureOf(priceToOrder(line, isRefreshed ? now : null)),
    resolved: figureOf(quoted(now)),
    delivery,
  }
}

export function figureOf(price: QuotedPrice | null): PriceFigure | null {
  if (!price) return null
  const { amount, basis } = price.unitPrice
  return { amount, basis, rebate: price.rebate }
}

/** Totals of lines at the prices of their figures; those without one count for nothing. Null where they are past what can be kept. */
export function totalsAt(
  lines: readonly (Omit<FigureRow, 'id'> & Pick<LineFigures, 'price'>)[],
  options: { readonly currency: Currency; readonly mode: VatMode },
): DocumentTotals | null {
  const rows = lines.flatMap(({ price, quantity, vatRate }) =>
    price ? [{ ...rowPrice(price, options.currency), quantity, vatRate }] : [],
  )
  const summed = tryDocumentTotals(rows, options)
  return summed.ok ? summed.totals : null
}

function rowPrice({ amount, basis, rebate }: PriceFigure, currency: Currency) {
  return { price: { amount, basis, currency }, rebate }
}

/** By how much a limit is exceeded when so much is ordered with VAT; without a limit by nothing. */
export function overCredit(
  limit: MinorUnits | null,
  exposure: MinorUnits,
  gross: MinorUnits,
): MinorUnits {
  return limit === null ? 0 : Math.max(0, exposure + gross - limit)
}

/**
 * What has become other than it was seen. A line that leaves no later than was promised is as it was,
 * as long as it does so from the warehouse that was shown.
 */
export function figureChanges(
  seen: SeenFigures,
  now: {
    readonly document: DocumentFigures
    readonly lines: readonly (FigureRow & LineFigures)[]
    readonly currency: Currency
    readonly creditLimit: MinorUnits | null
  },
): FigureChanges {
  const lines = now.lines.flatMap((line) => {
    // A line may be called `constructor`.
    const before = Object.hasOwn(seen.lines, line.id) ? seen.lines[line.id] : undefined
    const changes = before ? lineChanges(before, line, now.currency) : []
    return changes.length === 0 ? [] : [{ id: line.id, changes }]
  })
  return { document: documentChanges(seen, now.document, now.creditLimit), lines }
}

/**
 * What stock that is held for others takes from the lines whose delivery nobody was shown: an approval
 * that looks at no deliveries would else be put behind them in silence.
 *
 * @param free by line id, what each would be promised if nothing were held
 */
export function heldBack(
  seen: Pick<SeenFigures, 'lines'>,
  now: readonly Pick<FigureRow & LineFigures, 'id' | 'delivery'>[],
  free: ReadonlyMap<string, Delivery | null>,
): FigureChanges['lines'] {
  return now.flatMap(({ id, delivery }) => {
    const before = Object.hasOwn(seen.lines, id) ? seen.lines[id] : undefined
    const unheld = free.get(id) ?? null
    if (before?.delivery !== undefined || !isOtherDelivery(unheld, delivery)) return []
    return [{ id, changes: [{ what: 'delivery', seen: unheld, now: delivery }] }]
  })
}

export function hasChanges({ document, lines }: FigureChanges): boolean {
  return document.length > 0 || lines.length > 0
}

function lineChanges(
  seen: SeenLine,
  now: FigureRow & LineFigures,
  currency: Currency,
): LineChange[] {
  const changes: LineChange[] = []
  const isOther = (before: PriceFigure | null, after: PriceFigure | null) =>
    isOtherPrice(priceOf(before, currency), priceOf(after, currency), now)
  if (isOther(seen.price, now.price)) {
    changes.push({ what: 'price', seen: seen.price, now: now.price })
  }
  const resolved = seen.resolved === undefined ? seen.price : seen.resolved
  if (isOther(resolved, now.resolved)) {
    changes.push({ what: 'resolved', seen: resolved, now: now.resolved })
  }
  const { delivery } = seen
  if (delivery !== undefined && isOtherDelivery(delivery, now.delivery)) {
    changes.push({ what: 'delivery', seen: delivery, now: now.delivery })
  }
  return changes
}

function priceOf(figure: PriceFigure | null, currency: Currency): QuotedPrice | null {
  if (!figure) return null
  const { amount, basis, rebate } = figure
  return { unitPrice: { amount, basis, currency }, rebate }
}

function isOtherDelivery(seen: Delivery | null, now: Delivery | null): boolean {
  if (deliveryChange(seen, now) === 'later') return true
  return seen !== null && now !== null && seen.warehouseId !== now.warehouseId
}

function documentChanges(
  seen: SeenFigures,
  now: DocumentFigures,
  creditLimit: MinorUnits | null,
): DocumentChange[] {
  const changes: DocumentChange[] = []
  if (seen.net !== now.net) changes.push({ what: 'net', seen: seen.net, now: now.net })
  const over = seen.overCredit
  if (over !== undefined && hasGrown(over, now.overCredit, creditLimit)) {
    changes.push({ what: 'overCredit', seen: over, now: now.overCredit })
  }
  // A hold that was lifted speaks against nothing.
  if (seen.status !== undefined && seen.status !== now.status && now.status !== 'active') {
    changes.push({ what: 'status', seen: seen.status, now: now.status })
  }
  return changes
}

/** From within to over it always counts. */
function hasGrown(seen: MinorUnits, now: MinorUnits, limit: MinorUnits | null): boolean {
  if (now <= seen) return false
  const allowed = Math.floor(((limit ?? 0) * tolerances.overCreditOfLimit) / WHOLE)
  return seen === 0 || now - seen > allowed
}
