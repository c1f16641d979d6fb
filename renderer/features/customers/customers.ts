import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { Company } from '../../../domain/company'
import type { Desk } from '../../desk'
import { signedInUser } from '../../state/console'
import { onAnotherPerson } from '../../state/another-person'
import { perDesk } from '../../state/per-desk'
import { createSortedIndex } from '../../state/sorted-index'
import { companyMatcher } from './customer-search'

export const CUSTOMERS = 'customers'

export const customerFilters = ['all', 'mine', 'stopped'] as const
export type CustomerFilter = (typeof customerFilters)[number]

/** The price someone wants to know. It stays when another customer is opened, to compare. */
export interface PriceWish {
  readonly articleId: string | null
  /** As it stands in the fields. */
  readonly articleText: string
  readonly quantityText: string
}

export interface CustomersState {
  readonly filter: CustomerFilter
  readonly query: string
  readonly price: PriceWish
}

export interface CustomersView {
  readonly ids: readonly string[]
  readonly counts: Readonly<Record<CustomerFilter, number>>
}

export interface Customers {
  readonly store: StoreApi<CustomersState>
  /** The rows as they stand, by name; the same object until something differs. */
  readonly view: () => CustomersView
  readonly setFilter: (filter: CustomerFilter) => void
  readonly setQuery: (query: string) => void
  readonly wishPrice: (wish: Partial<PriceWish>) => void
}

const NO_WISH: PriceWish = { articleId: null, articleText: '', quantityText: '1' }

/** Whether orders are taken only after a person has looked, or not at all. */
export function isStopped({ status }: Pick<Company, 'status'>): boolean {
  return status !== 'active'
}

/** The customers of a desk: which are shown, in what order, and the price that is asked for. */
export const customersOf = perDesk(createCustomers)

function createCustomers({ replica, console: consoleStore }: Desk): Customers {
  // Names are the seller's customers', whatever language the desk speaks.
  const { compare } = new Intl.Collator('sv', { numeric: true })
  const index = createSortedIndex(replica, 'company', ({ name }) => name, compare)
  const store = createStore<CustomersState>(() => ({ filter: 'all', query: '', price: NO_WISH }))
  onAnotherPerson(replica, () => store.setState({ query: '', price: NO_WISH }))

  let last: { readonly key: readonly unknown[]; readonly view: CustomersView } | null = null

  return {
    store,
    view: () => {
      const { filter, query } = store.getState()
      const username = signedInUser(consoleStore.getState())?.username ?? null
      const key = [filter, query, username, replica.store.getState().revision]
      if (last && key.every((part, at) => part === last?.key[at])) return last.view
      const view = makeView(username)
      const same = last && sameView(last.view, view) ? last.view : view
      last = { key, view: same }
      return same
    },
    setFilter: (filter) => store.setState({ filter }),
    setQuery: (query) => store.setState({ query }),
    wishPrice: (wish) => store.setState(({ price }) => ({ price: { ...price, ...wish } })),
  }

  function makeView(username: string | null): CustomersView {
    const { filter, query } = store.getState()
    const companies = replica.all('company')
    const matches = companyMatcher(replica, query)
    const ids: string[] = []
    const counts = { all: 0, mine: 0, stopped: 0 }
    for (const id of index.ids()) {
      const company = companies.get(id)
      if (!company) continue
      const isMine = username !== null && company.accountOwner === username
      counts.all += 1
      if (isMine) counts.mine += 1
      if (isStopped(company)) counts.stopped += 1
      const belongs =
        filter === 'all' ||
        (filter === 'mine' && isMine) ||
        (filter === 'stopped' && isStopped(company))
      if (belongs && (!matches || matches(company))) ids.push(id)
    }
    return { ids, counts }
  }
}

function sameView(a: CustomersView, b: CustomersView): boolean {
  return (
    customerFilters.every((filter) => a.counts[filter] === b.counts[filter]) &&
    a.ids.length === b.ids.length &&
    a.ids.every((id, at) => id === b.ids[at])
  )
}
