import { CircleCheck, CircleOff } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { User } from '../../../contract/entities'
import { roles as allRoles } from '../../../domain/access/roles'
import type { Role } from '../../../domain/access/roles'
import type { Texts } from '../../../language/texts'
import type { Meaning } from '../../ui/status'

export const userStatusLook: {
  readonly [S in User['status']]: { readonly meaning: Meaning; readonly icon: LucideIcon }
} = {
  active: { meaning: 'good', icon: CircleCheck },
  disabled: { meaning: 'plain', icon: CircleOff },
}

/** `Säljare och attestant`, always in the same order. */
export function roleWords(roles: readonly Role[], { t, formats }: Texts): string {
  const words = allRoles
    .filter((role) => roles.includes(role))
    .map((role) => t(`user.role.${role}`).toLowerCase())
  const list = formats.list(words)
  return list.charAt(0).toUpperCase() + list.slice(1)
}

/** An approval limit in words; null is no limit. Minor units. */
export function limitWords(limit: number | null, currency: string, { t, formats }: Texts): string {
  return limit === null
    ? t('settings.noApprovalLimit')
    : t('settings.limitWithoutVat', { limit: formats.wholeMoney(limit, currency) })
}

/** A limit in per cent, in words. */
export function rateWords(rate: number | null | undefined, { t, formats }: Texts): string {
  return rate == null ? t('settings.noApprovalLimit') : formats.percent(rate, 4)
}
