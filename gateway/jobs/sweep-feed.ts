import { sql } from 'kysely'
import { inTransaction } from '../database/transaction'
import { publish } from '../feed/publish'
import type { GatewayContext } from '../gateway-context'

/** Finished requisitions stay in every replica this long; older ones are a query. */
const workingSetDays = 30
/** Tombstones older than this are swept; a console away for longer begins from a snapshot. */
const tombstoneDays = 60
const atOnce = 500

/**
 * Keep the feed to the working set: what finished long ago leaves the replicas by a tombstone, and
 * old tombstones leave the feed. Returns the oldest cursor that is still worth something.
 */
export async function sweepFeed(context: GatewayContext, position: number): Promise<number> {
  const { db, now } = context
  const finishedBefore = new Date(now().getTime() - workingSetDays * 86_400_000).toISOString()
  for (;;) {
    const left = await inTransaction(db, async (tx) => {
      const { rows } = await sql<{ id: string; version: number; company_id: string }>`
        select r.id, r.version, r.company_id
        from requisition r join feed f on f.kind = 'requisition' and f.id = r.id::text and f.value is not null
        where r.finished_at < ${finishedBefore}::timestamptz
        limit ${sql.lit(atOnce)}`.execute(tx)
      await publish(
        tx,
        rows.map(({ id, version, company_id }) => ({
          kind: 'requisition',
          id,
          version: version + 1,
          companyId: company_id,
          value: null,
        })),
      )
      return rows.length
    })
    if (left < atOnce) break
    context.wake()
  }
  return sweepTombstones(context, position)
}

/**
 * A transaction number says nothing of time, so the floor is noted once a day and tombstones go when
 * the note under which they lie is old enough.
 */
async function sweepTombstones({ db, now }: GatewayContext, position: number): Promise<number> {
  const today = now().toISOString().slice(0, 10)
  const before = new Date(now().getTime() - tombstoneDays * 86_400_000).toISOString().slice(0, 10)
  return inTransaction(db, async (tx) => {
    await sql`insert into feed_day (day, seq) values (${today}::date, ${position}) on conflict (day) do nothing`.execute(
      tx,
    )
    const { rows } = await sql<{ seq: number | null }>`
      select max(seq) as seq from feed_day where day <= ${before}::date`.execute(tx)
    const floor = rows[0]?.seq ?? null
    if (floor !== null) {
      await sql`delete from feed where value is null and xid <= ${String(floor)}::xid8`.execute(tx)
      await sql`delete from feed_day where day < ${before}::date`.execute(tx)
      await tx.updateTable('installation').set({ feed_floor: floor }).execute()
    }
    const { feed_floor } = await tx
      .selectFrom('installation')
      .select('feed_floor')
      .executeTakeFirstOrThrow()
    return feed_floor
  })
}
