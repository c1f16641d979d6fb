import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { Order, Requisition } from '../../contract/entities'
import type { Quote } from '../../contract/quotes'
import { wholeNet } from '../../domain/requisition/split'
import { writeAtEnd, type Transaction, type WriteGroup } from '../database/transaction'

/** What a customer hears by mail, named after what happened. */
export type MailKind =
  | 'requisition.received'
  | 'requisition.asked'
  | 'requisition.ordered'
  | 'requisition.rejected'
  | 'requisition.returned'
  | 'quote.sent'
  | 'quote.ordered'
  | 'quote.withdrawn'
  | 'quote.expired'
  | 'order.dates_confirmed'

/** What a mail tells of: a thing as it was when that happened, and who of the customer's it is told. */
export interface Told {
  readonly aggregateKind: string
  readonly aggregateId: string
  readonly revision: number
  /** The aggregate's version after it happened. */
  readonly version: number
  readonly contactId: string
}

/**
 * Queue a mail to a contact in the caller's transaction. It is on its way when the transaction has
 * committed. Nothing is queued by a gateway that sends no mail.
 */
export function tellCustomer(tx: Transaction, kind: MailKind, told: Told): void {
  writeAtEnd(tx, mails, [{ id: uuid(), kind, ...told }])
}

/** The same of a requisition, to whoever sent it. */
export function tellSender(
  tx: Transaction,
  kind: Extract<MailKind, `requisition.${string}`>,
  { id, revision, contactId }: Pick<Requisition, 'id' | 'revision' | 'contactId'>,
  version: number,
): void {
  tellCustomer(tx, kind, {
    aggregateKind: 'requisition',
    aggregateId: id,
    revision,
    version,
    contactId,
  })
}

/**
 * Ask those of a company's people who may order so much to approve a requisition that waits for one of
 * them. Whose limits of the period are used up is seen only when they answer.
 */
export function askBuyers(
  tx: Transaction,
  { id, revision, companyId, currency, totals, whole }: Requisition,
  version: number,
): void {
  const total = wholeNet(totals.net, whole)
  writeAtEnd(tx, asked, [{ id, revision, version, companyId, currency, total }])
}

/** The same of a quote, to the contact it is made to. */
export function tellOffered(
  tx: Transaction,
  kind: Extract<MailKind, `quote.${string}`>,
  { id, revision, contactId }: Pick<Quote, 'id' | 'revision' | 'contactId'>,
  version: number,
): void {
  tellCustomer(tx, kind, { aggregateKind: 'quote', aggregateId: id, revision, version, contactId })
}

/** The same of an order, to the contact whose order it is. Orders have no revisions. */
export function tellOrdering(
  tx: Transaction,
  kind: Extract<MailKind, `order.${string}`>,
  { id, contactId }: Pick<Order, 'id' | 'contactId'>,
  version: number,
): void {
  tellCustomer(tx, kind, {
    aggregateKind: 'order',
    aggregateId: id,
    revision: 1,
    version,
    contactId,
  })
}

/** Whether mail is sent is a setting of the gateway's connections, which every transaction of its has at hand. */
const mails: WriteGroup<{ readonly id: string; readonly kind: MailKind } & Told> = {
  statement: (told) => sql`
    insert into mail (
      id, kind, aggregate_kind, aggregate_id, revision, version, contact_id, recipient, language)
    select r.id, r.kind, r."aggregateKind", r."aggregateId", r.revision, r.version, contact.id,
      contact.email, company.language
    from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as r (
      id uuid, kind text, "aggregateKind" text, "aggregateId" text, revision integer,
      version integer, "contactId" text)
    join contact on contact.id = r."contactId"
    join company on company.id = contact.company_id
    where current_setting('kontor.mails_customers', true) = 'on'`,
}

const asked: WriteGroup<{
  readonly id: string
  readonly revision: number
  readonly version: number
  readonly companyId: string
  readonly currency: string
  readonly total: number
}> = {
  statement: (requisitions) => sql`
    insert into mail (
      id, kind, aggregate_kind, aggregate_id, revision, version, contact_id, recipient, language)
    select gen_random_uuid(), 'requisition.asked', 'requisition', r.id, r.revision, r.version,
      contact.id, contact.email, company.language
    from jsonb_to_recordset(${JSON.stringify(requisitions)}::jsonb) as r (
      id uuid, revision integer, version integer, "companyId" text, currency text, total bigint)
    join company on company.id = r."companyId"
    join contact on contact.company_id = company.id and contact.status = 'active'
    -- As domain/approval/buyers has it.
    join customer_group g on g.id = coalesce(contact.customer_group_id, company.customer_group_id)
    where g.ordering_right = 'order'
      and (g.limit_per_order is null and g.limit_per_period is null or g.currency = r.currency)
      and (g.limit_per_order is null or r.total <= g.limit_per_order)
      and current_setting('kontor.mails_customers', true) = 'on'`,
}
