import { orLowestRate } from '../money/discount'
import { documentMargin, type UnitCost } from '../money/margin'
import type { EditedRevision } from '../requisition/decide'
import { largestHandDiscount, type PricedLine } from '../requisition/edit-limits'
import { priceToOrder } from '../requisition/line-price'
import type { Ppm } from '../units'

/** A quote's line as far as it matters whose work its price is. */
export interface WrittenLine extends Omit<PricedLine, 'cost' | 'set' | 'shown'> {
  readonly articleId: string
  readonly byHand: PricedLine['set']
  readonly quantity: number
}

/** A quote as somebody's work. */
export interface WrittenQuote {
  readonly lines: readonly WrittenLine[]
  readonly editedBy?: readonly { readonly id: string }[] | undefined
}

/** What one unit of an article costs; null where it is not known. */
export type CostOf = (articleId: string) => UnitCost | null

/** Whether somebody has had a part in what its lines are. */
export function isAuthor(
  { editedBy = [] }: Pick<WrittenQuote, 'editedBy'>,
  userId: string,
): boolean {
  return editedBy.some(({ id }) => id === userId)
}

/** What is known of a quote as the work of one user; undefined where it is not theirs. */
export function workOf(
  quote: WrittenQuote,
  userId: string,
  cost: CostOf,
): EditedRevision | undefined {
  if (!isAuthor(quote, userId)) return undefined
  return {
    byUserIds: (quote.editedBy ?? []).map(({ id }) => id),
    discount: largestHandDiscount(quote.lines.map(asLimited)),
    margin: marginOf(quote.lines, cost),
  }
}

/** What a price set by hand is held against is the company's own. */
export function asLimited({
  id,
  byHand,
  resolved,
  vatRate,
}: WrittenLine): Omit<PricedLine, 'cost'> {
  return { id, set: byHand, shown: null, resolved, vatRate }
}

/** As rules reckon it: null as soon as one line has no price or no known cost. */
function marginOf(lines: readonly WrittenLine[], cost: CostOf): Ppm | null {
  const rows = lines.flatMap(({ byHand: shown, resolved, quantity, vatRate, articleId }) => {
    const price = priceToOrder({ shown: shown ?? null, resolved })
    return price
      ? [{ price: price.unitPrice, rebate: price.rebate, quantity, vatRate, cost: cost(articleId) }]
      : []
  })
  if (rows.length < lines.length) return null
  return orLowestRate(() => {
    const margin = documentMargin(rows)
    return margin.kind === 'known' ? margin.margin : null
  })
}
