import type { Delivery } from '../../domain/availability/delivery'
import type { Texts } from '../../language/texts'

/** When something can leave, in two or three words. */
export function deliveryWords(
  delivery: Delivery | null,
  today: string,
  { t, formats }: Texts,
): string {
  switch (delivery?.kind) {
    case 'deliverable':
      return t('changes.now')
    case 'promised':
    case 'lead_time':
      return formats.shortDay(delivery.date, today)
    case 'out_of_stock':
      return t('changes.out')
    case undefined:
      return t('changes.nowhere')
  }
}
