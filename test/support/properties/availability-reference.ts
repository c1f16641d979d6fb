import { Temporal } from 'temporal-polyfill'
import type { AvailabilityInput } from '../../../domain/availability/availability'
import type { Availability } from '../../../domain/availability/position'

/**
 * The warehouse lived through one day at a time, with a wish for `quantity` tried on every morning:
 * no breakpoints, no running minimum, and Temporal's own calendar.
 */

interface Day {
  readonly date: string
  readonly closing: number
}

/** Closing balances from today until every known movement is over. */
export function liveThrough(
  { position, commitments, today }: Omit<AvailabilityInput, 'calendar'>,
  confirmedOnly = false,
): readonly Day[] {
  const outgoing = [...position.backlog, ...commitments].map(({ quantity, plannedDate }) => ({
    quantity: -quantity,
    date: plannedDate ?? today,
    left: false,
  }))
  const incoming = position.inbound.flatMap(({ quantity, date, confirmed }) =>
    date === null || (confirmedOnly && !confirmed) ? [] : [{ quantity, date, left: false }],
  )
  const days: Day[] = []
  let closing = position.onHand
  let date = Temporal.PlainDate.from(today)
  const last = [...outgoing, ...incoming].reduce(
    (end, { date }) => (date > end ? date : end),
    today,
  )
  for (let text = today; text <= last; text = date.toString()) {
    for (const load of outgoing) {
      // Whatever should have left already leaves on the first day.
      if (load.left || load.date > text) continue
      closing += load.quantity
      load.left = true
    }
    for (const load of incoming) if (load.date === text) closing += load.quantity
    days.push({ date: text, closing })
    date = date.add({ days: 1 })
  }
  return days
}

/** What can leave on the morning of a day so that no later evening closes below `floor`. */
function canLeave(days: readonly Day[], from: string, quantity: number, floor: number): boolean {
  return days.every(({ date, closing }) => date < from || closing - quantity >= floor)
}

export function availabilityByLivingThrough(
  input: AvailabilityInput,
  quantity: number,
): Availability {
  const { position, today, calendar } = input
  const days = liveThrough(input)
  const deliverable = Math.min(...days.map(({ closing }) => closing))
  const deliverableNow = Math.max(0, deliverable - position.safetyStock)
  const found = days.find(({ date }) => canLeave(days, date, quantity, position.safetyStock))
  if (found) {
    const sure = liveThrough(input, true)
    // Nothing moves after the last day, so a later one is as the last.
    const morning = found.date > sure.at(-1)!.date ? sure.at(-1)!.date : found.date
    const confirmed = canLeave(sure, morning, quantity, position.safetyStock)
    return found.date === today
      ? { kind: 'deliverable', quantity: deliverable, confirmed }
      : { kind: 'promised', date: found.date, confirmed, deliverableNow }
  }
  if (position.leadTimeDays === null) return { kind: 'out_of_stock', deliverableNow }
  let date = Temporal.PlainDate.from(today)
  const closed = () => date.dayOfWeek >= 6 || calendar.holidays.has(date.toString())
  for (let worked = 0; worked < position.leadTimeDays; worked += closed() ? 0 : 1) {
    date = date.add({ days: 1 })
  }
  while (closed()) date = date.add({ days: 1 })
  return { kind: 'lead_time', days: position.leadTimeDays, date: date.toString(), deliverableNow }
}
