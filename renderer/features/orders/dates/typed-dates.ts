import type { Order, OrderLine } from '../../../../contract/entities'
import { dateProblem, type SaidDate } from '../../../../domain/order/confirm'
import type { CalendarDate } from '../../../../domain/units'

/** What has been typed of an order's confirmed dates and is not saved. */
export interface DatesDraft {
  /** The order as it was when it was begun, or last looked at. */
  readonly base: Order
  readonly baseVersion: number
  /** The one date for all, as it stands in its field. */
  readonly all: string
  /** By line id; what has not been touched is left out. */
  readonly lines: ReadonlyMap<string, string>
}

export type TypedProblem = 'malformed' | 'past'

/** A line's confirmed date as it stands in its field. */
export interface TypedDate {
  readonly line: OrderLine
  readonly text: string
  readonly isChanged: boolean
  readonly problem: TypedProblem | null
  /** Somebody else has given it another date meanwhile. */
  readonly isMoved: boolean
}

export interface TypedDates {
  readonly lines: readonly TypedDate[]
  readonly allProblem: TypedProblem | null
  /** What would be sent. */
  readonly said: readonly SaidDate[]
  readonly problems: number
}

/** What the typing comes to on an order as it now is. @param today the seller's */
export function typedDates(order: Order, draft: DatesDraft, today: CalendarDate): TypedDates {
  const based = new Map(draft.base.lines.map(({ id, confirmedDate }) => [id, confirmedDate]))
  const lines = order.lines.map((line): TypedDate => {
    const text = draft.lines.get(line.id) ?? line.confirmedDate ?? ''
    return {
      line,
      text,
      isChanged: read(text) !== line.confirmedDate,
      problem: problemOf(text, line.confirmedDate, today),
      isMoved: based.get(line.id) !== line.confirmedDate,
    }
  })
  const allProblem = problemOf(draft.all, null, today)
  return {
    lines,
    allProblem,
    said: lines
      .filter(({ isChanged }) => isChanged)
      .map(({ line, text }) => ({ id: line.id, confirmedDate: read(text) })),
    problems:
      lines.filter(({ problem }) => problem !== null).length + (allProblem === null ? 0 : 1),
  }
}

export function typeDate(lineId: string, text: string): (draft: DatesDraft) => DatesDraft {
  return (draft) => ({ ...draft, lines: new Map(draft.lines).set(lineId, text) })
}

/** One date for every line; taken by the lines once it is one that can be kept. */
export function typeAll(
  order: Order,
  text: string,
  today: CalendarDate,
): (draft: DatesDraft) => DatesDraft {
  return (draft) => {
    const isDate = text.trim() !== '' && problemOf(text, null, today) === null
    const lines = isDate ? new Map(order.lines.map(({ id }) => [id, text.trim()])) : draft.lines
    return { ...draft, all: text, lines }
  }
}

function read(text: string): CalendarDate | null {
  const date = text.trim()
  return date === '' ? null : date
}

function problemOf(
  text: string,
  before: CalendarDate | null,
  today: CalendarDate,
): TypedProblem | null {
  switch (dateProblem(read(text), before, today)?.code) {
    case undefined:
      return null
    case 'date_past':
      return 'past'
    default:
      return 'malformed'
  }
}
