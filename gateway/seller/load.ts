import { sql, type Kysely } from 'kysely'
import type { Seller } from '../../contract/entities'
import type { Database } from '../database/schema'

/** The seller as it now stands, holidays included. */
export async function loadSeller(db: Kysely<Database>): Promise<Seller> {
  const row = await db
    .selectFrom('seller')
    .selectAll()
    .select(sql<string[]>`array(select date::text from holiday order by date)`.as('holidays'))
    .executeTakeFirstOrThrow()
  return {
    name: row.name,
    currency: row.currency,
    timeZone: row.time_zone,
    vatMode: row.vat_mode,
    syncedPriceMaxAgeHours: row.synced_price_max_age_hours,
    holidays: row.holidays,
  }
}
