import type { Requisition } from '../../contract/entities'
import type { Company } from '../../domain/company'
import { awaitsDecision } from '../../domain/requisition/states'
import type { Transaction } from '../database/transaction'
import { publish } from '../feed/publish'

/** A requisition that nobody else can change until the transaction ends. */
export interface LockedRequisition {
  readonly value: Requisition
  readonly version: number
  /** As it is now, not as it was when the requisition came in. */
  readonly companyStatus: Company['status']
}

/** Load and lock one requisition; null when there is none. */
export async function lockRequisition(
  tx: Transaction,
  id: string,
): Promise<LockedRequisition | null> {
  const row = await tx
    .selectFrom('requisition')
    .innerJoin('company', 'company.id', 'requisition.company_id')
    .select(['requisition.body', 'requisition.version', 'company.status as company_status'])
    .where('requisition.id', '=', id)
    .forUpdate('requisition')
    .executeTakeFirst()
  return row ? { value: row.body, version: row.version, companyStatus: row.company_status } : null
}

/** Write a locked requisition's new value and put it into the feed. */
export async function saveRequisition(
  tx: Transaction,
  value: Requisition,
  version: number,
): Promise<void> {
  const finished =
    !awaitsDecision(value.state) && value.state !== 'approved' && value.state !== 'returned'
  await tx
    .updateTable('requisition')
    .set({
      state: value.state,
      revision: value.revision,
      version,
      finished_at: finished ? (value.outcome?.at ?? null) : null,
      net: value.totals.net,
      claimed_by: value.claimedBy?.id ?? null,
      body: JSON.stringify(value),
    })
    .where('id', '=', value.id)
    .execute()
  await publish(tx, [
    { kind: 'requisition', id: value.id, version, companyId: value.companyId, value },
  ])
}
