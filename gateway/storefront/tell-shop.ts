import { v7 as uuid } from 'uuid'
import type { StorefrontChange } from '../../contract/storefront'
import type { Transaction } from '../database/transaction'

/**
 * Put a change into what a shop is told, in the caller's transaction. It is in the shop's feed, and
 * on its way to the shop, when the transaction has committed. Ids count up, so that what one
 * transaction tells stays in order.
 */
export async function tellShop(
  tx: Transaction,
  shopId: string,
  change: StorefrontChange,
): Promise<void> {
  await tx
    .insertInto('storefront_change')
    .values({ id: uuid(), shop_id: shopId, change: JSON.stringify(change) })
    .execute()
}
