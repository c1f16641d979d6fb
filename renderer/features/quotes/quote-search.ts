import type { Quote } from '../../../contract/quotes'
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
 * @returns a test for quotes, or null when the query is empty and everything matches
 */
export function quoteMatcher(replica: Replica, query: string): ((quote: Quote) => boolean) | null {
  const words = queryWords(query)
  if (words.length === 0) return null
  const tests = words.map((word) => {
    const companies = matching(replica.all('company'), word, companyText)
    const contacts = matching(replica.all('contact'), word, contactText)
    const articles = matching(replica.all('article'), word, articleText)
    return (quote: Quote) =>
      companies.has(quote.companyId) ||
      contacts.has(quote.contactId) ||
      ownText(quote).includes(word) ||
      (articles.size > 0 && quote.lines.some(({ articleId }) => articles.has(articleId)))
  })
  return (quote) => tests.every((test) => test(quote))
}

const ownText = remembered<Quote>((quote) =>
  [
    foldNumber(quote.number),
    foldNumber(quote.requisition?.number ?? ''),
    foldNumber(quote.purchaseOrderNumber ?? ''),
    ...[quote.yourReference, quote.goodsMark, quote.message].map((text) => fold(text ?? '')),
  ].join('\n'),
)
