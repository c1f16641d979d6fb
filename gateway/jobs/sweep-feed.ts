import { sql } from 'kysely'
import type { EntityKind } from '../../contract/entities'
import { inTransaction, type Transaction } from '../database/transaction'
import { publish } from '../feed/publish'
import type { GatewayContext } from '../gateway-context'

/** Finished requisitions stay in every replica this long; older ones are a query. */
const workingSetDays = 30
/** A console away for longer than this begins from a snapshot. */
const cursorDays = 60
/** Tombstones stay a day longer, for consoles that were let in with the last cursor allowed. */
const tombstoneDays = cursorDays + 1
const atOnce = 500

/**
 * Keep the feed to the working set: what finished long ago leaves the replicas by a tombstone, and
 * old tombstones leave the feed.
 */
export async function sweepFeed(context: GatewayContext, position: number): Promise<void> {
  const { db, now } = context
  const finishedBefore = new Date(now().getTime() - workingSetDays * 86_400_000).toISOString()
  for (;;) {
    const left = await inTransaction(db, (tx) => letGo(tx, finishedBefore))
    if (left > 0) context.wake()
    if (left < atOnce) break
  }
  for (;;) {
    const left = await inTransaction(db, (tx) => letQuotesGo(tx, finishedBefore))
    if (left > 0) context.wake()
    if (left < atOnce) break
  }
  await sweepTombstones(context, position)
}

interface Leaving {
  readonly id: string
  /** Of its leaving. */
  readonly version: number
  readonly company_id: string
}

/**
 * Documents that finished long ago. One may be told of again, when it is revived or a file is attached to
 * what was ordered, so its leaving is counted as a version of its own. The table is called as the kind is.
 */
async function leaving(
  tx: Transaction,
  kind: 'requisition' | 'quote',
  finishedBefore: string,
): Promise<readonly Leaving[]> {
  const table = sql.table(kind)
  const { rows } = await sql<Leaving>`
    update ${table} set version = version + 1
    where id in (
      select d.id
      from ${table} d join feed f on f.kind = ${kind} and f.id = d.id::text and f.value is not null
      where d.finished_at < ${finishedBefore}::timestamptz
      order by d.id
      limit ${sql.lit(atOnce)}
      for update of d skip locked)
      -- Looked at again under the lock: it may have been taken up meanwhile.
      and finished_at < ${finishedBefore}::timestamptz
    returning id, version, company_id`.execute(tx)
  return rows
}

/** Requisitions that finished long ago, and that they were read. Returns how many of them left. */
async function letGo(tx: Transaction, finishedBefore: string): Promise<number> {
  const rows = await leaving(tx, 'requisition', finishedBefore)
  const marks = await sql<{ id: string; user_id: string }>`
    select f.id, f.user_id
    from unnest(${rows.map(({ id }) => id)}::text[]) r (id) cross join app_user u
    join feed f on f.kind = 'read_mark' and f.id = u.id || ':' || r.id and f.value is not null`.execute(
    tx,
  )
  publish(tx, [
    ...rows.map(({ id, version, company_id }) => ({
      kind: 'requisition' as const,
      id,
      version,
      companyId: company_id,
      value: null,
    })),
    ...marks.rows.map(({ id, user_id }) => ({
      kind: 'read_mark' as const,
      id,
      userId: user_id,
      value: null,
    })),
  ])
  return rows.length
}

/** Quotes that finished long ago. Returns how many of them left. */
async function letQuotesGo(tx: Transaction, finishedBefore: string): Promise<number> {
  const rows = await leaving(tx, 'quote', finishedBefore)
  publish(
    tx,
    rows.map(({ id, version, company_id }) => ({
      kind: 'quote' as const,
      id,
      version,
      companyId: company_id,
      value: null,
    })),
  )
  return rows.length
}

/**
 * Kinds whose entities never come back under the same id, or by a version of their own. Of the others the tombstone stays: it holds
 * the version from which a later value goes on counting, and a replica may remember it for ever.
 */
const gone = ['requisition', 'read_mark', 'order', 'commitment', 'quote'] satisfies EntityKind[]

/**
 * A transaction number says nothing of time, so the feed's position is noted once a day: cursors
 * before the note of `cursorDays` ago are refused, and tombstones go when they lie under an older one.
 */
async function sweepTombstones({ db, now }: GatewayContext, position: number): Promise<void> {
  const daysAgo = (days: number) =>
    new Date(now().getTime() - days * 86_400_000).toISOString().slice(0, 10)
  await inTransaction(db, async (tx) => {
    await sql`
      insert into feed_day (day, seq) values (${daysAgo(0)}::date, ${position})
      on conflict (day) do nothing`.execute(tx)
    await sql`
      update installation set feed_floor = noted.seq
      from (select max(seq) as seq from feed_day where day <= ${daysAgo(cursorDays)}::date) noted
      where noted.seq > feed_floor`.execute(tx)
    const { rows } = await sql<{ seq: number | null }>`
      select max(seq) as seq from feed_day where day <= ${daysAgo(tombstoneDays)}::date`.execute(tx)
    const swept = rows[0]?.seq ?? null
    if (swept === null) return
    await sql`
      delete from feed
      where value is null and kind = any(${gone}::text[]) and xid <= ${String(swept)}::xid8`.execute(
      tx,
    )
    await sql`delete from feed_day where day < ${daysAgo(tombstoneDays)}::date and seq < ${swept}`.execute(
      tx,
    )
  })
}
