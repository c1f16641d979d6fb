import type { Requisition } from '../../../contract/entities'
import type { Desk } from '../../desk'
import { signedInUser } from '../../state/console'
import { INBOX } from '../../state/inbox'
import type { InboxView } from '../../state/inbox'

/** The list as it stands for whoever is signed in. */
export function inboxView({ inbox, console }: Desk): InboxView {
  return inbox.view(signedInUser(console.getState())?.id ?? null)
}

export function selectedId({ navigation }: Desk): string | null {
  return navigation.store.getState().selected[INBOX] ?? null
}

/** The requisition that is open, if it is still there and all of it has come. */
export function selectedRequisition(desk: Desk): Requisition | undefined {
  const id = selectedId(desk)
  return id === null ? undefined : desk.replica.requisition(id)
}

/** Opens one, or none. What was open may leave the list now, if it no longer belongs there. */
export function select({ navigation }: Desk, id: string | null): void {
  navigation.select(INBOX, id)
}

/** Moves through the list; from nowhere to its first or last row. */
export function move(desk: Desk, by: 1 | -1): void {
  const { ids } = inboxView(desk)
  const at = ids.indexOf(selectedId(desk) ?? '')
  const to = at === -1 ? (by === 1 ? 0 : ids.length - 1) : at + by
  const id = ids[to]
  if (id !== undefined) select(desk, id)
}

/** What to open once the given one is dealt with: the row below it, else the one above. */
export function neighbourOf(desk: Desk, id: string): string | null {
  const { ids } = inboxView(desk)
  const at = ids.indexOf(id)
  return at === -1 ? null : (ids[at + 1] ?? ids[at - 1] ?? null)
}

/** Picks all rows from where one is to another. */
export function pickTo(desk: Desk, id: string): void {
  const { ids } = inboxView(desk)
  const from = desk.picked.store.getState().stretch?.to ?? selectedId(desk) ?? id
  desk.picked.stretch(from, id, ids)
}

/** Moves through the list and picks what is passed. */
export function pickMoving(desk: Desk, by: 1 | -1): void {
  const from = selectedId(desk)
  move(desk, by)
  const to = selectedId(desk)
  if (to !== null) desk.picked.stretch(from ?? to, to, inboxView(desk).ids)
}
