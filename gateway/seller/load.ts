import { sql, type Kysely } from 'kysely'
import type { Seller } from '../../contract/entities'
import type { Database } from '../database/schema'

/** The seller as it now stands, holidays included. */
export async function loadSeller(db: Kysely<Database>): Promise<Seller> {
  return sellerOf(await rowOf(db).executeTakeFirstOrThrow())
}

/** The seller, and the number of the order about to be placed; both in one question. */
export async function loadSellerForOrder(
  db: Kysely<Database>,
): Promise<{ readonly seller: Seller; readonly orderNumber: string }> {
  const row = await rowOf(db)
    .select(sql<number>`nextval('order_number')`.as('order_number'))
    .executeTakeFirstOrThrow()
  return { seller: sellerOf(row), orderNumber: `O-${row.order_number}` }
}

function rowOf(db: Kysely<Database>) {
  return db
    .selectFrom('seller')
    .selectAll()
    .select(sql<string[]>`array(select date::text from holiday order by date)`.as('holidays'))
}

function sellerOf(
  row: Awaited<ReturnType<ReturnType<typeof rowOf>['executeTakeFirstOrThrow']>>,
): Seller {
  return {
    name: row.name,
    currency: row.currency,
    timeZone: row.time_zone,
    vatMode: row.vat_mode,
    syncedPriceMaxAgeHours: row.synced_price_max_age_hours,
    holidays: row.holidays,
  }
}
