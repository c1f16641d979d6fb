import type { EntityOf } from '../../contract/entities'
import type { OrderLineDemand } from '../../domain/availability/commitments'
import type { StockPosition } from '../../domain/availability/position'
import { gatherChanged } from './changed-ids'
import type { Replica } from './replica'

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

  /** Articles that each block was taken to hold, and lines that each order was. */
  const blocks = new Map<string, readonly string[]>()
  const commitments = new Map<string, EntityOf<'commitment'>['lines']>()

  const changed = gatherChanged(replica, ['stock_block', 'commitment'], () => {
    for (const known of [positions, demands, made, blocks, commitments]) known.clear()
  })

  const takeBlock = (id: string) => {
    const block = replica.get('stock_block', id)?.positions ?? {}
    for (const articleId of blocks.get(id) ?? []) {
      made.delete(articleId)
      // The article may have moved to another block, which has the word now.
      if (positions.get(articleId)?.block === id) positions.delete(articleId)
    }
    for (const [articleId, byWarehouse] of Object.entries(block)) {
      made.delete(articleId)
      positions.set(articleId, { block: id, positions: byWarehouse })
    }
    blocks.set(id, Object.keys(block))
  }

  const takeCommitment = (id: string) => {
    const after = replica.get('commitment', id)
    for (const { articleId, warehouseId } of commitments.get(id) ?? []) {
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
    commitments.set(id, after?.lines ?? [])
  }

  return {
    of: (articleId) => {
      changed.take((kind, id) => (kind === 'stock_block' ? takeBlock(id) : takeCommitment(id)))
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
