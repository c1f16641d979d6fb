import type { LineField } from '../../../state/edits'

/** Looked for until it has been drawn, so many times. */
const MOST_FRAMES = 30

/**
 * Into a cell, over those that cannot be typed in; past the last row to where one is added. A row that
 * is not drawn yet is waited for.
 */
export function focusCell(row: number, field: LineField, step: 1 | -1, frame = 0): void {
  const cell = document.querySelector<HTMLInputElement>(`[data-cell="${row} ${field}"]`)
  if (cell?.disabled) return focusCell(row + step, field, step)
  if (cell) return cell.focus()
  const isPast = row < 0 || document.querySelector(`[data-cell="${row - 1} ${field}"]`) === null
  if (frame < MOST_FRAMES && !isPast) {
    requestAnimationFrame(() => focusCell(row, field, step, frame + 1))
    return
  }
  if (step === 1) document.querySelector<HTMLElement>('#edit-add-line input')?.focus()
}

/** The first cell that can be typed in. */
export function focusFirstCell(frame = 0): void {
  const cell = document.querySelector<HTMLInputElement>('[data-cell]:not(:disabled)')
  if (cell) cell.focus()
  else if (frame < MOST_FRAMES) requestAnimationFrame(() => focusFirstCell(frame + 1))
}

/** The first cell that cannot be taken as it is. */
export function focusProblem(): void {
  document.querySelector<HTMLInputElement>('[data-cell][aria-invalid]')?.focus()
}
