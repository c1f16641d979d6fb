import type { Order } from '../../../contract/entities'
import { fold, foldNumber, queryWords } from '../../../language/folding'
import type { Replica } from '../../state/replica'
import {
  articleText,
  companyText,
  contactText,
  matching,
  remembered,
} from '../../state/requisition-search'

/**
 * Search over number, company, contact, references, mark and articles, as in the inbox.
 *
 * @returns a test for orders, or null when the query is empty and everything matches
 */
export function orderMatcher(replica: Replica, query: string): ((order: Order) => boolean) | null {
  const words = queryWords(query)
  if (words.length === 0) return null
  const tests = words.map((word) => {
    const companies = matching(replica.all('company'), word, companyText)
    const contacts = matching(replica.all('contact'), word, contactText)
    const articles = matching(replica.all('article'), word, articleText)
    return (order: Order) =>
      companies.has(order.companyId) ||
      contacts.has(order.contactId) ||
      ownText(order).includes(word) ||
      (articles.size > 0 && order.lines.some(({ articleId }) => articles.has(articleId)))
  })
  return (order) => tests.every((test) => test(order))
}

const ownText = remembered<Order>((order) =>
  [
    foldNumber(order.number),
    foldNumber(order.source.number),
    foldNumber(order.purchaseOrderNumber ?? ''),
    ...[order.yourReference, order.goodsMark, order.comment].map((text) => fold(text ?? '')),
  ].join('\n'),
)
