import { randomBytes } from 'node:crypto'
import { sql, type Kysely } from 'kysely'
import { v7 as uuid } from 'uuid'
import { hashToken } from '../access/signed-in'
import type { Database } from '../database/schema'
import type { Transaction } from '../database/transaction'

/** The pages that a link can open: one file of `purposes/` each. */
export type PurposeName =
  'requisition_status' | 'requisition_answer' | 'buyer_step' | 'quote_answer'

/** What a link opens, and for whom. */
export interface LinkTarget {
  readonly purpose: PurposeName
  readonly aggregateKind: string
  readonly aggregateId: string
  /** Of what was told: a link is of no use for another one. */
  readonly revision: number
  readonly contactId: string
}

export interface Link extends LinkTarget {
  readonly id: string
  readonly expiresAt: Date
  readonly isExpired: boolean
  readonly isUsed: boolean
  /** The contact's. */
  readonly language: 'sv' | 'en'
}

/** 256 bits, as base64url. */
const tokenForm = /^[\w-]{43}$/

/**
 * Make a link's token. Only its hash is kept: who has not been sent the token cannot open the page,
 * and it cannot be told anybody again.
 */
export async function makeLink(
  db: Kysely<Database>,
  { purpose, aggregateKind, aggregateId, revision, contactId }: LinkTarget,
  days: number,
): Promise<{ readonly id: string; readonly token: string; readonly expiresAt: Date }> {
  const token = randomBytes(32).toString('base64url')
  const { id, expires_at: expiresAt } = await db
    .insertInto('customer_link')
    .values({
      id: uuid(),
      token_hash: hashToken(token),
      purpose,
      aggregate_kind: aggregateKind,
      aggregate_id: aggregateId,
      revision,
      contact_id: contactId,
      expires_at: sql<Date>`now() + make_interval(days => ${days})`,
    })
    .returning(['id', 'expires_at'])
    .executeTakeFirstOrThrow()
  return { id, token, expiresAt }
}

/** A link that nobody was sent. */
export async function dropLink(db: Kysely<Database>, id: string): Promise<void> {
  await db.deleteFrom('customer_link').where('id', '=', id).execute()
}

/**
 * The link of a token, by the database's clock; null where there is none, and for whoever is no longer
 * a contact. Only looks.
 */
export async function findLink(db: Kysely<Database>, token: string): Promise<Link | null> {
  if (!tokenForm.test(token)) return null
  const row = await db
    .selectFrom('customer_link as link')
    .innerJoin('contact', 'contact.id', 'link.contact_id')
    .innerJoin('company', 'company.id', 'contact.company_id')
    .selectAll('link')
    .select(['company.language', sql<boolean>`link.expires_at <= now()`.as('is_expired')])
    .where('link.token_hash', '=', hashToken(token))
    .where('contact.status', '=', 'active')
    .executeTakeFirst()
  if (!row) return null
  return {
    id: row.id,
    purpose: row.purpose as PurposeName,
    aggregateKind: row.aggregate_kind,
    aggregateId: row.aggregate_id,
    revision: row.revision,
    contactId: row.contact_id,
    expiresAt: row.expires_at,
    isExpired: row.is_expired,
    isUsed: row.used_at !== null,
    language: row.language,
  }
}

/** Use a link up, in the transaction of what is done by it. False where it had been, or has expired. */
export async function useLink(tx: Transaction, id: string): Promise<boolean> {
  const used = await tx
    .updateTable('customer_link')
    .set({ used_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .returning('id')
    .executeTakeFirst()
  return used !== undefined
}
