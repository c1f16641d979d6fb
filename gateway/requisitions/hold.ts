import type { Requisition } from '../../contract/entities'
import { ask, together } from '../database/together'
import type { Transaction } from '../database/transaction'
import { sellerNow } from '../seller/load'
import { holdsOf, holdStock } from '../stock/holds'
import { stockHeld, stockOf } from '../stock/load'
import { holdsFor } from './figures-now'
import { placeAll } from './place-order'

/**
 * Hold for whoever has claimed a requisition what its lines would be ordered from, as long as the seller
 * has set: nobody else is promised it meanwhile.
 */
export async function holdForClaim(
  tx: Transaction,
  requisition: Requisition,
  userId: string,
  now: Date,
): Promise<void> {
  const { lines, choices, contactId } = requisition
  const articleIds = [...new Set(lines.map(({ articleId }) => articleId))]
  const [, seller, stock, live] = await ask(
    tx,
    together(
      stockHeld(articleIds),
      sellerNow(tx),
      stockOf(articleIds, contactId),
      holdsOf(articleIds, requisition.id),
    ),
  )
  if (seller.holdMinutes === null) return
  const holds = holdsFor(requisition, live)
  const said = { warehouses: choices?.warehouses ?? {}, holds }
  const { placements } = placeAll(lines, stock, seller, now, said)
  holdStock(tx, requisition, placements, { before: holds.own, userId })
}
