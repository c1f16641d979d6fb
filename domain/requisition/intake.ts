import { tryDocumentTotals, type DocumentTotals, type VatMode } from '../money/totals'
import type { PriceResolution } from '../pricing/rules'
import type { MinorUnits, Milli, Ppm } from '../units'
import { decisionReasons, type DecisionReason } from './decision-reasons'
import type { IntakeArticle, IntakeLine, IntakeRefusal } from './intake-document'
import type { Judgement, SoundDocument } from './judge-document'
import { amountsAt, isOtherPrice, priceToOrder, quoted, type QuotedPrice } from './line-price'

/** A line taken in: what was shown, what is resolved, and the amount at the price to be ordered. */
export interface TakenLine<Line extends IntakeLine = IntakeLine> {
  readonly line: Line
  readonly shown: QuotedPrice | null
  readonly resolved: PriceResolution
  readonly vatRate: Ppm
  /** On the price's own basis; null while there is no price. */
  readonly rowAmount: MinorUnits | null
}

export interface Intake<Line extends IntakeLine = IntakeLine> {
  readonly lines: readonly TakenLine<Line>[]
  /** Over the lines that have a price. */
  readonly totals: DocumentTotals
  /** Why a person has to decide. */
  readonly reasons: readonly DecisionReason[]
  /** Nobody has to: it is ordered at once. */
  readonly isOrderedAtOnce: boolean
}

/** What the seller and its books say at this moment. */
export interface IntakeTerms<A extends IntakeArticle = IntakeArticle> {
  readonly vatMode: VatMode
  /** The company's own price, in the company's currency. */
  readonly priceOf: (article: A, quantity: Milli) => PriceResolution
  /** See `DecisionGrounds`. */
  readonly usedInPeriod: MinorUnits
  readonly exposure: MinorUnits
}

/**
 * Takes a sound document in: prices every line (the price that was shown is ordered, else the one
 * resolved now), sums it up and says whether it needs a person. It is refused only when an amount
 * is past what can be kept exactly.
 */
export function takeIn<Line extends IntakeLine, A extends IntakeArticle>(
  document: SoundDocument<Line, A>,
  terms: IntakeTerms<A>,
): Judgement<Intake<Line>> {
  const { company, group, kind } = document
  const lines: TakenLine<Line>[] = []
  const refusals: IntakeRefusal[] = []
  for (const [index, { line, article }] of document.lines.entries()) {
    const resolved = terms.priceOf(article, line.quantity)
    const taken = takeLine(line, resolved, company.currency)
    if (taken) lines.push(taken)
    else refusals.push({ pointer: `/lines/${index}`, problem: { code: 'amount_too_large' } })
  }
  if (refusals.length > 0) return { ok: false, refusals }

  const summed = tryDocumentTotals(lines.flatMap(pricedRow), {
    currency: company.currency,
    mode: terms.vatMode,
  })
  if (!summed.ok) {
    return { ok: false, refusals: [{ pointer: '/lines', problem: { code: 'amount_too_large' } }] }
  }
  const reasons = decisionReasons({
    kind,
    company,
    group,
    totals: summed.totals,
    usedInPeriod: terms.usedInPeriod,
    exposure: terms.exposure,
    prices: {
      missing: idsOf(lines, ({ rowAmount: amount }) => amount === null),
      differing: idsOf(lines, hasOtherPriceThanShown),
      stale: idsOf(lines, ({ resolved }) => resolved.kind === 'priced' && resolved.stale),
    },
  })
  return {
    ok: true,
    value: { lines, totals: summed.totals, reasons, isOrderedAtOnce: reasons.length === 0 },
  }
}

/** Null when the row's amount is past what can be kept exactly. */
function takeLine<Line extends IntakeLine>(
  line: Line,
  resolved: PriceResolution,
  currency: string,
): TakenLine<Line> | null {
  const shown = line.price && {
    unitPrice: { amount: line.price.amount, basis: line.price.basis, currency },
    rebate: line.price.rebate,
  }
  const { vatRate } = resolved
  const price = priceToOrder({ shown, resolved })
  if (!price) return { line, shown, resolved, vatRate, rowAmount: null }
  const amounts = amountsAt(price, line.quantity, vatRate)
  return amounts && { line, shown, resolved, vatRate, rowAmount: amounts[price.unitPrice.basis] }
}

function pricedRow({ line, shown, resolved, vatRate }: TakenLine) {
  const price = priceToOrder({ shown, resolved })
  return price
    ? [{ price: price.unitPrice, quantity: line.quantity, rebate: price.rebate, vatRate }]
    : []
}

/** Against the price resolved now; a shown price that no rule bears out differs as well. */
function hasOtherPriceThanShown({ line, shown, resolved, vatRate }: TakenLine): boolean {
  return (
    shown !== null && isOtherPrice(shown, quoted(resolved), { quantity: line.quantity, vatRate })
  )
}

function idsOf(
  lines: readonly TakenLine[],
  isMeant: (line: TakenLine) => boolean,
): readonly string[] {
  return lines.filter(isMeant).map(({ line }) => line.id)
}
