import type { Order } from '../../contract/entities'
import type { StorefrontChange } from '../../contract/storefront'

/** Lines of it are promised for other days. Every line is told, so that whoever missed one is right again. */
export function orderConfirmed(
  { id, number, state, companyId, contactId, lines }: Order,
  document: string | null,
  { by, at }: NonNullable<Order['confirmation']>,
): StorefrontChange {
  return {
    type: 'order.confirmed',
    timestamp: at,
    data: {
      id,
      number,
      state,
      document,
      company: companyId,
      contact: contactId,
      confirmedBy: by.name,
      lines: lines.map((line) => ({ id: line.id, confirmedDate: line.confirmedDate })),
    },
  }
}
