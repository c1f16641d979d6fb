import { sql, type Kysely } from 'kysely'
import { record } from '../audit/record'
import type { Database } from '../database/schema'
import { inTransaction } from '../database/transaction'
import type { MailKind, Told } from './tell-customer'

/** A mail that is due, taken on by this node for as long as its lease lasts. */
export interface DueMail extends Told {
  readonly id: string
  readonly kind: MailKind
  readonly recipient: string
  readonly language: 'sv' | 'en'
  /** How often the mail server has said that it may take it later. */
  readonly attempts: number
  /** Whether it has waited for so long that no further answer of that kind is waited for. */
  readonly isOld: boolean
}

/** What becomes of a mail for good, and why. */
export type Settled =
  | { readonly state: 'sent' }
  /** The mail server's own words. */
  | { readonly state: 'failed'; readonly why: string }
  | { readonly state: 'skipped'; readonly why: SkipReason }
export type SkipReason = 'no_address' | 'contact_disabled' | 'overtaken'

/** As long as mail servers themselves go on trying (RFC 5321, 4.5.4.1: four to five days). */
const patienceDays = 4

/**
 * Take on mails that are due. A row is held only while its lease is written: a transaction open during
 * the sending would hold back every feed. A node that dies leaves leases that end by themselves.
 */
export async function claimMails(
  db: Kysely<Database>,
  { atOnce, leaseMs }: { readonly atOnce: number; readonly leaseMs: number },
): Promise<readonly DueMail[]> {
  const { rows } = await sql<DueMail>`
    update mail set next_attempt_at = now() + ${leaseMs} * interval '1 millisecond'
    where id in (
      select id from mail where state = 'queued' and next_attempt_at <= now()
      order by next_attempt_at limit ${atOnce} for update skip locked)
    returning id, kind, aggregate_kind as "aggregateKind", aggregate_id as "aggregateId", revision,
      version, contact_id as "contactId", recipient, language, attempts,
      queued_at < now() - make_interval(days => ${patienceDays}) as "isOld"`.execute(db)
  return rows
}

/** How many mails wait. */
export async function countQueued(db: Kysely<Database>): Promise<number> {
  const { count } = await db
    .selectFrom('mail')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('state', '=', 'queued')
    .executeTakeFirstOrThrow()
  return count
}

/**
 * It is done with, and the history of what it tells of says so. False where another node has settled
 * it meanwhile, since the lease was lost.
 */
export async function settleMail(
  db: Kysely<Database>,
  mail: DueMail,
  settled: Settled,
): Promise<boolean> {
  const why = settled.state === 'sent' ? null : settled.why
  return inTransaction(db, async (tx) => {
    const row = await tx
      .updateTable('mail')
      .set({ state: settled.state, last_error: why, settled_at: sql<Date>`now()` })
      .where('id', '=', mail.id)
      .where('state', '=', 'queued')
      .returning('id')
      .executeTakeFirst()
    if (!row) return false
    record(tx, [
      {
        type: `mail.${settled.state}`,
        actor: { kind: 'system', name: 'kontor' },
        aggregateKind: mail.aggregateKind,
        aggregateId: mail.aggregateId,
        version: mail.version,
        data: {
          mail: mail.id,
          kind: mail.kind,
          to: mail.recipient,
          contactId: mail.contactId,
          ...(why !== null && { why }),
        },
        origin: { via: 'gateway', task: 'mail' },
      },
    ])
    return true
  })
}

/** The mail server may take it later. */
export async function postponeMail(
  db: Kysely<Database>,
  mail: DueMail,
  delayMs: number,
  why: string,
): Promise<void> {
  await db
    .updateTable('mail')
    .set({
      attempts: mail.attempts + 1,
      last_error: why,
      next_attempt_at: sql<Date>`now() + ${delayMs} * interval '1 millisecond'`,
    })
    .where('id', '=', mail.id)
    .where('state', '=', 'queued')
    .where('attempts', '=', mail.attempts)
    .execute()
}

/** Let go of a mail that nobody has judged, so that any node may take it on at once. */
export async function releaseMail(db: Kysely<Database>, mail: DueMail): Promise<void> {
  await db
    .updateTable('mail')
    .set({ next_attempt_at: sql<Date>`now()` })
    .where('id', '=', mail.id)
    .where('state', '=', 'queued')
    .where('attempts', '=', mail.attempts)
    .execute()
}
