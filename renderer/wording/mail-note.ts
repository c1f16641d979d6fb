import type { QueryResult } from '../../contract/queries'
import type { MessageKey } from '../../language/catalogue'
import { catalogue } from '../../language/catalogue'
import type { Words } from '../../language/words'

type SkippedKey = Extract<MessageKey, `history.mailSkipped.${string}`>

/**
 * What an entry of the history tells of a mail beside its title: whom it went to, and why it did not get
 * there, for a reason of our own or in the mail server's words. Null for what is no mail.
 */
export function mailNoteOf(
  { type, data }: Pick<QueryResult<'audit.of'>['rows'][number], 'type' | 'data'>,
  { t }: Pick<Words, 't'>,
): string | null {
  if (!type.startsWith('mail.')) return null
  const { to, why } = data
  const key = `history.mailSkipped.${String(why)}`
  const reason = Object.hasOwn(catalogue.sv, key) ? t(key as SkippedKey) : why
  const parts = [to, reason].filter((part) => typeof part === 'string' && part !== '')
  return parts.length === 0 ? null : parts.join(' · ')
}
