import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { RequisitionHead } from '../../contract/replica-items'
import { isOpen } from '../../domain/requisition/states'
import type { CalendarDate } from '../../domain/units'
import type { Delta, Replica } from './replica'
import type { RequisitionIndex } from './requisition-index'
import { requisitionMatcher } from './requisition-search'
import { waitsFor } from './wanted'

/** The screen's id, under which navigation keeps what is open. */
export const INBOX = 'inbox'

export const inboxFilters = ['to_decide', 'mine', 'all', 'finished'] as const
export type InboxFilter = (typeof inboxFilters)[number]

/** What a text is written for: the customer, or those who approve with one. */
export type Writing = 'reject' | 'return' | 'skip'

export interface InboxState {
  readonly filter: InboxFilter
  readonly query: string
  /** Arrived while the list was being worked in; they wait under "3 new" until asked for. */
  readonly held: ReadonlySet<string>
  /** Keeps its place in the list although it may no longer belong there; see `view`. */
  readonly pinned: string | null
  /** The pane open beside the lines: a reason to reject or to skip a step, a message to the customer. */
  readonly writing: Writing | null
  /** How many times it was asked to send what could not be sent. */
  readonly asks: number
}

/** Ids to show, in order, and the counts on the filters. The same object until something differs. */
export interface InboxView {
  readonly ids: readonly string[]
  /** How many of those held back would be shown. */
  readonly heldCount: number
  readonly counts: Readonly<Record<'to_decide' | 'mine', number>>
}

export interface Inbox {
  readonly store: StoreApi<InboxState>
  /**
   * The list as it stands. What someone has opened keeps its place also when it no longer belongs to
   * the filter, so that nothing is pulled away under a reader; choosing a filter lets it go.
   */
  readonly view: (userId: string | null) => InboxView
  /** The requisition that is open now. */
  readonly pin: (id: string | null) => void
  /** Whether new rows should be held back just now; the list knows. */
  readonly holdNew: (hold: boolean) => void
  readonly releaseNew: () => void
  readonly setFilter: (filter: InboxFilter) => void
  readonly setQuery: (query: string) => void
  readonly setWriting: (writing: InboxState['writing']) => void
  /** Somebody wants it sent, and it cannot be: the pane says why. */
  readonly askWhy: () => void
}

/**
 * The inbox over a replica: which requisitions are shown, and which are held back.
 * @param today for who stands in for whom
 */
export function createInbox(
  replica: Replica,
  index: RequisitionIndex,
  today: () => CalendarDate,
): Inbox {
  const store = createStore<InboxState>(() => ({
    filter: 'to_decide',
    query: '',
    held: new Set(),
    pinned: null,
    writing: null,
    asks: 0,
  }))
  let holding = false

  replica.observe((deltas: readonly Delta[] | null) => {
    if (deltas === null) {
      // What is being written stays: a field that vanished would let the letters go as shortcuts.
      store.setState({ held: new Set(), pinned: null })
      return
    }
    if (!holding || replica.store.getState().phase !== 'loaded') return
    const arrived = deltas.filter(
      ({ kind, wasHere, isHere }) => kind === 'requisition' && !wasHere && isHere,
    )
    if (arrived.length === 0) return
    store.setState(({ held }) => ({ held: new Set([...held, ...arrived.map(({ id }) => id)]) }))
  })

  let last: { readonly key: readonly unknown[]; readonly view: InboxView } | null = null

  return {
    store,
    view: (userId) => {
      const { filter, query, held, pinned } = store.getState()
      const { revision } = replica.store.getState()
      const day = replica.all('delegation').size > 0 ? today() : ''
      const key = [filter, query, held, pinned, revision, userId, day]
      if (last && key.every((part, at) => part === last?.key[at])) return last.view
      const view = makeView({ filter, query, held, pinned, userId, day })
      // Most batches touch no row that is shown: the same view keeps the list from drawing anew.
      const same = last && sameView(last.view, view) ? last.view : view
      last = { key, view: same }
      return same
    },
    holdNew: (hold) => {
      holding = hold
    },
    releaseNew: () => {
      if (store.getState().held.size > 0) store.setState({ held: new Set() })
    },
    pin: (pinned) => store.setState({ pinned, writing: null }),
    setFilter: (filter) => store.setState({ filter, pinned: null, held: new Set() }),
    setQuery: (query) => store.setState({ query }),
    setWriting: (writing) => store.setState({ writing, asks: 0 }),
    askWhy: () => store.setState(({ asks }) => ({ asks: asks + 1 })),
  }

  function makeView({
    filter,
    query,
    held,
    pinned,
    userId,
    day,
  }: Pick<InboxState, 'filter' | 'query' | 'held' | 'pinned'> & {
    readonly userId: string | null
    readonly day: CalendarDate
  }): InboxView {
    const { requisitions } = replica
    const matches = requisitionMatcher(replica, query)
    const ids: string[] = []
    let heldCount = 0
    const counts = { to_decide: 0, mine: 0 }
    for (const id of index.ids()) {
      const requisition = requisitions.get(id)
      if (!requisition) continue
      const { head } = requisition
      const toDecide = waitsFor(replica, head, userId, day)
      const mine = isMine(head, userId)
      if (toDecide) counts.to_decide += 1
      if (mine) counts.mine += 1
      const belongs =
        filter === 'all' ||
        (filter === 'to_decide' && toDecide) ||
        (filter === 'mine' && mine) ||
        (filter === 'finished' && !isOpen(head.state))
      if (!belongs && id !== pinned) continue
      if (matches && !matches(requisition)) continue
      if (held.has(id) && id !== pinned) heldCount += 1
      else ids.push(id)
    }
    if (filter === 'finished') sortByEnd(ids, requisitions)
    return { ids, heldCount, counts }
  }
}

/** What was finished last comes first; the newest of equals. */
function sortByEnd(ids: string[], requisitions: Replica['requisitions']): void {
  const ends = new Map(
    ids.map((id) => {
      const head = requisitions.get(id)?.head
      return [id, Date.parse(head?.endedAt ?? head?.receivedAt ?? '')]
    }),
  )
  ids.sort((a, b) => (ends.get(b) ?? 0) - (ends.get(a) ?? 0))
}

function isMine({ claimerId, state }: RequisitionHead, userId: string | null): boolean {
  return userId !== null && claimerId === userId && isOpen(state)
}

function sameView(a: InboxView, b: InboxView): boolean {
  return (
    a.heldCount === b.heldCount &&
    a.counts.to_decide === b.counts.to_decide &&
    a.counts.mine === b.counts.mine &&
    a.ids.length === b.ids.length &&
    a.ids.every((id, at) => id === b.ids[at])
  )
}
