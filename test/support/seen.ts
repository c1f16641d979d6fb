import type { Requisition } from '../../contract/entities'
import { figureOf, type SeenFigures } from '../../domain/requisition/figures'
import { priceToOrder, quoted } from '../../domain/requisition/line-price'

/** What somebody has before them who looks at a requisition alone: its total and its prices, and no stock. */
export function seenIn({ totals, lines }: Pick<Requisition, 'totals' | 'lines'>): SeenFigures {
  return {
    net: totals.net,
    lines: Object.fromEntries(
      lines.map((line) => [
        line.id,
        { price: figureOf(priceToOrder(line)), resolved: figureOf(quoted(line.resolved)) },
      ]),
    ),
  }
}
