/** Where the keyboard is in the inbox. The ids are set by the views. */
export const LIST_ID = 'inbox-list'
export const SEARCH_ID = 'inbox-search'
export const DETAIL_ID = 'inbox-detail'

export function focusList(): void {
  focus(LIST_ID)
}

export function focusDetail(): void {
  focus(DETAIL_ID)
}

/** After something that had the focus has gone: back to the list, and never out of a field. */
export function keepFocus(): void {
  const { activeElement, body } = document
  if (activeElement === null || activeElement === body || isInDetail()) focusList()
}

export function isInDetail(): boolean {
  return document.activeElement?.closest(`#${DETAIL_ID}`) != null
}

export function focusSearch(): void {
  const field = document.querySelector<HTMLInputElement>(`#${SEARCH_ID} input`)
  field?.focus()
  field?.select()
}

function focus(id: string): void {
  document.getElementById(id)?.focus({ preventScroll: true })
}
