import { isCalendarDate } from '../calendar'
import type { OrderState } from '../requisition/states'
import type { CalendarDate } from '../units'

/** An order as far as confirming its dates goes. */
export interface DatedOrder {
  readonly state: OrderState
  readonly lines: readonly DatedLine[]
}

interface DatedLine {
  readonly id: string
  readonly confirmedDate: CalendarDate | null
}

/** What is said of one line: the day that is promised, or null to take a promise back. */
export interface SaidDate {
  readonly id: string
  readonly confirmedDate: CalendarDate | null
}

/** A line whose promise is another than before. */
export interface ConfirmedLine {
  readonly id: string
  readonly before: CalendarDate | null
  readonly after: CalendarDate | null
}

export type DateProblem =
  | { readonly code: 'unknown_line' }
  | { readonly code: 'duplicate_line_id'; readonly first: number }
  | { readonly code: 'date_out_of_range' }
  | { readonly code: 'date_past'; readonly today: CalendarDate }

/** `pointer` is a JSON pointer (RFC 6901) into what was said, from `/lines` on. */
export interface DateRefusal {
  readonly pointer: string
  readonly problem: DateProblem
}

export type Confirmation =
  | {
      readonly kind: 'confirmed'
      readonly state: OrderState
      /** Those that are other than before, in the order of the order. */
      readonly changed: readonly ConfirmedLine[]
    }
  | { readonly kind: 'wrong_state'; readonly state: OrderState }
  | { readonly kind: 'unsound'; readonly refusals: readonly DateRefusal[] }
  | { readonly kind: 'nothing_changed' }

/** Whether its lines can still be given other confirmed dates. */
export function takesDates(state: OrderState): boolean {
  switch (state) {
    case 'placed':
    case 'confirmed':
    case 'part_delivered':
      return true
    case 'delivered':
    case 'cancelled':
      return false
  }
}

/**
 * What becomes of an order whose lines are promised for other days. A placed one is confirmed as soon as
 * every line has its day, and stays so when a day is taken back: what the customer was told is not untold.
 *
 * @param today the seller's day; an earlier one is refused, unless it is what the line says already
 */
export function confirmDates(
  { state, lines }: DatedOrder,
  said: readonly SaidDate[],
  today: CalendarDate,
): Confirmation {
  if (!takesDates(state)) return { kind: 'wrong_state', state }
  const before = new Map(lines.map(({ id, confirmedDate }) => [id, confirmedDate]))
  const refusals = judgeDates(before, said, today)
  if (refusals.length > 0) return { kind: 'unsound', refusals }
  const after = new Map([...before, ...said.map((one) => [one.id, one.confirmedDate] as const)])
  const changed = [...after].flatMap(([id, date]) => {
    const was = before.get(id) ?? null
    return was === date ? [] : [{ id, before: was, after: date }]
  })
  if (changed.length === 0) return { kind: 'nothing_changed' }
  const isWhole = [...after.values()].every((date) => date !== null)
  return {
    kind: 'confirmed',
    state: state === 'placed' && isWhole ? 'confirmed' : state,
    changed,
  }
}

/** Everything that is wrong with what was said, in its order. */
function judgeDates(
  before: ReadonlyMap<string, CalendarDate | null>,
  said: readonly SaidDate[],
  today: CalendarDate,
): readonly DateRefusal[] {
  const refusals: DateRefusal[] = []
  const places = new Map<string, number>()
  for (const [at, { id, confirmedDate }] of said.entries()) {
    const refuse = (field: 'id' | 'confirmedDate', problem: DateProblem) => {
      refusals.push({ pointer: `/lines/${at}/${field}`, problem })
    }
    const first = places.get(id)
    if (first === undefined) places.set(id, at)
    else refuse('id', { code: 'duplicate_line_id', first })
    if (!before.has(id)) refuse('id', { code: 'unknown_line' })
    const problem = dateProblem(confirmedDate, before.get(id) ?? null, today)
    if (problem) refuse('confirmedDate', problem)
  }
  return refusals
}

/** Why a line cannot be promised for a day, or null. @param before what it is promised for */
export function dateProblem(
  date: CalendarDate | null,
  before: CalendarDate | null,
  today: CalendarDate,
): DateProblem | null {
  if (date === null) return null
  if (!isCalendarDate(date)) return { code: 'date_out_of_range' }
  return date < today && date !== before ? { code: 'date_past', today } : null
}
