import { maximumReason } from '../../contract/pages'
import type { Texts } from '../../language/texts'
import type { Acted } from './purpose'

type Issues = readonly { readonly code?: string; readonly path: readonly PropertyKey[] }[]

/**
 * What is wrong with the words that were typed into a form; where anything else of it is wrong, it is no
 * form of ours.
 * @param fields those that are typed into
 * @param empty said where nothing was
 */
export function typedComplaint(
  issues: Issues,
  fields: readonly string[],
  empty: string,
  { t }: Texts,
): Acted {
  if (!issues.every(({ path: [field] }) => fields.includes(String(field)))) {
    return { kind: 'malformed' }
  }
  const codes = issues.map(({ code }) => code)
  if (codes.includes('too_big')) {
    return { kind: 'invalid', complaint: t('page.reason.tooLong', { maximum: maximumReason }) }
  }
  const isEmpty = codes.every((code) => code === 'custom')
  return { kind: 'invalid', complaint: isEmpty ? empty : t('page.reason.unreadable') }
}
