import { tryDocumentTotals, type DocumentTotals, type VatMode } from '../money/totals'
import type { PriceResolution } from '../pricing/rules'
import type { MinorUnits, Milli, Ppm } from '../units'
import { decisionReasons, type DecisionReason } from './decision-reasons'
import type { IntakeArticle, IntakeLine, IntakeRefusal, SetPrice } from './intake-document'
import type { Judgement, SoundDocument } from './judge-document'
import {
  amountsAt,
  isOtherPrice,
  priceByItself,
  priceToOrder,
  quoted,
  type QuotedPrice,
} from './line-price'

/** A line taken in: what was set by hand or shown, what is resolved, and the amount at the price to be ordered. */
export interface TakenLine<Line extends IntakeLine = IntakeLine> {
  readonly line: Line
  readonly set?: SetPrice | undefined
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
  /** The company's own price of a line, in the company's currency. */
  readonly priceOf: (article: A, quantity: Milli, lineId: string) => PriceResolution
  /** See `DecisionGrounds`. */
  readonly usedInPeriod: MinorUnits
  readonly exposure: MinorUnits
}

/**
 * Takes a sound document in: prices every line (the price set by hand is ordered, else the one
 * that was shown, else the one resolved now), sums it up and says whether it needs a person. It is refused only when an amount
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
    const resolved = terms.priceOf(article, line.quantity, line.id)
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
      stale: idsOf(lines, isStale),
    },
    discontinued: document.lines
      .filter(({ article }) => article.status === 'discontinued')
      .map(({ line }) => line.id),
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
  const set = line.set && !isItself(line.set, { shown, resolved }) ? line.set : undefined
  const taken = { line, ...(set && { set }), shown, resolved, vatRate }
  const price = priceToOrder(taken)
  if (!price) return { ...taken, rowAmount: null }
  const amounts = amountsAt(price, line.quantity, vatRate)
  return amounts && { ...taken, rowAmount: amounts[price.unitPrice.basis] }
}

/** A price that is set to what it is by itself is not set: nothing is to look agreed on by that. */
function isItself(set: QuotedPrice, line: Pick<TakenLine, 'shown' | 'resolved'>): boolean {
  const own = priceByItself(line)
  return (
    own !== null &&
    own.rebate === set.rebate &&
    own.unitPrice.amount === set.unitPrice.amount &&
    own.unitPrice.basis === set.unitPrice.basis
  )
}

/** Whether it is ordered at another price than the company's own now, shown so or set by hand. */
export function hasOtherPriceThanResolved(taken: TakenLine): boolean {
  const price = priceToOrder(taken)
  const { line, resolved, vatRate } = taken
  return (
    price !== null && isOtherPrice(price, quoted(resolved), { quantity: line.quantity, vatRate })
  )
}

function pricedRow(taken: TakenLine) {
  const { line, vatRate } = taken
  const price = priceToOrder(taken)
  return price
    ? [{ price: price.unitPrice, quantity: line.quantity, rebate: price.rebate, vatRate }]
    : []
}

function isStale({ set, resolved }: TakenLine): boolean {
  return !set && resolved.kind === 'priced' && resolved.stale
}

/**
 * Against the price resolved now; a shown price that no rule bears out differs as well. Of a price set by
 * hand somebody has seen both.
 */
function hasOtherPriceThanShown({ line, set, shown, resolved, vatRate }: TakenLine): boolean {
  if (set || !shown) return false
  return isOtherPrice(shown, quoted(resolved), { quantity: line.quantity, vatRate })
}

function idsOf(
  lines: readonly TakenLine[],
  isMeant: (line: TakenLine) => boolean,
): readonly string[] {
  return lines.filter(isMeant).map(({ line }) => line.id)
}
