import { WHOLE, type Ppm, type UnitPrice } from '../units'
import { AmountTooLarge, divideRounded, toExactNumber } from './rounding'

/**
 * 1 − price after rebate ÷ another price, both without VAT; below 0 where it is dearer. Null where there
 * is nothing to compare with: no such price, none above 0, or one in another currency.
 */
export function discountAgainst(
  list: UnitPrice | null,
  { unitPrice, rebate }: { readonly unitPrice: UnitPrice; readonly rebate: Ppm },
  vatRate: Ppm,
): Ppm | null {
  if (!list || list.amount <= 0 || list.currency !== unitPrice.currency) return null
  const withVat = BigInt(WHOLE + vatRate)
  const paid =
    BigInt(unitPrice.amount) *
    BigInt(WHOLE - rebate) *
    (list.basis === 'gross' ? withVat : BigInt(WHOLE))
  const asked = BigInt(list.amount) * (unitPrice.basis === 'gross' ? withVat : BigInt(WHOLE))
  return orLowestRate(() => toExactNumber(BigInt(WHOLE) - divideRounded(paid, asked)))
}

/**
 * A rate, or the lowest there is where it is below what a number holds: a price beyond all sense is for
 * people to look at and keeps no document out. Above the whole there is no margin and no discount.
 */
export function orLowestRate<Rate extends Ppm | null>(find: () => Rate): Rate | Ppm {
  try {
    return find()
  } catch (error) {
    if (error instanceof AmountTooLarge) return Number.MIN_SAFE_INTEGER
    throw error
  }
}
