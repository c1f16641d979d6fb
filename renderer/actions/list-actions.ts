import { ArrowDown, ArrowUp, CornerDownLeft, Search, Undo2 } from 'lucide-react'
import type { Desk } from '../desk'
import { focusDetail, focusList, focusSearch } from '../ui/list-focus'
import { hidden, possible } from './action'
import type { Action } from './action'

/** What the keys of a list need to know of it. */
export interface ListPort {
  readonly screen: string
  /** The rows as they are shown. */
  readonly ids: (desk: Desk) => readonly string[]
  readonly query: (desk: Desk) => string
  readonly setQuery: (desk: Desk, query: string) => void
  /** Whether something can be chosen that is not a row, and Esc should leave. */
  readonly leave?: (desk: Desk) => boolean
}

export interface ListActions {
  readonly next: Action
  readonly previous: Action
  readonly open: Action
  readonly search: Action
  readonly back: Action
}

/** The keys every list has: down, up, into the detail, search, and a step back. */
export function listActions({ screen, ids, query, setQuery, leave }: ListPort): ListActions {
  const selected = ({ navigation }: Desk) => navigation.store.getState().selected[screen] ?? null
  const move = (desk: Desk, by: 1 | -1) => {
    const rows = ids(desk)
    const at = rows.indexOf(selected(desk) ?? '')
    const to = at === -1 ? (by === 1 ? 0 : rows.length - 1) : at + by
    const id = rows[to]
    if (id !== undefined) desk.navigation.select(screen, id)
  }
  const whenRows = (desk: Desk) => (ids(desk).length > 0 ? possible : hidden)
  const always = () => possible
  return {
    next: {
      id: `${screen}.next`,
      title: 'action.list.next',
      group: 'list',
      icon: ArrowDown,
      keys: ['j', 'ArrowDown'],
      repeats: true,
      when: whenRows,
      run: (desk) => move(desk, 1),
    },
    previous: {
      id: `${screen}.previous`,
      title: 'action.list.previous',
      group: 'list',
      icon: ArrowUp,
      keys: ['k', 'ArrowUp'],
      repeats: true,
      when: whenRows,
      run: (desk) => move(desk, -1),
    },
    open: {
      id: `${screen}.open`,
      title: 'action.list.open',
      group: 'list',
      icon: CornerDownLeft,
      keys: ['Enter'],
      when: whenRows,
      run: (desk) => {
        if (selected(desk) === null) move(desk, 1)
        focusDetail(screen)
      },
    },
    search: {
      id: `${screen}.search`,
      title: 'action.list.search',
      group: 'list',
      icon: Search,
      keys: ['/', 'Mod+f'],
      when: always,
      run: () => focusSearch(screen),
    },
    back: {
      id: `${screen}.back`,
      title: 'action.back',
      group: 'list',
      icon: Undo2,
      keys: ['Escape'],
      when: (desk) => (query(desk) !== '' || selected(desk) !== null ? possible : hidden),
      run: (desk) => {
        if (leave?.(desk)) return
        if (focusList(screen)) return
        if (query(desk) !== '') setQuery(desk, '')
        else desk.navigation.select(screen, null)
        focusList(screen)
      },
    },
  }
}
