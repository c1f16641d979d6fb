import type { Transaction } from '../database/transaction'
import { lockRequisition, type LockedRequisition } from './aggregate'

/** Load and lock the requisition made of a shop's document; null when there is none. */
export async function lockDocument(
  tx: Transaction,
  shopId: string,
  documentId: string,
): Promise<LockedRequisition | null> {
  const row = await tx
    .selectFrom('requisition')
    .select('id')
    .where('shop_id', '=', shopId)
    .where('document_id', '=', documentId)
    .executeTakeFirst()
  return row ? lockRequisition(tx, row.id) : null
}
