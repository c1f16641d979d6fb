import type { CalendarDate } from '../units'
import type { LinePlacement } from './place-line'
import type { Availability } from './position'

/** What a line is promised, and from where. */
export type Delivery = { readonly warehouseId: string } & (
  | { readonly kind: 'deliverable' }
  | { readonly kind: 'promised'; readonly date: CalendarDate }
  | { readonly kind: 'lead_time'; readonly days: number; readonly date: CalendarDate }
  | { readonly kind: 'out_of_stock' }
)

/** What an answer about availability promises, without the quantities behind it. */
export function deliveryFrom(warehouseId: string, availability: Availability): Delivery {
  switch (availability.kind) {
    case 'deliverable':
    case 'out_of_stock':
      return { warehouseId, kind: availability.kind }
    case 'promised':
      return { warehouseId, kind: 'promised', date: availability.date }
    case 'lead_time':
      return { warehouseId, kind: 'lead_time', days: availability.days, date: availability.date }
  }
}

/** What a placed line is promised; null where no opened warehouse holds the article. */
export function deliveryOf(
  placed:
    | {
        readonly warehouseId: string | null
        readonly placement: Pick<LinePlacement, 'answers'> | null
      }
    | undefined,
): Delivery | null {
  const answer = placed?.placement?.answers.find(
    ({ warehouseId }) => warehouseId === placed.warehouseId,
  )
  return answer ? deliveryFrom(answer.warehouseId, answer.availability) : null
}

/**
 * Whether a promise has become another: `later` also where it is none any more, `sooner` also where
 * there was none. What can leave today is on time whatever was promised before, and a lead time that
 * is as long as it was has not changed because a day has passed. Where it leaves from is no matter.
 */
export function deliveryChange(
  before: Delivery | null,
  now: Delivery | null,
): 'later' | 'sooner' | null {
  if (before?.kind === 'lead_time' && now?.kind === 'lead_time' && before.days === now.days) {
    return null
  }
  const [was, is] = [leavesOn(before), leavesOn(now)]
  return was === is ? null : is > was ? 'later' : 'sooner'
}

/** A text that sorts as the promises do: now, on a day, never. */
function leavesOn(delivery: Delivery | null): string {
  switch (delivery?.kind) {
    case 'deliverable':
      return ''
    case 'promised':
    case 'lead_time':
      return delivery.date
    case 'out_of_stock':
    case undefined:
      return '~'
  }
}
