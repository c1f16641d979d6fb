import type { Order } from '../../contract/entities'
import type { Quote, QuoteOutcome } from '../../contract/quotes'
import type { StorefrontChange } from '../../contract/storefront'
import { MICRO_SCALE, MILLI_SCALE, PERCENT_SCALE, printDecimal } from '../../domain/money/decimal'
import { priceOf } from './price-of'
import { aboutOrder, printMoney, sumsOf } from '../storefront/changes'

type Outcome<Kind extends QuoteOutcome['kind']> = Extract<QuoteOutcome, { kind: Kind }>

/** A version has gone out. */
export function quoteSent(quote: Quote, sent: NonNullable<Quote['sent']>): StorefrontChange {
  return {
    type: 'quote.sent',
    timestamp: sent.at,
    data: {
      ...about(quote),
      sentBy: sent.by.name,
      validUntil: quote.validUntil,
      message: quote.message,
      ...sumsOf(quote),
      lines: quote.lines.map((line) => {
        const { unitPrice, rebate } = priceOf(line)
        return {
          id: line.id,
          article: line.articleId,
          quantity: printDecimal(line.quantity, MILLI_SCALE),
          price: {
            amount: printDecimal(unitPrice.amount, MICRO_SCALE),
            basis: unitPrice.basis,
            rebate: printDecimal(rebate, PERCENT_SCALE),
          },
          vatRate: printDecimal(line.vatRate, PERCENT_SCALE),
          rowAmount: printMoney(line.rowAmount ?? 0, quote.currency),
          requestedDate: line.requestedDate,
          comment: line.comment,
        }
      }),
    },
  }
}

/** It is not to be had any more, or was answered; told also to the shop that the answer came by. */
export function quoteEnded(
  quote: Quote,
  outcome: Exclude<QuoteOutcome, Outcome<'ordered'>>,
): StorefrontChange {
  const timestamp = outcome.at
  const data = about(quote)
  switch (outcome.kind) {
    case 'withdrawn':
      return { type: 'quote.withdrawn', timestamp, data: { ...data, reason: outcome.reason } }
    case 'expired':
      return { type: 'quote.expired', timestamp, data: { ...data, validUntil: quote.validUntil } }
    case 'countered': {
      const { message, by } = outcome
      return { type: 'quote.countered', timestamp, data: { ...data, by: by.name, message } }
    }
    case 'declined': {
      const { reason, by } = outcome
      return { type: 'quote.declined', timestamp, data: { ...data, by: by.name, reason } }
    }
  }
}

/** It was accepted and is an order. */
export function quoteOrdered(quote: Quote, order: Order): StorefrontChange {
  return {
    type: 'quote.ordered',
    timestamp: order.placedAt,
    data: { ...about(quote), by: order.placedBy.name, ...aboutOrder(order) },
  }
}

function about(quote: Quote) {
  return {
    id: quote.id,
    number: quote.number,
    version: quote.revision,
    document: quote.requisition?.documentId ?? null,
    company: quote.companyId,
    contact: quote.contactId,
  }
}
