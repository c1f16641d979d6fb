import type { CalendarDate, Milli } from '../units'
import type { Commitment, StockPosition, UncertainInbound } from './position'

/** A day on which something moves, and how it stands from then until the next such day. */
export interface ProjectedDay {
  readonly date: CalendarDate
  /** P: on hand − backlog due by then + inbound due by then. */
  readonly balance: Milli
  /** The least P from then on: what can leave without taking what is promised later. */
  readonly deliverable: Milli
}

/** How a position develops. `days` begins with today and has one entry per day that changes P. */
export interface Projection {
  readonly days: readonly [ProjectedDay, ...ProjectedDay[]]
  readonly uncertain: UncertainInbound
}

export interface ProjectionInput {
  readonly position: Pick<StockPosition, 'onHand' | 'backlog' | 'inbound'>
  /** Only those that the position does not contain: see `commitmentsNotContained`. */
  readonly commitments: readonly Commitment[]
  readonly today: CalendarDate
}

/**
 * Projects a position day by day. Backlog and commitments without a date, or past due, count today;
 * inbound due today counts today; overdue or undated inbound counts on no day and is summed apart.
 * With `confirmedOnly`, unconfirmed inbound counts on no day either.
 */
export function project(
  { position, commitments, today }: ProjectionInput,
  { confirmedOnly = false } = {},
): Projection {
  const movements = new Map<CalendarDate, Milli>([[today, position.onHand]])
  const move = (date: CalendarDate, quantity: Milli) =>
    movements.set(date, (movements.get(date) ?? 0) + quantity)
  for (const demand of [position.backlog, commitments]) {
    for (const { quantity, plannedDate } of demand) {
      move(plannedDate === null || plannedDate < today ? today : plannedDate, -quantity)
    }
  }
  let late = 0
  let lateSince: CalendarDate | null = null
  let undated = 0
  for (const { quantity, date, confirmed } of position.inbound) {
    if (date === null) undated += quantity
    else if (date < today) {
      late += quantity
      if (lateSince === null || date < lateSince) lateSince = date
    } else if (confirmed || !confirmedOnly) move(date, quantity)
  }
  return { days: balances(movements), uncertain: { late, lateSince, undated } }
}

function balances(movements: ReadonlyMap<CalendarDate, Milli>): Projection['days'] {
  const days: { date: CalendarDate; balance: Milli; deliverable: Milli }[] = []
  let balance = 0
  for (const [date, moved] of [...movements].sort(([a], [b]) => (a < b ? -1 : 1))) {
    balance += moved
    days.push({ date, balance, deliverable: balance })
  }
  let least = Infinity
  for (const day of days.reverse()) {
    least = Math.min(least, day.balance)
    day.deliverable = least
  }
  // Today is always among the movements.
  return days.reverse() as unknown as Projection['days']
}

/** The day that speaks for a date: the last one with a movement up to it. Today for earlier dates. */
export function dayAt({ days }: Projection, date: CalendarDate): ProjectedDay {
  let found = days[0]
  for (const day of days) if (day.date <= date) found = day
  return found
}

/** ATP on a day: deliverable − safety stock, never below 0. */
export function availableToPromise(day: ProjectedDay, safetyStock: Milli): Milli {
  return Math.max(0, day.deliverable - safetyStock)
}

/** The earliest day with ATP ≥ quantity, or null when no known movement brings one. Quantity is above 0. */
export function promiseDate(
  { days }: Projection,
  quantity: Milli,
  safetyStock: Milli,
): CalendarDate | null {
  return days.find((day) => day.deliverable - safetyStock >= quantity)?.date ?? null
}
