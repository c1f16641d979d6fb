import type { EntityOf } from '../../contract/entities'
import type { OrderLineDemand } from '../../domain/availability/commitments'
import type { StockPosition } from '../../domain/availability/position'
import { positionsOf, type StockBlock } from '../../domain/availability/stock-block'
import { standingsOf, type Standings } from '../../domain/availability/standings'
import type { CalendarDate } from '../../domain/units'
import { gatherChanged } from './changed-ids'
import type { Replica } from './replica'

/** What is known of one article's stock; the same object until something of it changes. */
export interface ArticleStock {
  /** By warehouse, as the source reported. */
  readonly positions: Readonly<Record<string, StockPosition>>
  /** By warehouse: lines of our own orders, contained in the report or not. */
  readonly demands: ReadonlyMap<string, readonly OrderLineDemand[]>
}

/** A block of articles and how each of its balances stands; the same object until something of it changes. */
export interface CountedBlock {
  readonly block: StockBlock
  readonly standings: Standings
}

export interface StockIndex {
  readonly of: (articleId: string) => ArticleStock | undefined
  /** How the block in which an article travels stands on a day; undefined where there is none. */
  readonly counted: (blockId: string, today: CalendarDate) => CountedBlock | undefined
}

type LinesByOrder = Map<string, OrderLineDemand[]>

/** Finds an article's stock and the demand of our own orders without going through blocks and orders. */
export function createStockIndex(replica: Replica): StockIndex {
  /** Article → warehouse → order → its lines. */
  const demands = new Map<string, Map<string, LinesByOrder>>()
  /** What was made of an article, and of which state of its block. */
  const made = new Map<
    string,
    { readonly block: StockBlock | undefined; readonly stock: ArticleStock }
  >()
  /** Blocks that were counted, and for which day; our own orders in between take them out. */
  const counted = new Map<string, CountedBlock & { readonly today: CalendarDate }>()
  /** Lines that each order was taken to be. */
  const commitments = new Map<string, EntityOf<'commitment'>['lines']>()

  const changed = gatherChanged(replica, ['commitment'], () => {
    for (const known of [demands, made, counted, commitments]) known.clear()
  })

  const forget = (articleId: string) => {
    made.delete(articleId)
    const article = replica.get('article', articleId)
    if (article) counted.delete(String(article.block))
  }

  const takeCommitment = (id: string) => {
    const after = replica.get('commitment', id)
    for (const { articleId, warehouseId } of commitments.get(id) ?? []) {
      forget(articleId)
      demands.get(articleId)?.get(warehouseId)?.delete(id)
    }
    for (const { articleId, warehouseId, quantity, plannedDate } of after?.lines ?? []) {
      forget(articleId)
      const byWarehouse = child(demands, articleId, () => new Map<string, LinesByOrder>())
      const byOrder = child(byWarehouse, warehouseId, (): LinesByOrder => new Map())
      child(byOrder, id, (): OrderLineDemand[] => []).push({
        quantity,
        plannedDate,
        exportedAt: after?.exportedAt ?? null,
      })
    }
    commitments.set(id, after?.lines ?? [])
  }

  const linesOf = (articleId: string) => {
    const byWarehouse = demands.get(articleId)
    return (
      byWarehouse &&
      new Map([...byWarehouse].map(([id, orders]) => [id, [...orders.values()].flat()] as const))
    )
  }

  return {
    counted: (id, today) => {
      changed.take((_kind, order) => takeCommitment(order))
      const block = replica.get('stock_block', id)
      if (!block) return undefined
      const known = counted.get(id)
      if (known?.block === block && known.today === today) return known
      const now = { block, today, standings: standingsOf(block, linesOf, today) }
      counted.set(id, now)
      return now
    },
    of: (articleId) => {
      changed.take((_kind, id) => takeCommitment(id))
      const article = replica.get('article', articleId)
      const block = article && replica.get('stock_block', String(article.block))
      const known = made.get(articleId)
      if (known?.block === block && known !== undefined) return known.stock
      const lines = linesOf(articleId)
      const isHeld = block?.articles.includes(articleId) === true
      if (!isHeld && !lines) return undefined
      const stock: ArticleStock = {
        positions: block ? positionsOf(block, articleId) : {},
        demands: lines ?? new Map(),
      }
      made.set(articleId, { block, stock })
      return stock
    },
  }
}

function child<K, V>(parent: Map<K, V>, key: K, make: () => V): V {
  let found = parent.get(key)
  if (found === undefined) parent.set(key, (found = make()))
  return found
}
