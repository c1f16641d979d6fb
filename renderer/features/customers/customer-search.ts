import type { Company } from '../../../domain/company'
import { queryWords } from '../../../language/folding'
import type { Replica } from '../../state/replica'
import { companyText, contactText, matching } from '../../state/requisition-search'

/**
 * Search over number, name, VAT number and the names and addresses of contacts. A word may be the
 * company's and the next a contact's: "ahlberg anna" finds where Anna works.
 *
 * @returns a test for companies, or null when the query is empty and everything matches
 */
export function companyMatcher(
  replica: Replica,
  query: string,
): ((company: Company) => boolean) | null {
  const words = queryWords(query)
  if (words.length === 0) return null
  const tests = words.map((word) => {
    const employers = new Set<string>()
    for (const id of matching(replica.all('contact'), word, contactText)) {
      const contact = replica.get('contact', id)
      if (contact) employers.add(contact.companyId)
    }
    return (company: Company) => employers.has(company.id) || companyText(company).includes(word)
  })
  return (company) => tests.every((test) => test(company))
}
