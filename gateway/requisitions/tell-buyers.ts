import type { Requisition } from '../../contract/entities'
import { asksBuyer } from '../../domain/approval/buyers'
import { awaitsDecision } from '../../domain/requisition/states'
import type { Transaction } from '../database/transaction'
import { askBuyers } from '../mail/tell-customer'
import { requisitionAwaitsBuyer, requisitionAwaitsNoBuyer } from '../storefront/changes'
import { tellShop } from '../storefront/tell-shop'

/** Whether it waits for one of the customer's own people, beside whomever else it may wait for. */
export function awaitsBuyer(requisition: Requisition): boolean {
  return awaitsDecision(requisition.state) && asksBuyer(requisition)
}

/**
 * Tell the customer's people that one of them is asked: by mail, and the shop, which may show it itself;
 * and the shop that none of them is any more, where no end of it says so.
 *
 * @param before what it was until now; null of one that has come in
 */
export function tellOfBuyers(
  tx: Transaction,
  before: Requisition | null,
  now: Requisition,
  version: number,
): void {
  const wasAsked = before !== null && awaitsBuyer(before)
  if (awaitsBuyer(now)) {
    // Each revision is another for them to look at, whoever has made it.
    if (wasAsked && before.revision === now.revision) return
    askBuyers(tx, now, version)
    tellShop(tx, now.shop.id, requisitionAwaitsBuyer(now))
  } else if (wasAsked && awaitsDecision(now.state)) {
    tellShop(tx, now.shop.id, requisitionAwaitsNoBuyer(now))
  }
}
