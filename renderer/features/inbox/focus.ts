import { INBOX } from '../../state/inbox'
import * as list from '../../ui/list-focus'

const DETAIL_ID = list.detailId(INBOX)

export function focusList(): void {
  list.focusList(INBOX)
}

/** After something that had the focus has gone: back to the list, and never out of a field. */
export function keepFocus(): void {
  const { activeElement, body } = document
  if (activeElement === null || activeElement === body || isInDetail()) focusList()
}

/** Into the text that is being written. */
export function focusText(): void {
  document.querySelector<HTMLElement>('[data-writing] textarea')?.focus()
}

/** To where the next line comes from, and after the last to the first again. */
export function focusNextChoice(): void {
  const groups = [...document.querySelectorAll(`#${DETAIL_ID} [data-choices]`)]
  const at = groups.findIndex((group) => group.contains(document.activeElement))
  const next = groups[at + 1] ?? groups[0]
  next?.querySelector<HTMLElement>('[role=radio][tabindex="0"]')?.focus()
}

/** To the box that marks the next line, and after the last one in sight to the first of those again. */
export function focusNextMark(): void {
  const marks = marksInSight()
  const at = marks.findIndex((mark) => mark === document.activeElement)
  ;(marks[at + 1] ?? marks[0])?.focus()
}

/** From the box of one line to that of the line below or above it, where there is one. */
export function focusMarkBeside(mark: HTMLElement, by: 1 | -1): void {
  const marks = marksInSight()
  marks[marks.indexOf(mark) + by]?.focus()
}

/** The line whose box has the focus; null where none has. */
export function markInFocus(): string | null {
  const { activeElement } = document
  return activeElement instanceof HTMLElement ? (activeElement.dataset['mark'] ?? null) : null
}

/** Rows are drawn as they come into sight; those drawn go beyond what is. */
function marksInSight(): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(`#${DETAIL_ID} [data-mark]`)]
}

/** To a file that is attached: one by its id, else the next one, and after the last the first again. */
export function focusAttachments(id?: string): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-attachments] [data-attachment]')]
  const at = rows.findIndex((row) => row.contains(document.activeElement))
  const row =
    id === undefined
      ? (rows[at + 1] ?? rows[0])
      : rows.find(({ dataset }) => dataset['attachment'] === id)
  row?.querySelector('button')?.focus()
  row?.scrollIntoView({ block: 'nearest' })
}

export function isInDetail(): boolean {
  return document.activeElement?.closest(`#${DETAIL_ID}`) != null
}

/** Into the results of what was decided on together, once they are drawn. */
export function focusResults(): void {
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>('[data-results] [data-scroller]')?.focus(),
  )
}
