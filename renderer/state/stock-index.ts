import type { OrderLineDemand } from '../../domain/availability/commitments'
import type { StockPosition } from '../../domain/availability/position'
import type { Delta, Replica } from './replica'

/** What is known of one article's stock; the same object until something of it changes. */
export interface ArticleStock {
  /** By warehouse, as the source reported. */
  readonly positions: Readonly<Record<string, StockPosition>>
  /** By warehouse: lines of our own orders, contained in the report or not. */
  readonly demands: ReadonlyMap<string, readonly OrderLineDemand[]>
}

export interface StockIndex {
  readonly of: (articleId: string) => ArticleStock | undefined
}

type Positions = ArticleStock['positions']
type LinesByOrder = Map<string, OrderLineDemand[]>
const NO_POSITIONS: Positions = {}

/** Finds an article's stock and the demand of our own orders without going through blocks and orders. */
export function createStockIndex(replica: Replica): StockIndex {
  const positions = new Map<string, { readonly block: string; readonly positions: Positions }>()
  /** Article → warehouse → order → its lines. */
  const demands = new Map<string, Map<string, LinesByOrder>>()
  const made = new Map<string, ArticleStock>()

  const take = (deltas: readonly Delta[] | null) => {
    if (deltas === null) {
      positions.clear()
      demands.clear()
      made.clear()
      return
    }
    for (const delta of deltas) {
      if (delta.kind === 'stock_block') takeBlock(delta)
      else if (delta.kind === 'commitment') takeCommitment(delta)
    }
  }

  const takeBlock = ({ id, before, after }: Extract<Delta, { kind: 'stock_block' }>) => {
    for (const articleId of Object.keys(before?.positions ?? {})) {
      made.delete(articleId)
      // The article may have moved to another block, which has the word now.
      if (positions.get(articleId)?.block === id) positions.delete(articleId)
    }
    for (const [articleId, byWarehouse] of Object.entries(after?.positions ?? {})) {
      made.delete(articleId)
      positions.set(articleId, { block: id, positions: byWarehouse })
    }
  }

  const takeCommitment = ({ id, before, after }: Extract<Delta, { kind: 'commitment' }>) => {
    for (const { articleId, warehouseId } of before?.lines ?? []) {
      made.delete(articleId)
      demands.get(articleId)?.get(warehouseId)?.delete(id)
    }
    for (const { articleId, warehouseId, quantity, plannedDate } of after?.lines ?? []) {
      made.delete(articleId)
      const byWarehouse = child(demands, articleId, () => new Map<string, LinesByOrder>())
      const byOrder = child(byWarehouse, warehouseId, (): LinesByOrder => new Map())
      child(byOrder, id, (): OrderLineDemand[] => []).push({
        quantity,
        plannedDate,
        exportedAt: after?.exportedAt ?? null,
      })
    }
  }
  replica.observe(take)

  return {
    of: (articleId) => {
      const known = made.get(articleId)
      if (known) return known
      const position = positions.get(articleId)
      const byWarehouse = demands.get(articleId)
      if (!position && !byWarehouse) return undefined
      const stock: ArticleStock = {
        positions: position?.positions ?? NO_POSITIONS,
        demands: new Map(
          [...(byWarehouse ?? [])].map(([warehouseId, orders]) => [
            warehouseId,
            [...orders.values()].flat(),
          ]),
        ),
      }
      made.set(articleId, stock)
      return stock
    },
  }
}

function child<K, V>(parent: Map<K, V>, key: K, make: () => V): V {
  let found = parent.get(key)
  if (found === undefined) parent.set(key, (found = make()))
  return found
}
