import type { WarehouseAnswer } from '../state/line-availability'
import type { Texts } from '../../language/texts'

/** What a warehouse can do for a line, as a short sentence and what it means for the reader. */
export interface AvailabilityWords {
  readonly text: string
  readonly meaning: 'good' | 'notice' | 'plain' | 'danger'
  /** Said below it: inbound that counts on no day. */
  readonly beside: string | null
}

/** Words an answer for a quantity (milli units). Dates are written for `today`. */
export function availabilityWords(
  { answer, uncertain }: WarehouseAnswer,
  quantity: number,
  today: string,
  { t, formats }: Texts,
): AvailabilityWords {
  if (!answer) return { text: t('availability.unknown'), meaning: 'plain', beside: null }
  const late =
    uncertain?.lateSince != null
      ? t('availability.late', { date: formats.shortDay(uncertain.lateSince, today) })
      : null
  const undated =
    uncertain && uncertain.undated > 0
      ? t('availability.undated', { quantity: formats.quantity(uncertain.undated) })
      : null
  switch (answer.kind) {
    case 'deliverable':
      return {
        text: t('availability.now', { quantity: formats.quantity(answer.quantity) }),
        meaning: 'good',
        beside: null,
      }
    case 'promised': {
      const date = formats.shortDay(answer.date, today)
      const now = formats.quantity(answer.deliverableNow)
      const rest = formats.quantity(quantity - answer.deliverableNow)
      const isPart = answer.deliverableNow > 0
      const text = answer.confirmed
        ? isPart
          ? t('availability.partThen', { now, rest, date })
          : t('availability.promised', { date })
        : isPart
          ? t('availability.partThenPlanned', { now, rest, date })
          : t('availability.promisedPlanned', { date })
      return { text, meaning: 'notice', beside: late }
    }
    case 'lead_time': {
      const text =
        answer.deliverableNow > 0
          ? t('availability.partThenLeadTime', {
              now: formats.quantity(answer.deliverableNow),
              days: answer.days,
            })
          : t('availability.leadTime', {
              days: answer.days,
              date: formats.shortDay(answer.date, today),
            })
      return { text, meaning: 'plain', beside: late ?? undated }
    }
    case 'out_of_stock': {
      // Something late is the better news: it says when to ask.
      if (answer.deliverableNow === 0 && late)
        return { text: late, meaning: 'danger', beside: null }
      const text =
        answer.deliverableNow > 0
          ? t('availability.partThenOut', { now: formats.quantity(answer.deliverableNow) })
          : t('availability.outOfStock')
      return { text, meaning: 'plain', beside: late ?? undated }
    }
  }
}
