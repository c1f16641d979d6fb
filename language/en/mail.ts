import type { mail as original } from '../sv/mail'
import type { Translation } from '../translation'

export const mail: Translation<typeof original> = {
  'document.proposal': 'purchase proposal',
  'document.list': 'purchase list',
  'document.quote_request': 'request for quote',
  'document.proposal.title': 'Purchase proposal {number}',
  'document.list.title': 'Purchase list {number}',
  'document.quote_request.title': 'Request for quote {number}',
  'document.order.title': 'Order {number}',
  'document.restOf': '{number}, the rest of {of}',
  'document.article': 'Article',
  'document.quantity': 'Quantity',
  'document.price': 'Unit price',
  'document.amount': 'Amount',
  'document.lines': 'Lines',
  'document.proposed': 'We propose',
  'document.sent': 'What you sent',
  'document.change.added': 'New line',
  'document.change.removed': 'Taken out',
  'document.change.quantity': 'You sent {was}',
  'document.change.price': 'Former price {was}',
  'document.change.date': 'New delivery date',
  'document.expected': 'Can be delivered {day}',
  'document.confirmed': 'Confirmed delivery {day}',
  'document.requested': 'Requested {day}',
  'document.noDate': 'Delivery date to follow',
  'document.noPrice': 'No price yet',
  'document.rebate': 'Rebate {rebate}',
  'document.withVat': 'Price incl. VAT',
  'document.net': 'Total excl. VAT',
  'document.vat': 'VAT {rate}',
  'document.gross': 'Total incl. VAT',
  'document.more': '{count, plural, one {… and # more line.} other {… and # more lines.}}',

  'mail.hello': 'Hello {name},',
  'mail.received.subject': 'We have received {document} {number}',
  'mail.received.body':
    'Thank you! We have received {document} {number} and are looking through it. You will hear from us as soon as it is decided.',
  'mail.asked.subject': 'Please approve {document} {number}',
  'mail.asked.body':
    '{sender} has sent {document} {number}. It becomes an order once somebody at your company who may order has approved it.',
  'mail.asked.own.body':
    '{document} {number} becomes an order once somebody at your company who may order has approved it. You may do so yourself.',
  'mail.ordered.subject': 'Your order {order}',
  'mail.ordered.body': 'Thank you! We have placed order {order} for {document} {number}.',
  'mail.ordered.rest': 'We are looking at the other lines by themselves, as {numbers}.',
  'mail.rejected.subject': 'We cannot go ahead with {document} {number}',
  'mail.rejected.body': 'Unfortunately we cannot go ahead with {document} {number}.',
  'mail.refused.subject': '{name} did not approve {document} {number}',
  'mail.refused.body':
    '{name} at your company has said no to {document} {number}, so there will be no order.',
  'mail.returned.subject': 'We need your answer about {document} {number}',
  'mail.returned.body':
    'We have looked through {document} {number} and need your answer before it can become an order.',
  'mail.proposed.body':
    'We have looked through {document} {number} and propose some changes. Accept them, and we go ahead.',
  'mail.quote.sent.body':
    'Here is our quote. It is valid through {day}. On its page you can accept it, ask for a change, or decline.',
  'mail.quote.sentAgain.body':
    'Here is a new version of our quote. It replaces the previous one and is valid through {day}. On its page you can accept it, ask for a change, or decline.',
  'mail.quote.ordered.body': 'Thank you! {quote} is accepted and we have placed order {order}.',
  'mail.quote.withdrawn.subject': '{quote} is no longer valid',
  'mail.quote.withdrawn.body':
    '{quote} is withdrawn and can no longer be accepted. Please contact us if you have any questions.',
  'mail.quote.expired.subject': '{quote} has expired',
  'mail.quote.expired.body':
    '{quote} was valid through {day}. If you are still interested, please contact us and we will gladly make a new one.',
  'mail.dates.subject': 'Delivery dates for order {order} are confirmed',
  'mail.dates.body': 'The delivery dates of every line of order {order} are now confirmed.',
  'mail.dates.some.subject': 'Some delivery dates for order {order} are confirmed',
  'mail.dates.some.body':
    'Delivery dates are now confirmed for {confirmed} of the {lines} lines of order {order}. We will be in touch about the others.',
  'mail.dates.none.subject': 'Delivery dates for order {order} are no longer confirmed',
  'mail.dates.none.body':
    'We can no longer hold on to the delivery dates that we confirmed for order {order}. We will be in touch with new ones.',
  'mail.open': 'View on the web',
  'mail.answer': 'Read and answer',
  'mail.linkUntil': 'The link is your own and works until {day}.',
  'mail.sentBy': 'Sent by {seller} to {contact}, {company}.',
}
