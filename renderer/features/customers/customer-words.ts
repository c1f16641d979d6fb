import { Archive, Ban, CircleCheck, CirclePause } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { Company, CustomerGroup } from '../../../domain/company'
import type { MinorUnits } from '../../../domain/units'
import type { Texts } from '../../../language/texts'
import type { Meaning } from '../../ui/status'

/** Colour and shape of each status. */
export const companyStatusLook: {
  readonly [S in Company['status']]: { readonly meaning: Meaning; readonly icon: LucideIcon }
} = {
  active: { meaning: 'good', icon: CircleCheck },
  on_hold: { meaning: 'warning', icon: CirclePause },
  blocked: { meaning: 'danger', icon: Ban },
  closed: { meaning: 'plain', icon: Archive },
}

/** What a status means for what comes in. */
export function statusSentence(status: Exclude<Company['status'], 'active'>, { t }: Texts): string {
  switch (status) {
    case 'on_hold':
      return t('customer.onHold')
    case 'blocked':
      return t('customer.blocked')
    case 'closed':
      return t('customer.closed')
  }
}

/** What people of a group may do, and up to which amounts, as sentences. */
export function rightSentences(group: CustomerGroup, { t, formats }: Texts): readonly string[] {
  const { orderingRight, orderLimit } = group
  const right = t(`customer.right.${orderingRight}`)
  if (orderingRight !== 'order') return [right]
  const money = (amount: number) => formats.wholeMoney(amount, orderLimit.currency)
  const { perOrder, perPeriod, period } = orderLimit
  if (perOrder === null && perPeriod === null) return [right, t('customer.rightLimit.none')]
  if (perPeriod === null) {
    return [right, t('customer.rightLimit.order', { perOrder: money(perOrder ?? 0) })]
  }
  if (perOrder === null) {
    return [right, t(`customer.rightLimit.${period}`, { perPeriod: money(perPeriod) })]
  }
  const key =
    period === 'month' ? 'customer.rightLimit.orderMonth' : 'customer.rightLimit.orderYear'
  return [right, t(key, { perOrder: money(perOrder), perPeriod: money(perPeriod) })]
}

/** The same for a row: `beställa · högst 25 000 kr per order`. */
export function rightInShort(group: CustomerGroup, { t, formats }: Texts): string {
  const { orderingRight, orderLimit } = group
  const parts = [t(`customer.contact.${orderingRight}`)]
  if (orderingRight === 'order') {
    const money = (amount: number) => formats.wholeMoney(amount, orderLimit.currency)
    if (orderLimit.perOrder !== null) {
      parts.push(t('customer.contact.perOrder', { limit: money(orderLimit.perOrder) }))
    }
    if (orderLimit.perPeriod !== null) {
      const key =
        orderLimit.period === 'month' ? 'customer.contact.perMonth' : 'customer.contact.perYear'
      parts.push(t(key, { limit: money(orderLimit.perPeriod) }))
    }
  }
  return parts.join(' · ')
}

/** Parts per million of the credit limit that are used; null without a limit. */
export function creditShare(
  { creditLimit }: Pick<Company, 'creditLimit'>,
  exposure: MinorUnits,
): number | null {
  if (creditLimit === null) return null
  if (creditLimit <= 0) return exposure > 0 ? 1_000_000 : 0
  return Math.round((exposure / creditLimit) * 1_000_000)
}

/** From this share on, in parts per million, little is left. */
export const CREDIT_NEARLY_USED = 900_000

/** How much of the limit is used, as a meaning: over it, nearly, or neither. */
export function creditMeaning(share: number): Meaning {
  if (share > 1_000_000) return 'danger'
  return share >= CREDIT_NEARLY_USED ? 'warning' : 'plain'
}
