/** Where the keyboard is on a screen with a list beside a detail. The views set these ids. */
export function listId(screen: string): string {
  return `${screen}-list`
}

export function searchId(screen: string): string {
  return `${screen}-search`
}

export function detailId(screen: string): string {
  return `${screen}-detail`
}

/** @returns whether the focus was somewhere else and had to be moved */
export function focusList(screen: string): boolean {
  return focus(listId(screen))
}

export function focusDetail(screen: string): boolean {
  return focus(detailId(screen))
}

export function focusSearch(screen: string): void {
  const field = document.querySelector<HTMLInputElement>(`#${searchId(screen)} input`)
  field?.focus()
  field?.select()
}

/** To where new rows come in. */
export function scrollListToTop(screen: string): void {
  document.getElementById(listId(screen))?.closest('[data-scroller]')?.scrollTo({ top: 0 })
}

function focus(id: string): boolean {
  const element = document.getElementById(id)
  const { activeElement } = document
  if (!element || element === activeElement) return false
  const wasElsewhere = activeElement !== null && activeElement !== document.body
  element.focus({ preventScroll: true })
  return wasElsewhere
}
