import type { WorkCalendar } from '../article'
import { addWorkingDays } from '../calendar'
import type { CalendarDate, Instant, Milli } from '../units'
import type { Availability, Commitment, StockPosition, UncertainInbound } from './position'
import { availableToPromise, dayAt, project, promiseDate } from './projection'

/** Everything an answer about one article in one warehouse is made from. */
export interface AvailabilityInput {
  readonly position: StockPosition
  /** Kontor's own order lines that the position does not contain: see `commitmentsNotContained`. */
  readonly commitments: readonly Commitment[]
  readonly today: CalendarDate
  readonly calendar: WorkCalendar
}

/**
 * What is shown for a quantity above 0: deliverable today when ATP covers it; else the first day it
 * can be promised from inbound; else today + lead time, in working days; else out of stock.
 */
export function availabilityOf(input: AvailabilityInput, quantity: Milli): Availability {
  const { position, today, calendar } = input
  const { safetyStock, leadTimeDays } = position
  const projection = project(input)
  const [now] = projection.days
  const date = promiseDate(projection, quantity, safetyStock)
  if (date !== null) {
    const confirmed = standsOnConfirmed(input, date, quantity)
    return date === today
      ? { kind: 'deliverable', quantity: now.deliverable, confirmed }
      : { kind: 'promised', date, confirmed, deliverableNow: availableToPromise(now, safetyStock) }
  }
  const deliverableNow = availableToPromise(now, safetyStock)
  if (leadTimeDays === null) return { kind: 'out_of_stock', deliverableNow }
  return {
    kind: 'lead_time',
    days: leadTimeDays,
    date: addWorkingDays(today, leadTimeDays, calendar),
    deliverableNow,
  }
}

/** Whether the quantity could be promised for that date if nothing unconfirmed ever came. */
function standsOnConfirmed(input: AvailabilityInput, date: CalendarDate, quantity: Milli): boolean {
  if (input.position.inbound.every(({ confirmed }) => confirmed)) return true
  const { deliverable } = dayAt(project(input, { confirmedOnly: true }), date)
  return deliverable - input.position.safetyStock >= quantity
}

/** The parts behind an answer, for staff: true figures, below 0 where they are. */
export interface StockFigures {
  readonly onHand: Milli
  /** All the demand that the source reported, whenever it is due. */
  readonly backlogReported: Milli
  /** Kontor's own orders on top of it. */
  readonly ownCommitments: Milli
  /** deliverable(today), below 0 when more is promised than there will be. */
  readonly deliverable: Milli
  readonly safetyStock: Milli
  /** ATP(today), never below 0. */
  readonly availableToPromise: Milli
  /** Inbound that counts, today and later. */
  readonly inboundConfirmed: Milli
  readonly inboundPlanned: Milli
  readonly uncertainInbound: UncertainInbound
  readonly leadTimeDays: number | null
  readonly source: string
  readonly observedAt: Instant
}

/** Breaks a position down into its parts, as staff see it beside the answer. */
export function stockFigures({
  position,
  commitments,
  today,
}: Omit<AvailabilityInput, 'calendar'>): StockFigures {
  const { days, uncertain } = project({ position, commitments, today })
  const due = position.inbound.filter(({ date }) => date !== null && date >= today)
  return {
    onHand: position.onHand,
    backlogReported: sum(position.backlog),
    ownCommitments: sum(commitments),
    deliverable: days[0].deliverable,
    safetyStock: position.safetyStock,
    availableToPromise: availableToPromise(days[0], position.safetyStock),
    inboundConfirmed: sum(due.filter(({ confirmed }) => confirmed)),
    inboundPlanned: sum(due.filter(({ confirmed }) => !confirmed)),
    uncertainInbound: uncertain,
    leadTimeDays: position.leadTimeDays,
    source: position.source,
    observedAt: position.observedAt,
  }
}

function sum(lines: readonly { readonly quantity: Milli }[]): Milli {
  return lines.reduce((total, { quantity }) => total + quantity, 0)
}
