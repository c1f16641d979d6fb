import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { StorefrontChange } from '../../contract/storefront'
import { writeAtEnd, type Transaction, type WriteGroup } from '../database/transaction'

/**
 * Put a change into what a shop is told, in the caller's transaction. It is in the shop's feed, and
 * on its way to the shop, when the transaction has committed. Ids count up, so that what one
 * transaction tells stays in order.
 */
export function tellShop(tx: Transaction, shopId: string, change: StorefrontChange): void {
  writeAtEnd(tx, shopChanges, [{ id: uuid(), shopId, change }])
}

const shopChanges: WriteGroup<{
  readonly id: string
  readonly shopId: string
  readonly change: StorefrontChange
}> = {
  statement: (changes) => sql`
    insert into storefront_change (id, shop_id, change)
    select id, "shopId", change
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as r (
      id uuid, "shopId" text, change jsonb)`,
}
