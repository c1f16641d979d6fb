import { ArrowDown, ArrowUp, ArrowUpToLine } from 'lucide-react'
import { hidden, possible } from '../../../actions/action'
import type { Action } from '../../../actions/action'
import type { Desk } from '../../../desk'
import { inboxView, move } from '../selection'

const whenRows = (desk: Desk) => (inboxView(desk).ids.length > 0 ? possible : hidden)

export const nextAction: Action = {
  id: 'list.next',
  title: 'action.list.next',
  group: 'list',
  icon: ArrowDown,
  keys: ['j', 'ArrowDown'],
  repeats: true,
  when: whenRows,
  run: (desk) => move(desk, 1),
}

export const previousAction: Action = {
  id: 'list.previous',
  title: 'action.list.previous',
  group: 'list',
  icon: ArrowUp,
  keys: ['k', 'ArrowUp'],
  repeats: true,
  when: whenRows,
  run: (desk) => move(desk, -1),
}

/** Lets in what was held back while the list was being worked in. */
export const showNewAction: Action = {
  id: 'list.showNew',
  title: 'action.list.showNew',
  group: 'list',
  icon: ArrowUpToLine,
  keys: ['n'],
  when: (desk) => (inboxView(desk).heldCount > 0 ? possible : hidden),
  run: ({ inbox }) => inbox.releaseNew(),
}
