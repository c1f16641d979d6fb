import type { Kysely } from 'kysely'
import type { Order, Proposal, Requisition } from '../../contract/entities'
import type { Contact } from '../../domain/company'
import { formatsIn } from '../../language/formats'
import type { Texts } from '../../language/texts'
import { wordsIn } from '../../language/words'
import type { Database } from '../database/schema'
import { ask, question, together } from '../database/together'
import { uuidOrNil } from '../database/uuid'
import { requisitionOf } from '../requisitions/aggregate'
import { sellerNow } from '../seller/load'

/** An article as a customer reads of it. */
export interface ShownArticle {
  readonly name: string
  readonly unit: string
}

/** A requisition as its customer is shown it, in mails and on pages, in the customer's language. */
export interface RequisitionView {
  readonly requisition: Requisition
  readonly version: number
  /** What it became, if it became an order. */
  readonly order: Order | null
  readonly companyName: string
  /** Whom it is shown. */
  readonly contact: Pick<Contact, 'id' | 'name' | 'status'>
  /** Whoever sent it. */
  readonly senderName: string
  readonly sellerName: string
  readonly articles: ReadonlyMap<string, ShownArticle>
  readonly texts: Texts
}

/**
 * A requisition as one of its company's contacts is shown it; null when there is none of that contact's company.
 *
 * @param sent a revision of the customer's, to be shown as it was sent whatever the seller's people have
 *   made of it since; null too where the customer has sent another
 */
export async function requisitionView(
  db: Kysely<Database>,
  requisitionId: string,
  contactId: string,
  sent: number | null = null,
): Promise<RequisitionView | null> {
  const found = db
    .selectFrom('requisition')
    .innerJoin('company', 'company.id', 'requisition.company_id')
    .innerJoin('contact', (join) =>
      join.onRef('contact.company_id', '=', 'company.id').on('contact.id', '=', contactId),
    )
    .innerJoin('contact as sender', 'sender.id', 'requisition.contact_id')
    .select([
      'requisition.body',
      'requisition.progress',
      'requisition.version',
      'company.name as company_name',
      'company.language',
      'contact.id as contact_id',
      'contact.name as contact_name',
      'contact.status as contact_status',
      'sender.name as sender_name',
    ])
    .where('requisition.id', '=', uuidOrNil(requisitionId))
  const [row, seller] = await ask(
    db,
    together(
      question(found, ([first]) => first ?? null),
      sellerNow(db),
    ),
  )
  if (!row) return null
  const current = requisitionOf(row)
  const requisition = sent === null ? current : await asSent(db, current, sent)
  if (!requisition) return null
  const { outcome } = requisition
  const order = outcome?.kind === 'ordered' ? await orderBy(db, outcome.orderId) : null
  const words = wordsIn(row.language)
  return {
    requisition,
    version: row.version,
    order,
    companyName: row.company_name,
    contact: { id: row.contact_id, name: row.contact_name, status: row.contact_status },
    senderName: row.sender_name,
    sellerName: seller.name,
    articles: await articlesOf(
      db,
      [...(order ?? requisition).lines, ...(proposalOf(requisition)?.lines ?? [])],
      row.language,
    ),
    texts: { ...words, formats: formatsIn(words, seller.timeZone) },
  }
}

/** A requisition with the content of one of its revisions; null where the customer has sent one since. */
async function asSent(
  db: Kysely<Database>,
  current: Requisition,
  revision: number,
): Promise<Requisition | null> {
  if (current.revision === revision) return current
  const later = await db
    .selectFrom('requisition_revision')
    .select(['revision', 'body', 'made_how'])
    .where('requisition_id', '=', current.id)
    .where('revision', '>=', revision)
    .orderBy('revision')
    .execute()
  const [asked, ...made] = later
  if (asked?.revision !== revision || made.some(({ made_how: how }) => how !== 'edited'))
    return null
  const { state, claimedBy, outcome, attachments } = current
  return { ...asked.body, state, claimedBy, outcome, ...(attachments && { attachments }) }
}

/** What the seller proposes instead of what was sent; null where nothing is proposed, or no longer. */
export function proposalOf({ state, outcome }: Requisition): Proposal | null {
  return state === 'returned' && outcome?.kind === 'returned' ? (outcome.proposal ?? null) : null
}

/** An order that there is. */
export async function orderBy(db: Kysely<Database>, id: string): Promise<Order> {
  const { body } = await db
    .selectFrom('sales_order')
    .select('body')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return body
}

/** What the articles of lines are called in a language, by their ids. */
export async function articlesOf(
  db: Kysely<Database>,
  lines: readonly { readonly articleId: string }[],
  language: 'sv' | 'en',
): Promise<ReadonlyMap<string, ShownArticle>> {
  const ids = [...new Set(lines.map(({ articleId }) => articleId))]
  const rows = await db
    .selectFrom('article')
    .select(['id', 'name_sv', 'name_en', 'unit'])
    .where((where) => where('id', '=', where.fn.any(where.val(ids))))
    .execute()
  return new Map(
    rows.map(({ id, name_sv: sv, name_en: en, unit }) => [
      id,
      { name: language === 'en' ? (en ?? sv) : sv, unit },
    ]),
  )
}
