import { rowAmounts, type RowAmounts } from '../money/row'
import type { PriceResolution } from '../pricing/rules'
import type { Milli, Ppm, UnitPrice } from '../units'

/** A price before its rebate. */
export interface QuotedPrice {
  readonly unitPrice: UnitPrice
  readonly rebate: Ppm
}

/** A line as far as its price is decided by it. */
export interface PricedLine {
  /** Set by hand, by one of the seller's people. */
  readonly set?: QuotedPrice | undefined
  readonly shown: QuotedPrice | null
  /** As resolved when the line came in. */
  readonly resolved: PriceResolution
}

/**
 * The price a line is ordered at, or null while there is none: the one that was set by hand, else as it
 * is by itself.
 *
 * @param refreshed as resolved now, where an approver orders at that instead
 */
export function priceToOrder(
  { set, shown, resolved }: PricedLine,
  refreshed: PriceResolution | null = null,
): QuotedPrice | null {
  if (refreshed) return quoted(refreshed)
  return set ?? priceByItself({ shown, resolved })
}

/**
 * The price a line is ordered at where nobody sets another: the one that the customer was shown, else the
 * one resolved when it came in.
 */
export function priceByItself({
  shown,
  resolved,
}: Pick<PricedLine, 'shown' | 'resolved'>): QuotedPrice | null {
  return shown ?? quoted(resolved)
}

/** A resolution as a price, or null where it has none. */
export function quoted(resolution: PriceResolution): QuotedPrice | null {
  if (resolution.kind === 'missing') return null
  return { unitPrice: resolution.unitPrice, rebate: resolution.rebate }
}

/** A row at a price; null when its amounts are past what can be kept exactly. */
export function amountsAt(price: QuotedPrice, quantity: Milli, vatRate: Ppm): RowAmounts | null {
  try {
    return rowAmounts({ price: price.unitPrice, quantity, rebate: price.rebate, vatRate })
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/**
 * Whether a row costs something else at one price than at the other, in minor units on the basis of
 * the first: less than that nobody pays.
 */
export function isOtherPrice(
  before: QuotedPrice | null,
  now: QuotedPrice | null,
  { quantity, vatRate }: { readonly quantity: Milli; readonly vatRate: Ppm },
): boolean {
  if (!before || !now) return before !== now
  const isSame =
    before.unitPrice.amount === now.unitPrice.amount &&
    before.unitPrice.basis === now.unitPrice.basis &&
    before.rebate === now.rebate
  if (isSame) return false
  const { basis } = before.unitPrice
  const [was, is] = [amountsAt(before, quantity, vatRate), amountsAt(now, quantity, vatRate)]
  return was === null || is === null || was[basis] !== is[basis]
}
