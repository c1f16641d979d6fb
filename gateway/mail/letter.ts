import type { Kysely } from 'kysely'
import type { DocumentWords } from '../customers/document-words'
import type { Texts } from '../../language/texts'
import type { Database } from '../database/schema'
import type { LinkTarget, PurposeName } from '../pages/links'
import type { DueMail, SkipReason } from './queue'

/** A PDF that goes with a mail. */
export interface Attachment {
  readonly fileName: string
  readonly pdf: Uint8Array
}

/** What is written to a customer, before it has the form of a mail. */
export interface Letter {
  readonly texts: Texts
  readonly subject: string
  readonly recipientName: string
  readonly sellerName: string
  readonly companyName: string
  /** What happened, in a sentence or two. */
  readonly body: string
  /** What a person wrote, and who: one of the seller's, by name where there is one, or of the customer's own. */
  readonly words: {
    readonly text: string
    readonly by: string | null
    readonly isCustomers?: boolean
  } | null
  readonly document: DocumentWords | null
  /** The document as a file, where it is one to keep. */
  readonly attachment?: Attachment
  readonly link: {
    readonly purpose: PurposeName
    readonly label: string
    /** What it opens, where that is another thing than the mail tells of. */
    readonly of?: Pick<LinkTarget, 'aggregateKind' | 'aggregateId' | 'revision'>
    /** Where it must not end before that, however short the links of this gateway last. */
    readonly daysAtLeast?: number
  }
}

export type LetterWritten =
  | { readonly kind: 'letter'; readonly letter: Letter }
  | { readonly kind: 'skip'; readonly why: SkipReason }

/** How a letter's words are signed: the seller's people with the seller. */
export function signatureOf({ words, sellerName }: Pick<Letter, 'words' | 'sellerName'>): string {
  const names = words?.isCustomers ? [words.by] : [words?.by, sellerName]
  return names.filter((name) => name != null).join(', ')
}

/** Writes what one kind of mail says, from the rows as they are now. */
export type LetterWriter = (
  db: Kysely<Database>,
  mail: DueMail,
  now: Date,
) => Promise<LetterWritten>
