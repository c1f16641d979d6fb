import type { Article } from '../../domain/article'
import type { Company, Contact } from '../../domain/company'
import type { Requisition } from '../../contract/entities'
import { fold, foldNumber, queryWords } from './folding'
import type { Replica } from './replica'

/**
 * Search over number, company, contact, references, mark and articles. The words of companies,
 * contacts and articles are looked up where they stand and joined by id, so that a changed name is
 * found under its new form at once and no text is kept twice.
 *
 * @returns a test for requisitions, or null when the query is empty and everything matches
 */
export function requisitionMatcher(
  replica: Replica,
  query: string,
): ((requisition: Requisition) => boolean) | null {
  const words = queryWords(query)
  if (words.length === 0) return null
  const tests = words.map((word) => {
    const companies = matching(replica.all('company'), word, companyText)
    const contacts = matching(replica.all('contact'), word, contactText)
    const articles = matching(replica.all('article'), word, articleText)
    return (requisition: Requisition) =>
      companies.has(requisition.companyId) ||
      contacts.has(requisition.contactId) ||
      ownText(requisition).includes(word) ||
      (articles.size > 0 && requisition.lines.some(({ articleId }) => articles.has(articleId)))
  })
  return (requisition) => tests.every((test) => test(requisition))
}

/** Ids of the values whose text holds a folded word. */
export function matching<T extends object>(
  values: ReadonlyMap<string, T>,
  word: string,
  textOf: (value: T) => string,
): ReadonlySet<string> {
  const found = new Set<string>()
  for (const [id, value] of values) if (textOf(value).includes(word)) found.add(id)
  return found
}

/** Values never change, so what they say is folded once and forgotten with them. */
export function remembered<T extends object>(make: (value: T) => string): (value: T) => string {
  const texts = new WeakMap<T, string>()
  return (value) => {
    let text = texts.get(value)
    if (text === undefined) texts.set(value, (text = make(value)))
    return text
  }
}

const ownText = remembered<Requisition>((requisition) =>
  [
    foldNumber(requisition.number),
    foldNumber(requisition.shop.documentId),
    ...[
      requisition.name,
      requisition.yourReference,
      requisition.goodsMark,
      requisition.comment,
    ].map((text) => fold(text ?? '')),
    foldNumber(requisition.purchaseOrderNumber ?? ''),
    requisition.outcome?.kind === 'ordered' ? foldNumber(requisition.outcome.orderNumber) : '',
  ].join('\n'),
)
/** The text a company is found by; also for the palette. */
export const companyText = remembered<Company>(({ id, name, vatNumber }) =>
  [foldNumber(id), fold(name), foldNumber(vatNumber ?? '')].join('\n'),
)
export const contactText = remembered<Contact>(({ name, email }) => `${fold(name)}\n${fold(email)}`)
export const articleText = remembered<Article>(({ id, name }) =>
  [foldNumber(id), fold(name.sv), fold(name.en)].join('\n'),
)
