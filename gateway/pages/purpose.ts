import type { Kysely } from 'kysely'
import type { Attachment } from '../../contract/entities'
import type { Texts } from '../../language/texts'
import type { Origin } from '../audit/record'
import type { Markup } from '../customers/markup'
import type { Database } from '../database/schema'
import type { Transaction } from '../database/transaction'
import type { Link } from './links'

/** Somebody who has come by a link. */
export interface Visit {
  readonly link: Link
  readonly now: Date
  /** For the audit. */
  readonly origin: Origin
}

/** What a visitor is shown. */
export interface Page {
  readonly texts: Texts
  readonly sellerName: string
  readonly title: string
  readonly content: Markup
  /** For whom it is, and for how long. */
  readonly foot: string
}

/** What is said to somebody who has sent a form that was not taken. */
export type Complaint =
  | { readonly about: 'page'; readonly text: string }
  /** With what was typed, so that it need not be typed again. */
  | { readonly about: 'form'; readonly text: string; readonly fields: Fields }

/** What came of a form. The transaction of all but `done` is rolled back. */
export type Acted =
  | { readonly kind: 'done' }
  /** Things have gone on, and it can no longer be done. */
  | { readonly kind: 'too_late' }
  /** It cannot be done as things are, in words for whoever asked. */
  | { readonly kind: 'refused'; readonly complaint: string }
  /** What was typed cannot be taken, in words for whoever typed it. */
  | { readonly kind: 'invalid'; readonly complaint: string }
  /** It is no form of this page. */
  | { readonly kind: 'malformed' }

/** The fields of a form, each of them once. */
export type Fields = Readonly<Record<string, string>>

/** What links of one kind are for. */
export interface Purpose {
  /**
   * What there is to see; null where the link is about what is no longer current. It must change nothing:
   * mail scanners open links before people do.
   */
  show(db: Kysely<Database>, visit: Visit, complaint: Complaint | null): Promise<Page | null>
  /** The files that the page offers, which is as much as may be fetched by its link. */
  attachments(db: Kysely<Database>, visit: Visit): Promise<readonly Attachment[]>
  /**
   * Do what a form says, by the rules and locks of whatever road leads there otherwise; null where there is
   * only something to see. A link is used up by what was done, in the same transaction.
   */
  readonly act:
    ((tx: Transaction, visit: Visit, fields: Fields, texts: Texts) => Promise<Acted>) | null
}
