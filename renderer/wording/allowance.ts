import type { CustomerGroup } from '../../domain/company'
import type { MinorUnits } from '../../domain/units'
import type { Texts } from '../../language/texts'

/** What somebody of a group may do and up to how much for an order, as part of a sentence. */
export function orderRightWords(
  { orderingRight, orderLimit }: CustomerGroup,
  { t, formats }: Texts,
): string {
  if (orderingRight !== 'order') return t(`allowance.${orderingRight}`)
  const { perOrder, perPeriod, currency } = orderLimit
  if (perOrder !== null)
    return t('allowance.order', { limit: formats.wholeMoney(perOrder, currency) })
  return t(perPeriod === null ? 'allowance.orderFree' : 'allowance.orderAny')
}

/** `34 500 av 100 000 kr`, or the limit alone where nobody knows what is used. */
export function usedWords(
  { perPeriod, currency }: LimitedPeriod,
  used: MinorUnits | 'asked' | null,
  { t, formats }: Texts,
): string {
  const limit = formats.wholeMoney(perPeriod, currency)
  if (used === null) return t('allowance.atMost', { limit })
  return t('allowance.used', {
    used: used === 'asked' ? '…' : formats.wholeAmount(used, currency),
    limit,
  })
}

/** `65 500 kr kvar`, or by how much the limit is exceeded. */
export function leftWords(
  { perPeriod, currency }: LimitedPeriod,
  used: MinorUnits,
  { t, formats }: Texts,
): string {
  const left = perPeriod - used
  return left < 0
    ? t('allowance.over', { amount: formats.wholeMoney(-left, currency) })
    : t('allowance.left', { amount: formats.wholeMoney(left, currency) })
}

/** A limit for a period, where there is one. */
export interface LimitedPeriod extends Omit<CustomerGroup['orderLimit'], 'perPeriod'> {
  readonly perPeriod: MinorUnits
}

/** The limit for a period that binds whoever has the rights of the group; null where none does. */
export function periodLimitOf(group: CustomerGroup | undefined): LimitedPeriod | null {
  if (group?.orderingRight !== 'order') return null
  const { perPeriod } = group.orderLimit
  return perPeriod === null ? null : { ...group.orderLimit, perPeriod }
}
