import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { Order } from '../../../contract/entities'
import type { Refusal } from '../../../contract/errors'
import type { QueryResult } from '../../../contract/queries'
import type { OrderState } from '../../../domain/requisition/states'
import { orderStates } from '../../../domain/requisition/states'
import type { Desk } from '../../desk'
import { onAnotherPerson } from '../../state/another-person'
import { perDesk } from '../../state/per-desk'
import { createSortedIndex } from '../../state/sorted-index'
import type { DatesDraft } from './dates/typed-dates'
import { orderMatcher } from './order-search'

export const ORDERS = 'orders'

export const orderFilters = ['open', 'finished', 'all'] as const
export type OrderFilter = (typeof orderFilters)[number]

/** What a row shows: an order of the replica, or one that the gateway was asked for. */
export type OrderHead = Omit<Order, 'lines'>

type OlderRow = QueryResult<'order.search'>['rows'][number]

/** Orders the replica does not hold, as far as they have been asked for. */
export interface OlderOrders {
  readonly rows: readonly OlderRow[]
  /** Where to go on; null is from the start. */
  readonly next: string | null
  readonly phase:
    | { readonly kind: 'more' }
    | { readonly kind: 'loading' }
    | { readonly kind: 'failed'; readonly error: Refusal }
    | { readonly kind: 'end' }
}

const NO_OLDER: OlderOrders = { rows: [], next: null, phase: { kind: 'more' } }

export interface OrdersState {
  readonly filter: OrderFilter
  readonly query: string
  /** Only this company's orders; null is everyone's. */
  readonly companyId: string | null
  readonly older: OlderOrders
  /** Confirmed dates that are being typed, by order; they stay while something else is looked at. */
  readonly dates: ReadonlyMap<string, DatesDraft>
  /** The order whose fields take the focus as soon as they are drawn. */
  readonly entering: string | null
  /** The order whose typed dates somebody wants to leave, and is asked about. */
  readonly leaving: string | null
}

export interface OrdersView {
  readonly ids: readonly string[]
  readonly openCount: number
}

export interface Orders {
  readonly store: StoreApi<OrdersState>
  /** The rows as they stand; the same object until something differs. */
  readonly view: () => OrdersView
  /** What a row of the view shows. */
  readonly head: (id: string) => OrderHead | undefined
  readonly setFilter: (filter: OrderFilter) => void
  readonly setQuery: (query: string) => void
  /** Shows every order of a company, or of everyone again. */
  readonly showCompany: (companyId: string | null) => void
  readonly putDates: (orderId: string, draft: DatesDraft | null) => void
  readonly changeDates: (orderId: string, change: (draft: DatesDraft) => DatesDraft) => void
  readonly enterDates: (orderId: string | null) => void
  readonly askLeaving: (orderId: string | null) => void
}

/** The states a filter lets through. */
export function statesOf(filter: OrderFilter): readonly OrderState[] {
  return filter === 'all'
    ? orderStates
    : orderStates.filter((state) => isOpen(state) === (filter === 'open'))
}

/** Something of it is still to be delivered. */
function isOpen(state: OrderState): boolean {
  return state !== 'delivered' && state !== 'cancelled'
}

/** The orders of a desk: which are shown, in what order, and the older ones that were asked for. */
export const ordersOf = perDesk(createOrders)

function createOrders({ replica }: Desk): Orders {
  const index = createSortedIndex(
    replica,
    'order',
    ({ placedAt }) => Date.parse(placedAt),
    (a, b) => b - a,
  )
  const store = createStore<OrdersState>(() => ({
    filter: 'open',
    query: '',
    companyId: null,
    older: NO_OLDER,
    dates: new Map(),
    entering: null,
    leaving: null,
  }))
  const putDates: Orders['putDates'] = (id, draft) =>
    store.setState(({ dates }) => {
      const next = new Map(dates)
      if (draft) next.set(id, draft)
      else next.delete(id)
      return { dates: next, leaving: null }
    })
  replica.observe((deltas) => {
    // What was fetched beside the working set may be no more.
    if (deltas === null) store.setState({ older: NO_OLDER })
  })
  onAnotherPerson(replica, () =>
    store.setState({ query: '', companyId: null, dates: new Map(), entering: null, leaving: null }),
  )

  let last: { readonly key: readonly unknown[]; readonly view: OrdersView } | null = null
  let olderById: {
    readonly rows: readonly OlderRow[]
    readonly byId: ReadonlyMap<string, OlderRow>
  } = { rows: [], byId: new Map() }

  const olderRow = (id: string) => {
    const { rows } = store.getState().older
    if (olderById.rows !== rows) {
      olderById = { rows, byId: new Map(rows.map((row) => [row.id, row])) }
    }
    return olderById.byId.get(id)
  }

  return {
    store,
    view: () => {
      const { filter, query, companyId, older } = store.getState()
      const key = [filter, query, companyId, older.rows, replica.store.getState().revision]
      if (last && key.every((part, at) => part === last?.key[at])) return last.view
      const view = makeView()
      const same = last && sameView(last.view, view) ? last.view : view
      last = { key, view: same }
      return same
    },
    head: (id) => replica.get('order', id) ?? olderRow(id),
    // Older ones belong to what they were asked by.
    setFilter: (filter) => store.setState({ filter, older: NO_OLDER }),
    setQuery: (query) => store.setState({ query, older: NO_OLDER }),
    showCompany: (companyId) =>
      store.setState({ companyId, filter: 'all', query: '', older: NO_OLDER }),
    putDates,
    changeDates: (id, change) => {
      const draft = store.getState().dates.get(id)
      if (draft) putDates(id, change(draft))
    },
    enterDates: (entering) => store.setState({ entering }),
    askLeaving: (leaving) => store.setState({ leaving }),
  }

  function makeView(): OrdersView {
    const { filter, query, companyId, older } = store.getState()
    const orders = replica.all('order')
    const matches = orderMatcher(replica, query)
    const states = new Set(statesOf(filter))
    const ids: string[] = []
    let openCount = 0
    for (const id of index.ids()) {
      const order = orders.get(id)
      if (!order || (companyId !== null && order.companyId !== companyId)) continue
      if (isOpen(order.state)) openCount += 1
      if (states.has(order.state) && (!matches || matches(order))) ids.push(id)
    }
    return { ids: withOlder(ids, older.rows), openCount }
  }

  /** Both are in order; of an order that is in both, the replica's is the newer. */
  function withOlder(ids: readonly string[], rows: readonly OlderRow[]): readonly string[] {
    const added = rows.filter(({ id }) => replica.get('order', id) === undefined)
    if (added.length === 0) return ids
    const placedAt = (id: string) =>
      Date.parse((replica.get('order', id) ?? olderRow(id))?.placedAt ?? '')
    return [...ids, ...added.map(({ id }) => id)].sort((a, b) => placedAt(b) - placedAt(a))
  }
}

function sameView(a: OrdersView, b: OrdersView): boolean {
  return (
    a.openCount === b.openCount &&
    a.ids.length === b.ids.length &&
    a.ids.every((id, at) => id === b.ids[at])
  )
}
