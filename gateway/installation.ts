import { v4 as uuid } from 'uuid'
import type { Kysely } from 'kysely'
import type { Seller } from '../contract/entities'
import type { Database } from './database/schema'
import { inTransaction } from './database/transaction'
import { republishSeller } from './master-data/republish'

/** What the seller is called before anyone has said. */
/** What is said of the seller with its master data. */
export type SellerSettings = Omit<
  Seller,
  | 'holidays'
  | 'deadlines'
  | 'deadlinesVersion'
  | 'holdMinutes'
  | 'stockDisplay'
  | 'stockDisplayVersion'
>

const unnamed: SellerSettings = {
  name: 'Kontor',
  currency: 'SEK',
  timeZone: 'Europe/Stockholm',
  vatMode: 'per_rate_on_sum',
  syncedPriceMaxAgeHours: 72,
}

export interface Installation {
  readonly gatewayId: string
  readonly epoch: string
}

/** The identity of this database, made when it is first opened. Nodes that open it together agree. */
export async function openInstallation(db: Kysely<Database>): Promise<Installation> {
  await inTransaction(db, async (tx) => {
    const made = await tx
      .insertInto('installation')
      .values({ gateway_id: uuid(), epoch: uuid() })
      .onConflict((conflict) => conflict.doNothing())
      .returning('gateway_id')
      .executeTakeFirst()
    if (made) await setSeller(tx, unnamed)
  })
  const row = await db.selectFrom('installation').selectAll().executeTakeFirstOrThrow()
  return { gatewayId: row.gateway_id, epoch: row.epoch }
}

/** Say who the seller is: name, currency, time zone, how VAT is counted. */
export async function setSeller(
  tx: Parameters<typeof republishSeller>[0],
  seller: SellerSettings,
): Promise<void> {
  const row = {
    name: seller.name,
    currency: seller.currency,
    time_zone: seller.timeZone,
    vat_mode: seller.vatMode,
    synced_price_max_age_hours: seller.syncedPriceMaxAgeHours,
  }
  await tx
    .insertInto('seller')
    .values(row)
    .onConflict((conflict) => conflict.column('only_row').doUpdateSet(row))
    .execute()
  await republishSeller(tx)
}
