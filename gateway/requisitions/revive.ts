import type { Requisition } from '../../contract/entities'
import { untaken } from '../../domain/approval/steps'
import { withWhole } from '../../domain/requisition/split'
import type { Transaction } from '../database/transaction'
import { requisitionReceived } from '../storefront/changes'
import { tellShop } from '../storefront/tell-shop'
import { writable } from '../writable'
import type { LockedRequisition } from './aggregate'
import { writeMade, type Edit } from './edit'

/** Who takes an expired requisition up again, with its content at the prices and by the rules of now. */
export type Revival = Omit<Edit, 'internalComment'>

/**
 * Write the next revision of an expired requisition, which waits as if it had just come in: nothing that
 * was approved, chosen or claimed before it expired counts any more, and time begins anew.
 */
export function writeRevival(
  tx: Transaction,
  locked: LockedRequisition,
  revival: Revival,
): Requisition {
  const before = locked.value
  const { revised, now } = revival
  const { content, intake } = revised
  const { steps: _steps, choices: _choices, reminder: _reminder, ...kept } = before
  const steps = untaken(withWhole(revised.demanded, before.whole))
  const after: Requisition = {
    ...kept,
    ...content,
    revision: before.revision + 1,
    state: 'submitted',
    claimedBy: null,
    outcome: null,
    reasons: writable(intake.reasons),
    ...(steps.length > 0 && { steps: writable(steps) }),
    revisedAt: now.toISOString(),
  }
  tellShop(tx, after.shop.id, requisitionReceived(after))
  writeMade(tx, locked, after, revival, 'requisition.revived')
  return after
}
