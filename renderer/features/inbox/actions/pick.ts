import { CheckCheck, ListChecks, SquareCheck } from 'lucide-react'
import { hidden, possible } from '../../../actions/action'
import type { Action } from '../../../actions/action'
import type { Desk } from '../../../desk'
import { markInFocus } from '../focus'
import { inboxView, pickMoving, selectedId } from '../selection'

const whenRows = (desk: Desk) => (inboxView(desk).ids.length > 0 ? possible : hidden)

/**
 * Picks the one that is open out, to be decided on together with others; once more lets it go. Where a
 * line's box has the focus, its key is about that line.
 */
export const pickAction: Action = {
  id: 'list.pick',
  title: 'action.list.pick',
  group: 'list',
  icon: SquareCheck,
  keys: ['x', ' '],
  when: (desk) => (selectedId(desk) === null || markInFocus() !== null ? hidden : whenRows(desk)),
  run: (desk) => {
    const id = selectedId(desk)
    if (id !== null) desk.picked.toggle(id)
  },
}

export const pickNextAction: Action = {
  id: 'list.pickNext',
  title: 'action.list.pickNext',
  group: 'list',
  icon: ListChecks,
  keys: ['Shift+ArrowDown'],
  repeats: true,
  when: whenRows,
  run: (desk) => pickMoving(desk, 1),
}

export const pickPreviousAction: Action = {
  id: 'list.pickPrevious',
  title: 'action.list.pickPrevious',
  group: 'list',
  icon: ListChecks,
  keys: ['Shift+ArrowUp'],
  repeats: true,
  when: whenRows,
  run: (desk) => pickMoving(desk, -1),
}

/** All that the list shows as it stands, with its filter and what is searched for. */
export const pickAllAction: Action = {
  id: 'list.pickAll',
  title: 'action.list.pickAll',
  group: 'list',
  icon: CheckCheck,
  keys: ['Mod+a'],
  when: whenRows,
  run: (desk) => desk.picked.pick(inboxView(desk).ids),
}
