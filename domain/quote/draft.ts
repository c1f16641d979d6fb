import type { IntakeLine } from '../requisition/intake-document'
import type { CalendarDate, Milli } from '../units'

/** More lines than this are no offer that somebody reads; a quote has at most so many. */
export const MOST_QUOTE_LINES = 2_000

/** A line of a quote as it is written. Its price is one set by hand; null is the company's own. */
export interface DraftLine extends IntakeLine {
  readonly comment: string | null
}

/** What an edit does to the lines: rows written, new or anew, and rows taken away. */
export interface LineEdit {
  readonly put: readonly DraftLine[]
  readonly removed: readonly string[]
}

/** The lines after an edit: those that were there in their places, then the new ones. */
export function editLines(
  lines: readonly DraftLine[],
  { put, removed }: LineEdit,
): readonly DraftLine[] {
  const written = new Map(put.map((line) => [line.id, line]))
  const kept = lines
    .filter(({ id }) => !removed.includes(id) || written.has(id))
    .map((line) => written.get(line.id) ?? line)
  const known = new Set(kept.map(({ id }) => id))
  return [...kept, ...put.filter(({ id }) => !known.has(id))]
}

/** What a customer wants otherwise in a line of a quote. */
export interface CounterLine {
  readonly id: string
  readonly quantity: Milli | null
  readonly price: IntakeLine['price']
}

/** The lines as the customer wants them. */
export function counteredLines(
  lines: readonly DraftLine[],
  counter: readonly CounterLine[],
): readonly DraftLine[] {
  const wanted = new Map(counter.map((line) => [line.id, line]))
  return lines.map((line) => {
    const { quantity, price } = wanted.get(line.id) ?? { quantity: null, price: null }
    return { ...line, quantity: quantity ?? line.quantity, price: price ?? line.price }
  })
}

/** What a line of a version says, as far as versions are held against each other. */
export interface ComparableLine {
  readonly id: string
  readonly articleId: string
  readonly quantity: Milli
  /** With its rebate; null where there is none. */
  readonly price: {
    readonly amount: number
    readonly basis: 'net' | 'gross'
    readonly rebate: number
  } | null
  readonly requestedDate: CalendarDate | null
  readonly comment: string | null
}

const comparedFields = ['articleId', 'quantity', 'price', 'requestedDate', 'comment'] as const
export type ComparedField = (typeof comparedFields)[number]

/** A row of two versions side by side. */
export type LineDifference<L extends ComparableLine = ComparableLine> =
  | { readonly kind: 'same'; readonly before: L; readonly after: L }
  | { readonly kind: 'added'; readonly after: L }
  | { readonly kind: 'removed'; readonly before: L }
  | {
      readonly kind: 'changed'
      readonly before: L
      readonly after: L
      readonly fields: readonly ComparedField[]
    }

/**
 * Two versions' rows side by side, told apart by their row ids: the later one's in its order, then
 * those it has no longer.
 */
export function compareLines<L extends ComparableLine>(
  before: readonly L[],
  after: readonly L[],
): readonly LineDifference<L>[] {
  const earlier = new Map(before.map((line) => [line.id, line]))
  const later = new Set(after.map(({ id }) => id))
  const rows = after.map((line): LineDifference<L> => {
    const was = earlier.get(line.id)
    if (!was) return { kind: 'added', after: line }
    const fields = comparedFields.filter((field) => !isSame(was[field], line[field]))
    return fields.length === 0
      ? { kind: 'same', before: was, after: line }
      : { kind: 'changed', before: was, after: line, fields }
  })
  const removed = before.filter(({ id }) => !later.has(id))
  return [...rows, ...removed.map((line) => ({ kind: 'removed', before: line }) as const)]
}

function isSame(a: ComparableLine[ComparedField], b: ComparableLine[ComparedField]): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  return a.amount === b.amount && a.basis === b.basis && a.rebate === b.rebate
}
