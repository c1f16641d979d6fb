import type { QuoteLine } from '../../contract/quotes'
import { priceToOrder, type QuotedPrice } from '../../domain/requisition/line-price'

/**
 * The price that a line is offered at.
 * @throws where it has none: nothing without a price goes out.
 */
export function priceOf({ id, byHand, resolved }: QuoteLine): QuotedPrice {
  const price = priceToOrder({ shown: byHand, resolved })
  if (!price) throw new Error(`Line ${id} of a quote has no price.`)
  return price
}
