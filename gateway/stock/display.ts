import type { Actor } from '../../contract/primitives'
import type { StockDisplay } from '../../domain/availability/stock-display'
import { record, type Origin } from '../audit/record'
import type { Transaction } from '../database/transaction'
import { republishSeller } from '../master-data/republish'
import { tellAvailabilityOfAll } from '../storefront/tell-availability'

/** There is one, the seller's. */
export const stockDisplayId = 'stock_display'

/** What customers are shown as it is, which nobody else changes until the transaction ends. Version 0: never set. */
export async function stockDisplayLocked(
  tx: Transaction,
): Promise<{ readonly display: StockDisplay; readonly version: number }> {
  return tx
    .selectFrom('seller')
    .select(['stock_display as display', 'stock_display_version as version'])
    .forUpdate()
    .executeTakeFirstOrThrow()
}

/** Show something else from now on. The version it gets. */
export async function changeStockDisplay(
  tx: Transaction,
  after: StockDisplay,
  { actor, origin }: { readonly actor: Actor; readonly origin: Origin },
): Promise<number> {
  const { display: before, version: last } = await stockDisplayLocked(tx)
  const version = last + 1
  await tx
    .updateTable('seller')
    .set({ stock_display: JSON.stringify(after), stock_display_version: version })
    .execute()
  await republishSeller(tx)
  tellAvailabilityOfAll(tx)
  record(tx, [
    {
      type: 'stock_display.set',
      actor,
      aggregateKind: 'stock_display',
      aggregateId: stockDisplayId,
      version,
      data: { before, after },
      origin,
    },
  ])
  return version
}
