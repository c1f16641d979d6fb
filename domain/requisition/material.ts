import type { Address } from '../company'
import type { PriceResolution } from '../pricing/rules'
import type { CalendarDate, Milli, Ppm } from '../units'
import { priceToOrder, type QuotedPrice } from './line-price'

/** What an approval is of. */
export interface MaterialContent {
  readonly companyId: string
  readonly requestedDate: CalendarDate | null
  readonly deliveryAddress: Address | null
  readonly lines: readonly {
    readonly articleId: string
    readonly quantity: Milli
    readonly set?: QuotedPrice | undefined
    readonly shown: QuotedPrice | null
    readonly resolved: PriceResolution
    readonly vatRate: Ppm
    readonly requestedDate: CalendarDate | null
  }[]
}

/**
 * What is material about a revision, as text: company, lines (article, quantity, the price they are
 * ordered at, dates), requested date and delivery address. Two revisions with the same text are the same
 * to whoever approves. Compared as it is, nothing can hide behind a hash that happens to agree; where it is kept, its
 * SHA-256 is. Neither the lines' order nor their ids are part of it.
 */
export function materialOf({
  companyId,
  requestedDate,
  deliveryAddress: address,
  lines,
}: MaterialContent): string {
  const rows = lines.map((line) => {
    const price = priceToOrder(line)
    return JSON.stringify([
      line.articleId,
      line.quantity,
      price && [
        price.unitPrice.amount,
        price.unitPrice.basis,
        price.unitPrice.currency,
        price.rebate,
        line.vatRate,
      ],
      line.requestedDate,
    ])
  })
  const place = address && [
    address.name,
    address.street,
    address.postalCode,
    address.city,
    address.country,
  ]
  return JSON.stringify([companyId, requestedDate, place, rows.sort()])
}
