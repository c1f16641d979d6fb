import { sql, type Kysely } from 'kysely'
import type { StorefrontChange } from '../../contract/storefront'
import type { Database } from '../database/schema'
import { inTransaction } from '../database/transaction'
import { beginning } from './cursor'
import { recordShop } from './manage-shops'
import { validSecrets } from './shops'

/** The next change of a shop, taken on by this node for as long as its lease lasts. */
export interface ClaimedPush {
  readonly shopId: string
  readonly url: string
  readonly secrets: readonly string[]
  /** How often this change has failed before. */
  readonly attempts: number
  readonly changeId: string
  readonly xid: string
  readonly change: StorefrontChange
}

/** Whether a change of a shop comes after what has been pushed, and nothing can come before it. */
const isPending = sql`
  c.shop_id = p.shop_id
  and (c.xid, c.id) > (p.xid, coalesce(p.change_id, ${beginning.id}::uuid))
  and c.xid < pg_snapshot_xmin(pg_current_snapshot())`

/** Shops that have something to be told now. Only looks: whoever wants one must claim it. */
export async function dueShops(db: Kysely<Database>): Promise<readonly string[]> {
  const { rows } = await sql<{ shop_id: string }>`
    select p.shop_id
    from storefront_push p
    join shop s on s.id = p.shop_id and s.status = 'active' and s.push_url is not null
    where p.next_attempt_at <= now()
      and exists (select 1 from storefront_change c where ${isPending})
    order by p.next_attempt_at
  `.execute(db)
  return rows.map(({ shop_id }) => shop_id)
}

/**
 * Take on a shop's next change, or null when there is none, it is not due, or another node has it.
 * The row is held only while the lease is written: a transaction open during the post would hold
 * back every feed. A node that dies leaves a lease that ends by itself.
 */
export async function claimPush(
  db: Kysely<Database>,
  shopId: string,
  leaseMs: number,
  now: Date,
): Promise<ClaimedPush | null> {
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<{
      url: string
      secret: string
      former_secret: string | null
      former_secret_until: Date | null
      attempts: number
      id: string
      xid: string
      change: StorefrontChange
    }>`
      select s.push_url as url, s.secret, s.former_secret, s.former_secret_until, p.attempts, c.id, c.xid::text, c.change
      from storefront_push p
      join shop s on s.id = p.shop_id and s.status = 'active' and s.push_url is not null
      join lateral (
        select c.id, c.xid, c.change from storefront_change c where ${isPending}
        order by c.xid, c.id limit 1
      ) c on true
      where p.shop_id = ${shopId} and p.next_attempt_at <= now()
      for update of p skip locked
    `.execute(tx)
    const [row] = rows
    if (!row) return null
    await sql`
      update storefront_push set next_attempt_at = now() + ${leaseMs} * interval '1 millisecond'
      where shop_id = ${shopId}
    `.execute(tx)
    const { url, attempts, id, xid, change } = row
    return {
      shopId,
      url,
      secrets: validSecrets(row, now),
      attempts,
      changeId: id,
      xid,
      change,
    }
  })
}

/**
 * It has arrived: go on after it. Does nothing where another node has gone on meanwhile, since the
 * lease was lost.
 */
export async function settleDelivered(db: Kysely<Database>, push: ClaimedPush): Promise<void> {
  await sql`
    update storefront_push p
    set xid = ${push.xid}::xid8, change_id = ${push.changeId}::uuid,
      attempts = 0, last_error = null, next_attempt_at = now()
    where p.shop_id = ${push.shopId}
      and (p.xid, coalesce(p.change_id, ${beginning.id}::uuid)) < (${push.xid}::xid8, ${push.changeId}::uuid)
  `.execute(db)
}

/** It has not arrived: it is tried again, and nothing after it before. */
export async function settleFailed(
  db: Kysely<Database>,
  push: ClaimedPush,
  delayMs: number,
  reason: string,
): Promise<void> {
  await sql`
    update storefront_push
    set attempts = ${push.attempts + 1}, last_error = ${reason},
      next_attempt_at = now() + ${delayMs} * interval '1 millisecond'
    where shop_id = ${push.shopId} and attempts = ${push.attempts}
  `.execute(db)
}

/** Let go of a change untried, so that any node may take it on at once. */
export async function releasePush(db: Kysely<Database>, push: ClaimedPush): Promise<void> {
  await sql`
    update storefront_push set next_attempt_at = now()
    where shop_id = ${push.shopId} and attempts = ${push.attempts}
  `.execute(db)
}

/** The shop wants nothing more at its address. What it was not told stays in its feed. */
export async function stopPushing(db: Kysely<Database>, push: ClaimedPush): Promise<void> {
  await inTransaction(db, async (tx) => {
    const stopped = await tx
      .updateTable('shop')
      .set({ push_url: null })
      .where('id', '=', push.shopId)
      .where('push_url', '=', push.url)
      .returning('id')
      .executeTakeFirst()
    if (!stopped) return
    await tx
      .updateTable('storefront_push')
      .set({ last_error: 'answered with status 410', next_attempt_at: sql<Date>`now()` })
      .where('shop_id', '=', push.shopId)
      .execute()
    await recordShop(tx, 'shop.push_stopped', push.shopId, {
      pushUrl: push.url,
      change: push.changeId,
      status: 410,
    })
  })
}
