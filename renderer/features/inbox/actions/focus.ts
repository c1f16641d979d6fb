import { CornerDownLeft, Search, Undo2 } from 'lucide-react'
import { hidden, possible } from '../../../actions/action'
import type { Action } from '../../../actions/action'
import { INBOX } from '../../../state/inbox'
import { focusDetail, focusSearch } from '../../../ui/list-focus'
import { focusList, isInDetail } from '../focus'
import { move, select, selectedId } from '../selection'

/** Into the detail, so that arrows scroll the lines. */
export const openAction: Action = {
  id: 'list.open',
  title: 'action.list.open',
  group: 'list',
  icon: CornerDownLeft,
  keys: ['Enter'],
  when: () => possible,
  run: (desk) => {
    const open = selectedId(desk)
    if (open === null || !desk.replica.requisitions.has(open)) move(desk, 1)
    focusDetail(INBOX)
  },
}

export const searchAction: Action = {
  id: 'list.search',
  title: 'action.list.search',
  group: 'list',
  icon: Search,
  keys: ['/', 'Mod+f'],
  when: () => possible,
  run: () => focusSearch(INBOX),
}

/** Out of the text, out of what is marked or picked, out of the detail, out of the search, out of what is open: a step at a time. */
export const backAction: Action = {
  id: 'back',
  title: 'action.back',
  group: 'list',
  icon: Undo2,
  keys: ['Escape'],
  when: (desk) =>
    desk.decisionGuard.store.getState().confirming !== null ||
    desk.inbox.store.getState().writing !== null ||
    desk.picked.store.getState().ids.size > 0 ||
    desk.markedLines.store.getState().ids.size > 0 ||
    desk.inbox.store.getState().query !== '' ||
    selectedId(desk) !== null
      ? possible
      : hidden,
  run: (desk) => {
    const { writing, query } = desk.inbox.store.getState()
    if (desk.decisionGuard.store.getState().confirming) {
      desk.decisionGuard.forget()
      return
    }
    if (writing === null && desk.markedLines.store.getState().ids.size > 0) {
      // What could be marked can be marked anew from where it was.
      desk.markedLines.clear()
      return
    }
    if (writing !== null) desk.inbox.setWriting(null)
    else if (desk.picked.store.getState().ids.size > 0) desk.picked.clear()
    else if (!isInDetail() && query !== '') desk.inbox.setQuery('')
    else if (!isInDetail()) select(desk, null)
    focusList()
  },
}
