import type { QueryResult } from '../../../contract/queries'
import type { MessageKey } from '../../../language/catalogue'
import { catalogue } from '../../../language/catalogue'
import type { Words } from '../../../language/words'
import { useTexts } from '../../desk-hooks'
import css from './history.module.css'

type Entry = Pick<QueryResult<'audit.of'>['rows'][number], 'type' | 'data'>
type SkippedKey = Extract<MessageKey, `history.mailSkipped.${string}`>

/** Whom a mail went to, and why it did not get there. */
export function MailNote({ entry }: { readonly entry: Entry }) {
  const { t } = useTexts()
  const note = mailNoteOf(entry, t)
  return note === null ? null : <span className={css.text}>{note}</span>
}

/** What an entry tells of a mail beside its heading; the reason is our own, or the mail server's words. */
export function mailNoteOf({ type, data }: Entry, t: Words['t']): string | null {
  if (!type.startsWith('mail.')) return null
  const { to, why } = data
  const key = `history.mailSkipped.${String(why)}`
  const reason = Object.hasOwn(catalogue.sv, key) ? t(key as SkippedKey) : why
  return [to, reason].filter((part) => typeof part === 'string' && part !== '').join(' · ')
}
