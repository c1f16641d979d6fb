import type { Transaction } from '../database/transaction'

/**
 * The shop that is told of a quote which answers nothing: the one the company has sent from last, else
 * the only one there is. Null where that cannot be known.
 */
export async function shopToTell(tx: Transaction, companyId: string): Promise<string | null> {
  const last = await tx
    .selectFrom('requisition')
    .select('shop_id')
    .where('company_id', '=', companyId)
    .orderBy('received_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (last) return last.shop_id
  const shops = await tx.selectFrom('shop').select('id').where('status', '=', 'active').execute()
  return shops.length === 1 ? (shops[0]?.id ?? null) : null
}
