import type { Seller } from '../../contract/entities'
import { deliveryOf } from '../../domain/availability/delivery'
import type { PlacedLine } from '../../domain/availability/place-lines'
import type { IntakeLine } from '../../domain/requisition/intake-document'
import type { ProposedLine } from '../../domain/requisition/revalidate'
import type { StockOfArticles } from '../stock/load'
import type { NamedArticle } from './intake-facts'
import { placeAll } from './place-order'

/** What the lines of a revision were proposed on, by line id. */
export type Proposed = Readonly<Record<string, ProposedLine>>

/** How the lines of a document stand when it comes in: what each is promised, and what it costs. */
export function proposedLines(
  lines: readonly { readonly line: IntakeLine; readonly article: NamedArticle }[],
  stock: StockOfArticles,
  seller: Pick<Seller, 'timeZone' | 'holidays'>,
  now: Date,
): Proposed {
  const { placements } = placeAll(
    lines.map(({ line }) => ({
      id: line.id,
      articleId: line.article,
      quantity: line.quantity,
      requestedDate: line.requestedDate,
      warehouseId: line.warehouse,
    })),
    stock,
    seller,
    now,
    {},
  )
  return Object.fromEntries(
    lines.map(({ line, article }) => {
      const placed = placements.get(line.id)
      return [
        line.id,
        {
          delivery: deliveryOf(placed),
          deliverable: deliverableAt(placed),
          cost: article.cost,
        },
      ]
    }),
  )
}

/** What could be promised at once from where a line comes from. */
export function deliverableAt(placed: PlacedLine | undefined): number {
  const answer = placed?.placement?.answers.find(
    ({ warehouseId }) => warehouseId === placed.warehouseId,
  )
  if (!answer) return 0
  const { availability } = answer
  return availability.kind === 'deliverable' ? availability.quantity : availability.deliverableNow
}
