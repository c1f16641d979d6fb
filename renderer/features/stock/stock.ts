import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { Article } from '../../../domain/article'
import {
  balancesOf,
  BELOW_SAFETY,
  LATE,
  standingKinds,
  type StandingKind,
} from '../../../domain/availability/standings'
import { NO_LEAD_TIME } from '../../../domain/availability/stock-block'
import { dateOf } from '../../../domain/calendar'
import type { CalendarDate, Milli } from '../../../domain/units'
import { fold, queryWords } from '../../../language/folding'
import type { Desk } from '../../desk'
import { onAnotherPerson } from '../../state/another-person'
import { perDesk } from '../../state/per-desk'
import { articleText, remembered } from '../../state/requisition-search'
import { createSortedIndex } from '../../state/sorted-index'
import { todayAt } from '../../state/today'
import { warehousesOpen } from '../../state/warehouses'

/** The screen's id, under which navigation keeps what is open. */
export const STOCK = 'stock'

export const stockFilters = ['all', 'deliverable', 'inbound', 'out', 'late', 'below'] as const
export type StockFilter = (typeof stockFilters)[number]

export interface StockState {
  readonly filter: StockFilter
  readonly query: string
  /** Of what is asked how much can be had, as it stands in the field; it stays from article to article. */
  readonly quantityText: string
}

/** How an article stands in one warehouse, for one unit. */
export interface StockCell {
  readonly kind: StandingKind
  /** What can leave today; below 0 where more is promised than there will be. */
  readonly deliverable: Milli
  /** The day it is promised for; null where it is not. */
  readonly date: CalendarDate | null
  /** Working days; null where no purchase can be made. */
  readonly leadTimeDays: number | null
  readonly isLate: boolean
  readonly isBelowSafety: boolean
}

/** By warehouse; one that has told no balance is left out. */
export type StockCells = ReadonlyMap<string, StockCell>

export interface StockView {
  readonly ids: readonly string[]
  /** How many articles there are in all. */
  readonly total: number
}

export interface Stock {
  readonly store: StoreApi<StockState>
  /** The rows as they stand, by article number; the same object until something differs. */
  readonly view: () => StockView
  readonly cellsOf: (articleId: string) => StockCells
  /** When a source last told of its stock, in ms of the epoch; null before any has. */
  readonly lastTold: () => number | null
  readonly setFilter: (filter: StockFilter) => void
  readonly setQuery: (query: string) => void
  readonly setQuantityText: (quantityText: string) => void
}

/** What an article of the stock is found by. */
const stockText = remembered<Article>((article) =>
  [articleText(article), fold(article.supplier ?? ''), fold(article.groupId ?? '')].join('\n'),
)

const NO_CELLS: StockCells = new Map()

/** The stock of a desk: which articles are shown, and how each stands in each warehouse. */
export const stockOf = perDesk(createStock)

function createStock(desk: Desk): Stock {
  const { replica } = desk
  const { compare } = new Intl.Collator('sv', { numeric: true })
  const index = createSortedIndex(replica, 'article', ({ id }) => id, compare)
  const store = createStore<StockState>(() => ({ filter: 'all', query: '', quantityText: '1' }))
  const told = new WeakMap<object, number>()
  const cells = new Map<string, { readonly of: object; readonly cells: StockCells }>()
  let last: { readonly key: readonly unknown[]; readonly view: StockView } | null = null
  onAnotherPerson(replica, () => {
    cells.clear()
    store.setState({ filter: 'all', query: '', quantityText: '1' })
  })

  const cellsOf: Stock['cellsOf'] = (articleId) => {
    const article = replica.get('article', articleId)
    const counted = article && desk.stock.counted(String(article.block), todayAt(desk))
    if (!counted) return NO_CELLS
    const known = cells.get(articleId)
    if (known?.of === counted) return known.cells
    const { block, standings } = counted
    const made = new Map<string, StockCell>()
    const { from, to } = balancesOf(block, articleId)
    for (let at = from; at < to; at += 1) {
      const kind = standingKinds[standings.kind[at] ?? 3] ?? 'out_of_stock'
      const marks = standings.marks[at] ?? 0
      const leadTimeDays = block.balances.leadTimeDays[at] ?? NO_LEAD_TIME
      made.set(block.warehouses[block.balances.warehouse[at] ?? -1] ?? '', {
        kind,
        deliverable: standings.deliverable[at] ?? 0,
        date: kind === 'promised' ? dateOf(standings.day[at] ?? 0) : null,
        leadTimeDays: leadTimeDays === NO_LEAD_TIME ? null : leadTimeDays,
        isLate: (marks & LATE) !== 0,
        isBelowSafety: (marks & BELOW_SAFETY) !== 0,
      })
    }
    cells.set(articleId, { of: counted, cells: made })
    return made
  }

  const makeView = (): StockView => {
    const { filter, query } = store.getState()
    const articles = replica.all('article')
    const wanted = queryWords(query)
    const opened = warehousesOpen(desk).map(({ id }) => id)
    const inOrder = index.ids()
    const ids = inOrder.filter((id) => {
      const article = articles.get(id)
      if (!article) return false
      if (wanted.length > 0 && !wanted.every((word) => stockText(article).includes(word)))
        return false
      return filter === 'all' || belongs(filter, opened, cellsOf(id))
    })
    return { ids, total: inOrder.length }
  }

  return {
    store,
    cellsOf,
    view: () => {
      const { filter, query } = store.getState()
      const key = [filter, query, replica.store.getState().revision, todayAt(desk)]
      if (last && key.every((part, at) => part === last?.key[at])) return last.view
      const view = makeView()
      const same = last && sameView(last.view, view) ? last.view : view
      last = { key, view: same }
      return same
    },
    setFilter: (filter) => store.setState({ filter }),
    setQuery: (query) => store.setState({ query }),
    setQuantityText: (quantityText) => store.setState({ quantityText }),
    lastTold: () => {
      let latest: number | null = null
      for (const block of replica.all('stock_block').values()) {
        let newest = told.get(block)
        if (newest === undefined) {
          newest = block.balances.observedAt.reduce((a, b) => Math.max(a, b), 0)
          told.set(block, newest)
        }
        if (newest > (latest ?? 0)) latest = newest
      }
      return latest
    },
  }
}

/** Whether an article belongs under a filter, by how it stands in the opened warehouses. */
function belongs(
  filter: Exclude<StockFilter, 'all'>,
  opened: readonly string[],
  cells: StockCells,
): boolean {
  const shown = opened.flatMap((id) => cells.get(id) ?? [])
  switch (filter) {
    case 'deliverable':
      return shown.some(({ kind }) => kind === 'deliverable')
    case 'inbound':
      return (
        shown.some(({ kind }) => kind === 'promised') &&
        !shown.some(({ kind }) => kind === 'deliverable')
      )
    case 'out':
      return shown.every(({ kind }) => kind === 'lead_time' || kind === 'out_of_stock')
    case 'late':
      return shown.some(({ isLate }) => isLate)
    case 'below':
      return shown.some(({ isBelowSafety }) => isBelowSafety)
  }
}

function sameView(a: StockView, b: StockView): boolean {
  return (
    a.total === b.total &&
    a.ids.length === b.ids.length &&
    a.ids.every((id, at) => id === b.ids[at])
  )
}
