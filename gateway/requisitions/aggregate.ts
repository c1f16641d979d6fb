import { sql } from 'kysely'
import type { Requisition } from '../../contract/entities'
import type { Company } from '../../domain/company'
import { awaitsDecision } from '../../domain/requisition/states'
import { writeAtEnd, type Transaction, type WriteGroup } from '../database/transaction'
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
export function saveRequisition(tx: Transaction, value: Requisition, version: number): void {
  writeAtEnd(tx, requisitions, [{ value, version }])
  publish(tx, [{ kind: 'requisition', id: value.id, version, companyId: value.companyId, value }])
}

const requisitions: WriteGroup<{ readonly value: Requisition; readonly version: number }> = {
  statement(saved) {
    const rows = saved.map(({ value, version }) => ({
      id: value.id,
      state: value.state,
      revision: value.revision,
      version,
      finished_at: isFinished(value) ? (value.outcome?.at ?? null) : null,
      net: value.totals.net,
      claimed_by: value.claimedBy?.id ?? null,
      body: value,
    }))
    return sql`
      update requisition set
        state = r.state, revision = r.revision, version = r.version, finished_at = r.finished_at,
        net = r.net, claimed_by = r.claimed_by, body = r.body
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (
        id uuid, state text, revision integer, version integer, finished_at timestamptz,
        net bigint, claimed_by uuid, body jsonb)
      where requisition.id = r.id`
  },
}

function isFinished({ state }: Requisition): boolean {
  return !awaitsDecision(state) && state !== 'approved' && state !== 'returned'
}
