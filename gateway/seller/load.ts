import { sql, type Kysely } from 'kysely'
import type { Seller } from '../../contract/entities'
import type { Deadlines } from '../../domain/approval/deadlines'
import type { Database } from '../database/schema'
import { question, type Question } from '../database/together'
import { writable } from '../writable'

/** The seller with what only older ones are without. */
export type SellerNow = Omit<
  Seller,
  'deadlines' | 'deadlinesVersion' | 'holdMinutes' | 'stockDisplay' | 'stockDisplayVersion'
> & {
  readonly deadlines: Deadlines
  readonly deadlinesVersion: number
  readonly stockDisplay: NonNullable<Seller['stockDisplay']>
  readonly stockDisplayVersion: number
  readonly holdMinutes: number | null
}

/** The seller as it now stands, holidays included. */
export function sellerNow(db: Kysely<Database>): Question<SellerNow> {
  return question(rowOf(db), ([row]) => sellerOf(row))
}

/** The seller, and the number of the order about to be placed; both in one statement. */
export function sellerForOrder(
  db: Kysely<Database>,
): Question<{ readonly seller: Seller; readonly orderNumber: string }> {
  const row = rowOf(db).select(sql<number>`nextval('order_number')`.as('order_number'))
  return question(row, ([found]) => ({
    seller: sellerOf(found),
    orderNumber: `O-${found?.order_number}`,
  }))
}

function rowOf(db: Kysely<Database>) {
  return db
    .selectFrom('seller')
    .selectAll()
    .select(
      sql<string[]>`array(select date::text from holiday order by holiday.date)`.as('holidays'),
    )
}

function sellerOf(
  row: Awaited<ReturnType<ReturnType<typeof rowOf>['executeTakeFirst']>>,
): SellerNow {
  if (!row) throw new Error('The database has no seller.')
  return {
    name: row.name,
    currency: row.currency,
    timeZone: row.time_zone,
    vatMode: row.vat_mode,
    syncedPriceMaxAgeHours: row.synced_price_max_age_hours,
    holidays: row.holidays,
    deadlines: row.deadlines,
    deadlinesVersion: row.deadlines_version,
    stockDisplay: writable(row.stock_display),
    stockDisplayVersion: row.stock_display_version,
    holdMinutes: row.hold_minutes,
  }
}
