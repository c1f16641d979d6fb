import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { Refusal } from '../../../contract/errors'
import type { QueryResult } from '../../../contract/queries'
import type { Quote } from '../../../contract/quotes'
import { isOpenQuote, quoteStates, type QuoteState } from '../../../domain/quote/states'
import type { Desk } from '../../desk'
import { onAnotherPerson } from '../../state/another-person'
import { perDesk } from '../../state/per-desk'
import { createSortedIndex } from '../../state/sorted-index'
import type { QuoteForm } from './quote-form'
import { quoteMatcher } from './quote-search'

export const QUOTES = 'quotes'

export const quoteFilters = ['open', 'finished', 'all'] as const
export type QuoteFilter = (typeof quoteFilters)[number]

/** What a row shows: a quote of the replica, or one that the gateway was asked for. */
export type QuoteHead = Omit<Quote, 'lines'>

type OlderRow = QueryResult<'quote.search'>['rows'][number]

/** Quotes the replica does not hold, as far as they have been asked for. */
export interface OlderQuotes {
  readonly rows: readonly OlderRow[]
  /** Where to go on; null is from the start. */
  readonly next: string | null
  readonly phase:
    | { readonly kind: 'more' }
    | { readonly kind: 'loading' }
    | { readonly kind: 'failed'; readonly error: Refusal }
    | { readonly kind: 'end' }
}

const NO_OLDER: OlderQuotes = { rows: [], next: null, phase: { kind: 'more' } }

/** What is being written in a quote and has not been saved. */
export interface QuoteDraft {
  /** The quote as it was when the writing began. */
  readonly base: Quote
  readonly baseVersion: number
  readonly form: QuoteForm
  /** What is wrong is shown from the first attempt to save on. */
  readonly isTried: boolean
  /** It is on its way, or waits to be sent. */
  readonly isSent: boolean
}

export interface QuotesState {
  readonly filter: QuoteFilter
  readonly query: string
  /** Only this company's quotes; null is everyone's. */
  readonly companyId: string | null
  readonly older: OlderQuotes
  readonly drafts: ReadonlyMap<string, QuoteDraft>
  /** Words that are written to go with a decision. */
  readonly writing: {
    readonly id: string
    readonly kind: 'refuse' | 'withdraw'
    readonly text: string
  } | null
  /** The earlier version that the present one is held against; null is none. */
  readonly compared: { readonly id: string; readonly revision: number | null } | null
}

export interface QuotesView {
  readonly ids: readonly string[]
  readonly openCount: number
}

export interface Quotes {
  readonly store: StoreApi<QuotesState>
  /** The rows as they stand; the same object until something differs. */
  readonly view: () => QuotesView
  /** What a row of the view shows. */
  readonly head: (id: string) => QuoteHead | undefined
  readonly setFilter: (filter: QuoteFilter) => void
  readonly setQuery: (query: string) => void
  /** Shows every quote of a company, or of everyone again. */
  readonly showCompany: (companyId: string | null) => void
  readonly putDraft: (id: string, draft: QuoteDraft | null) => void
}

/** The states a filter lets through. */
export function statesOf(filter: QuoteFilter): readonly QuoteState[] {
  return filter === 'all'
    ? quoteStates
    : quoteStates.filter((state) => isOpenQuote(state) === (filter === 'open'))
}

/** The quotes of a desk: which are shown, in what order, and what is being written in them. */
export const quotesOf = perDesk(createQuotes)

function createQuotes({ replica }: Desk): Quotes {
  const index = createSortedIndex(
    replica,
    'quote',
    ({ createdAt }) => Date.parse(createdAt),
    (a, b) => b - a,
  )
  const store = createStore<QuotesState>(() => ({
    filter: 'open',
    query: '',
    companyId: null,
    older: NO_OLDER,
    drafts: new Map(),
    writing: null,
    compared: null,
  }))
  const putDraft = (id: string, draft: QuoteDraft | null) =>
    store.setState(({ drafts }) => {
      const next = new Map(drafts)
      if (draft) next.set(id, draft)
      else next.delete(id)
      return { drafts: next }
    })
  replica.observe((deltas) => {
    if (deltas !== null) return
    // What was fetched beside the working set may be no more, and what was sent has gone.
    store.setState(({ drafts }) => ({
      older: NO_OLDER,
      drafts: new Map([...drafts].filter(([, { isSent }]) => !isSent)),
    }))
  })
  onAnotherPerson(replica, () =>
    store.setState({
      query: '',
      companyId: null,
      drafts: new Map(),
      writing: null,
      compared: null,
    }),
  )
  // What was sent has been taken in when a newer version is here.
  replica.store.subscribe(() => {
    for (const [id, { isSent, baseVersion }] of store.getState().drafts) {
      if (isSent && replica.versionOf('quote', id) > baseVersion) putDraft(id, null)
    }
  })

  let last: { readonly key: readonly unknown[]; readonly view: QuotesView } | null = null
  const olderRow = (id: string) => store.getState().older.rows.find((row) => row.id === id)

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
    head: (id) => replica.get('quote', id) ?? olderRow(id),
    // Older ones belong to what they were asked by.
    setFilter: (filter) => store.setState({ filter, older: NO_OLDER }),
    setQuery: (query) => store.setState({ query, older: NO_OLDER }),
    showCompany: (companyId) =>
      store.setState({ companyId, filter: 'all', query: '', older: NO_OLDER }),
    putDraft,
  }

  function makeView(): QuotesView {
    const { filter, query, companyId, older } = store.getState()
    const quotes = replica.all('quote')
    const matches = quoteMatcher(replica, query)
    const states = new Set(statesOf(filter))
    const ids: string[] = []
    let openCount = 0
    for (const id of index.ids()) {
      const quote = quotes.get(id)
      if (!quote || (companyId !== null && quote.companyId !== companyId)) continue
      if (isOpenQuote(quote.state)) openCount += 1
      if (states.has(quote.state) && (!matches || matches(quote))) ids.push(id)
    }
    return { ids: withOlder(ids, older.rows), openCount }
  }

  /** Both are in order; of a quote that is in both, the replica's is the newer. */
  function withOlder(ids: readonly string[], rows: readonly OlderRow[]): readonly string[] {
    const added = rows.filter(({ id }) => replica.get('quote', id) === undefined)
    if (added.length === 0) return ids
    const createdAt = (id: string) =>
      Date.parse((replica.get('quote', id) ?? olderRow(id))?.createdAt ?? '')
    return [...ids, ...added.map(({ id }) => id)].sort((a, b) => createdAt(b) - createdAt(a))
  }
}

function sameView(a: QuotesView, b: QuotesView): boolean {
  return (
    a.openCount === b.openCount &&
    a.ids.length === b.ids.length &&
    a.ids.every((id, at) => id === b.ids[at])
  )
}
