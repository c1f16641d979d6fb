import { discountAgainst, orLowestRate } from '../money/discount'
import { unitMargin, type UnitCost } from '../money/margin'
import { compareUnitPrices, unitPriceAfterRebate } from '../money/row'
import type { PriceResolution } from '../pricing/rules'
import type { Ppm } from '../units'
import type { SetPrice } from './intake-document'
import { priceByItself, type QuotedPrice } from './line-price'

/** How far somebody may go by themselves with the prices they set. */
export interface EditLimits {
  /** Largest discount against the list price; null is no limit. */
  readonly discountLimit: Ppm | null
  /** Lowest margin; null is no limit. */
  readonly marginFloor: Ppm | null
}

/** A line with a price on it, as limits look at it. */
export interface PricedLine {
  readonly id: string
  readonly set?: (QuotedPrice & Partial<SetPrice>) | null | undefined
  readonly shown: QuotedPrice | null
  readonly resolved: PriceResolution
  readonly vatRate: Ppm
  readonly cost: UnitCost | null
}

/** A price set by hand that goes too far, and by how much. */
export interface BeyondLimit {
  readonly lineId: string
  readonly limit: 'discount' | 'margin'
  readonly value: Ppm
  readonly allowed: Ppm
}

/**
 * The prices somebody has set that go beyond what they may. Who charges more than the customer would pay
 * by itself goes beyond nothing, however low that is; what has no list price is measured by that instead.
 *
 * @param lines those whose price they have set
 */
export function beyondLimits(
  lines: readonly PricedLine[],
  { discountLimit, marginFloor }: EditLimits,
): readonly BeyondLimit[] {
  return lines.flatMap((line) => {
    const { set, vatRate, id: lineId } = line
    if (!set) return []
    const own = priceByItself(line)
    if (own && !isLower(set, own, vatRate)) return []
    const found: BeyondLimit[] = []
    const discount = handDiscount(line)
    if (discountLimit !== null && discount !== null && discount > discountLimit) {
      found.push({ lineId, limit: 'discount', value: discount, allowed: discountLimit })
    }
    const margin = orLowestRate(() => unitMargin(set.unitPrice, set.rebate, vatRate, line.cost))
    // Given away, there is no margin to reckon: what it costs is lost.
    const isFree = set.unitPrice.amount === 0 || set.rebate === 1_000_000
    const reckoned = margin ?? (isFree && line.cost ? Number.MIN_SAFE_INTEGER : null)
    if (marginFloor !== null && reckoned !== null && reckoned < marginFloor) {
      found.push({ lineId, limit: 'margin', value: reckoned, allowed: marginFloor })
    }
    return found
  })
}

/** The largest discount among the prices set by hand; null where none is, or has nothing to compare with. */
export function largestHandDiscount(lines: readonly Omit<PricedLine, 'cost'>[]): Ppm | null {
  const discounts = lines.map(handDiscount).filter((discount) => discount !== null)
  return discounts.length === 0 ? null : discounts.reduce((a, b) => Math.max(a, b))
}

function handDiscount(line: Omit<PricedLine, 'cost'>): Ppm | null {
  const { set, resolved, vatRate } = line
  if (!set) return null
  const own = priceByItself(line)
  return (
    discountAgainst(resolved.listPrice, set, vatRate) ??
    discountAgainst(own && unitPriceAfterRebate(own.unitPrice, own.rebate), set, vatRate)
  )
}

function isLower(a: QuotedPrice, b: QuotedPrice, vatRate: Ppm): boolean {
  const left = (price: QuotedPrice) => unitPriceAfterRebate(price.unitPrice, price.rebate)
  return compareUnitPrices(left(a), left(b), vatRate) < 0
}
