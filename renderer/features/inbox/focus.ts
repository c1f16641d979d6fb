/** Where the keyboard is in the inbox. The ids are set by the views. */
export const LIST_ID = 'inbox-list'
export const SEARCH_ID = 'inbox-search'
export const DETAIL_ID = 'inbox-detail'

/** @returns whether the focus had to be moved */
export function focusList(): boolean {
  return focus(LIST_ID)
}

export function focusDetail(): boolean {
  return focus(DETAIL_ID)
}

export function focusSearch(): void {
  const field = document.querySelector<HTMLInputElement>(`#${SEARCH_ID} input`)
  field?.focus()
  field?.select()
}

function focus(id: string): boolean {
  const element = document.getElementById(id)
  if (!element || element === document.activeElement) return false
  const wasElsewhere = element !== document.activeElement && document.activeElement !== document.body
  element.focus({ preventScroll: true })
  return wasElsewhere
}
