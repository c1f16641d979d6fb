import type { Requisition } from '../../contract/entities'
import { asksBuyer } from '../../domain/approval/buyers'
import { awaitsDecision } from '../../domain/requisition/states'
import type { Transaction } from '../database/transaction'
import { askBuyers } from '../mail/tell-customer'
import { requisitionAwaitsBuyer } from '../storefront/changes'
import { tellShop } from '../storefront/tell-shop'

/** Whether it waits for one of the customer's own people, beside whomever else it may wait for. */
export function awaitsBuyer(requisition: Requisition): boolean {
  return awaitsDecision(requisition.state) && asksBuyer(requisition)
}

/** Tell the customer's people that one of them is asked: by mail, and the shop, which may show it itself. */
export function tellBuyers(tx: Transaction, requisition: Requisition, version: number): void {
  askBuyers(tx, requisition, version)
  tellShop(tx, requisition.shop.id, requisitionAwaitsBuyer(requisition))
}
