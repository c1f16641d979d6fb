import { Ban, CircleCheck, Circle, PackageCheck, PackageOpen } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { Order } from '../../../contract/entities'
import type { OrderState } from '../../../domain/requisition/states'
import type { Texts } from '../../../language/texts'
import type { Meaning } from '../../ui/status'

/** Shape of each state; colour only where something is still to be done about it. */
export const orderStateLook: {
  readonly [S in OrderState]: { readonly meaning: Meaning; readonly icon: LucideIcon }
} = {
  placed: { meaning: 'plain', icon: Circle },
  confirmed: { meaning: 'plain', icon: CircleCheck },
  part_delivered: { meaning: 'notice', icon: PackageOpen },
  delivered: { meaning: 'plain', icon: PackageCheck },
  cancelled: { meaning: 'plain', icon: Ban },
}

/** Who placed it, how and when, as a sentence. @param userId who reads it */
export function placedSentence(
  { placedBy, placedAt, chargedTo }: Pick<Order, 'placedBy' | 'placedAt' | 'chargedTo'>,
  { t, formats }: Texts,
  now: string,
  userId: string | null,
): string {
  const when = formats.when(placedAt, now)
  const { name } = placedBy
  switch (placedBy.kind) {
    case 'user':
      return placedBy.id === userId
        ? t('order.placedByYou', { when })
        : t('order.placedByUser', { name, when })
    case 'contact':
      return t(chargedTo === placedBy.id ? 'order.placedByBuyer' : 'order.placedByContact', {
        name,
        when,
      })
    case 'system':
      return t('order.placedBySystem', { name, when })
  }
}

/** How many of its lines have a confirmed date, and who saw to it; null before anybody has. */
export function confirmedWords(
  { confirmation, lines }: Order,
  { t, formats }: Texts,
  now: string,
): string | null {
  if (!confirmation) return null
  const confirmed = lines.filter(({ confirmedDate }) => confirmedDate !== null).length
  return t('order.datesConfirmedBy', {
    confirmed,
    lines: lines.length,
    name: confirmation.by.name,
    when: formats.when(confirmation.at, now),
  })
}

/** Whether nobody had to decide about it. */
export function isAutomatic({
  placedBy,
  chargedTo,
}: Pick<Order, 'placedBy' | 'chargedTo'>): boolean {
  return placedBy.kind !== 'user' && chargedTo === undefined
}
