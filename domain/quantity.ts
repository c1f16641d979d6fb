import type { Article } from './article'
import type { Milli } from './units'

/** What an article says about the quantities it is sold in. */
export type QuantityTerms = Pick<Article, 'precision' | 'packMultiple' | 'minimumQuantity'>

/** The largest quantity a row may have: ten million units. */
export const LARGEST_QUANTITY: Milli = 10_000_000_000

/**
 * Why a quantity cannot be had, and what can: `below` and `above` are quantities that nothing
 * refuses, null when there is none on that side.
 */
export type QuantityRefusal =
  | { readonly code: 'quantity_not_positive' }
  | { readonly code: 'quantity_too_large'; readonly largest: Milli }
  | { readonly code: 'quantity_precision'; readonly precision: Article['precision'] }
  | {
      readonly code: 'quantity_below_minimum'
      readonly minimum: Milli
      readonly above: Milli | null
    }
  | {
      readonly code: 'quantity_not_pack_multiple'
      readonly packMultiple: Milli
      readonly below: Milli | null
      readonly above: Milli | null
    }

/**
 * Everything that speaks against a quantity of an article, none when it may be had. A quantity that
 * is not above 0, or above the largest, is refused for that alone. One too fine for the article is
 * not judged against the pack as well: it would say the same twice.
 */
export function quantityRefusals(
  quantity: Milli,
  terms: QuantityTerms,
): readonly QuantityRefusal[] {
  if (!(quantity > 0)) return [{ code: 'quantity_not_positive' }]
  if (quantity > LARGEST_QUANTITY) {
    return [{ code: 'quantity_too_large', largest: LARGEST_QUANTITY }]
  }
  const refusals: QuantityRefusal[] = []
  const { precision, packMultiple, minimumQuantity } = terms
  const tooFine = quantity % finestStep(precision) !== 0
  if (tooFine) refusals.push({ code: 'quantity_precision', precision })
  const { below, above } = nearestAllowed(quantity, terms)
  if (quantity < minimumQuantity) {
    refusals.push({ code: 'quantity_below_minimum', minimum: minimumQuantity, above })
  }
  if (!tooFine && packMultiple > 0 && quantity % packMultiple !== 0) {
    refusals.push({ code: 'quantity_not_pack_multiple', packMultiple, below, above })
  }
  return refusals
}

/**
 * The step between allowed quantities: the smallest that the article's decimals and its pack both
 * divide. A pack of 2.5 of an article sold in whole units steps by 5.
 */
export function quantityStep({ precision, packMultiple }: QuantityTerms): Milli {
  const finest = finestStep(precision)
  return packMultiple > 0
    ? (packMultiple / greatestCommonDivisor(packMultiple, finest)) * finest
    : finest
}

/**
 * The allowed quantities around one, itself twice when it is allowed; null below the smallest and
 * above the largest.
 */
export function nearestAllowed(
  quantity: Milli,
  terms: QuantityTerms,
): { readonly below: Milli | null; readonly above: Milli | null } {
  const step = quantityStep(terms)
  const smallest = Math.max(1, Math.ceil(terms.minimumQuantity / step)) * step
  const largest = Math.floor(LARGEST_QUANTITY / step) * step
  const below = Math.min(largest, Math.floor(quantity / step) * step)
  const above = Math.max(smallest, Math.ceil(quantity / step) * step)
  return { below: below >= smallest ? below : null, above: above <= largest ? above : null }
}

function finestStep(precision: Article['precision']): Milli {
  return 10 ** (3 - precision)
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
