import type { Article } from '../../domain/article'
import type { Company, Contact } from '../../domain/company'
import { minorUnitDigits } from '../../language/numbers'
import { fold, foldNumber, queryWords } from '../../language/folding'
import type { HeldRequisition } from './held'
import type { Replica } from './replica'

/**
 * Search over number, company, contact, references, mark, articles and totals. The words of companies,
 * contacts and articles are looked up where they stand and joined by id, so that a changed name is
 * found under its new form at once and no text is kept twice. What requisitions say themselves comes
 * from the disk when somebody first searches; until then they are not found by it.
 *
 * @returns a test for requisitions, or null when the query is empty and everything matches
 */
export function requisitionMatcher(
  replica: Replica,
  query: string,
): ((requisition: HeldRequisition) => boolean) | null {
  const apart = matcherOf(replica, queryWords(query))
  if (apart === null) return null
  replica.search()
  // A figure is written with spaces within, and then its groups are no words of their own.
  const whole = joinFigures(query)
  const together = whole === query ? null : matcherOf(replica, queryWords(whole))
  return together ? (requisition) => apart(requisition) || together(requisition) : apart
}

function matcherOf(
  replica: Replica,
  words: readonly string[],
): ((requisition: HeldRequisition) => boolean) | null {
  if (words.length === 0) return null
  const tests = words.map((word) => {
    const companies = matching(replica.all('company'), word, companyText)
    const contacts = matching(replica.all('contact'), word, contactText)
    const articles = matching(replica.all('article'), word, articleText)
    const isAmount = amountTest(word)
    return (requisition: HeldRequisition) =>
      isAmount?.(requisition) === true ||
      companies.has(requisition.head.companyId) ||
      contacts.has(requisition.head.contactId) ||
      requisition.words.includes(word) ||
      (articles.size > 0 && requisition.articles.some((id) => articles.has(id)))
  })
  return (requisition) => tests.every((test) => test(requisition))
}

/** `45 476,20` → `45476,20`, with any space between the groups of three. */
function joinFigures(query: string): string {
  return query.replace(/(?<![\p{L}\p{N}])\d{1,3}(?:\s\d{3})+(?![\p{L}\p{N}])/gu, (figure) =>
    figure.replace(/\s/g, ''),
  )
}

/**
 * Tests a document for a total that a word may mean, net or with VAT: whole (`45476` is also 45 476,20
 * and what rounds to it) or with its decimals as far as they are written. Null when it is no figure.
 */
function amountTest(word: string): ((requisition: HeldRequisition) => boolean) | null {
  const [, whole, decimals] =
    /^(\d+|\d{1,3}(?:,\d{3})+)(?:[.,](\d{0,2}))?$/.exec(word.replace(/kr$/, '')) ?? []
  if (whole === undefined) return null
  const units = Number(whole.replaceAll(',', ''))
  return ({ head: { net, gross, currency } }) => {
    const digits = minorUnitDigits(currency)
    return [net, gross].some((amount) => {
      const one = 10 ** digits
      const isWhole = Math.floor(amount / one) === units
      if (!decimals) return isWhole || Math.round(amount / one) === units
      return (
        isWhole &&
        String(amount % one)
          .padStart(digits, '0')
          .startsWith(decimals)
      )
    })
  }
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

/** The text a company is found by; also for the palette. */
export const companyText = remembered<Company>(({ id, name, vatNumber }) =>
  [foldNumber(id), fold(name), foldNumber(vatNumber ?? '')].join('\n'),
)
export const contactText = remembered<Contact>(({ name, email }) => `${fold(name)}\n${fold(email)}`)
export const articleText = remembered<Article>(({ id, name }) =>
  [foldNumber(id), fold(name.sv), fold(name.en)].join('\n'),
)
