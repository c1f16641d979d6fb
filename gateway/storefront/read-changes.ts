import { sql, type Kysely } from 'kysely'
import type { StorefrontChange, StorefrontChangesPage } from '../../contract/storefront'
import type { Database } from '../database/schema'
import { beginning, writeCursor, type ChangesCursor } from './cursor'

/** A page ends early when it has grown so large; it holds at least one change. */
const pageBytes = 4 * 1024 * 1024

interface Row {
  readonly id: string
  readonly xid: string
  readonly change: StorefrontChange
}

/**
 * What a shop has not been told since a cursor, oldest first. Reading stops below the oldest
 * transaction that is still running, so that nothing can appear behind the cursor later on. Without
 * a cursor it begins at the beginning.
 */
export async function readChanges(
  db: Kysely<Database>,
  shopId: string,
  since: ChangesCursor | null,
  limit: number,
): Promise<StorefrontChangesPage> {
  const { epoch } = await db.selectFrom('installation').select('epoch').executeTakeFirstOrThrow()
  const from = since?.epoch === epoch ? since : await placeInThisEpoch(db, shopId, since)
  const { rows } = await sql<Row & { readonly more: boolean }>`
    with page as (
      select id, xid, change, row_number() over (order by xid, id) as place
      from storefront_change
      where shop_id = ${shopId}
        and (xid, id) > (${from.xid}::xid8, ${from.id}::uuid)
        and xid < pg_snapshot_xmin(pg_current_snapshot())
      order by xid, id
      limit ${sql.lit(limit + 1)}
    ), sized as (
      select *, sum(octet_length(change::text)) over (order by place) as bytes from page
    ), cut as (
      select * from sized
      where place <= ${sql.lit(limit)} and (place = 1 or bytes <= ${sql.lit(pageBytes)})
    )
    select id, xid::text, change, (select count(*) from page) > (select count(*) from cut) as more
    from cut order by place
  `.execute(db)
  const last = rows.at(-1) ?? from
  return {
    changes: rows.map(({ id, change }) => ({ id, change })),
    cursor: writeCursor({ epoch, xid: last.xid, id: last.id }),
    more: rows[0]?.more ?? false,
  }
}

/**
 * Where to go on for a cursor from before a backup was restored: after the same change, which kept its
 * id and its place in the order (gateway/backup/portable.ts). A change that is not there was lost by
 * going back, see `beforeBackup`; a cursor that this database never gave out begins at the beginning.
 */
async function placeInThisEpoch(
  db: Kysely<Database>,
  shopId: string,
  since: ChangesCursor | null,
): Promise<Place> {
  if (since === null) return beginning
  const { rows } = await sql<Place>`
    select xid::text, id from storefront_change where id = ${since.id}::uuid and shop_id = ${shopId}
  `.execute(db)
  return rows[0] ?? (await beforeBackup(db, shopId, since.epoch)) ?? beginning
}

type Place = Pick<ChangesCursor, 'xid' | 'id'>

/**
 * A shop whose cursor names a lost change had read past the moment of the backup, so it knows what was
 * told before. Where two transactions overlap, the order of changes is not that of their times, and the
 * clocks of database and backup may differ: what was told in the last day before the backup comes again.
 */
async function beforeBackup(
  db: Kysely<Database>,
  shopId: string,
  epoch: string,
): Promise<Place | null> {
  const { rows } = await sql<Place>`
    with backup as (
      select (a.data->>'createdAt')::timestamptz - interval '1 day' as known
      from audit a join installation i on a.aggregate_id = i.gateway_id::text
      where a.type = 'database.restored' and a.data->>'epoch' = ${epoch}
      order by a.seq desc limit 1
    ), mine as (
      select * from storefront_change
      where shop_id = ${shopId} and xid < pg_snapshot_xmin(pg_current_snapshot())
    ), unknown as (
      select m.xid, m.id from mine m, backup where m.at >= backup.known order by m.xid, m.id limit 1
    )
    select m.xid::text, m.id from mine m, backup
    where not exists (select from unknown) or (m.xid, m.id) < (select xid, id from unknown)
    order by m.xid desc, m.id desc limit 1
  `.execute(db)
  return rows[0] ?? null
}
