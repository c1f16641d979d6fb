import { sql } from 'kysely'
import type { Requisition } from '../../contract/entities'
import type { Company } from '../../domain/company'
import { awaitsDecision } from '../../domain/requisition/states'
import type { RequisitionProgress } from '../database/schema'
import { writeAtEnd, type Transaction, type WriteGroup } from '../database/transaction'
import { publish } from '../feed/publish'

/** A requisition that nobody else can change until the transaction ends. */
export interface LockedRequisition {
  readonly value: Requisition
  readonly version: number
  /** As it is now, not as it was when the requisition came in. */
  readonly companyStatus: Company['status']
}

/** A requisition as it stands, of its two columns. */
export function requisitionOf(row: {
  readonly body: Requisition
  /** Empty until something has come of the revision. */
  readonly progress: Partial<RequisitionProgress>
}): Requisition {
  return { ...row.body, ...row.progress }
}

/** Load and lock one requisition; null when there is none. */
export async function lockRequisition(
  tx: Transaction,
  id: string,
): Promise<LockedRequisition | null> {
  const row = await tx
    .selectFrom('requisition')
    .innerJoin('company', 'company.id', 'requisition.company_id')
    .select(['requisition.body', 'requisition.progress', 'requisition.version'])
    .select('company.status as company_status')
    .where('requisition.id', '=', id)
    .forUpdate('requisition')
    .executeTakeFirst()
  return row
    ? { value: requisitionOf(row), version: row.version, companyStatus: row.company_status }
    : null
}

/** Write what has come of a locked requisition and put it into the feed. It as it now stands. */
export function saveProgress(
  tx: Transaction,
  before: Requisition,
  progress: RequisitionProgress,
  version: number,
): Requisition {
  const value = { ...before, ...progress }
  writeAtEnd(tx, requisitions, [{ id: value.id, progress, version }])
  publish(tx, [{ kind: 'requisition', id: value.id, version, companyId: value.companyId, value }])
  return value
}

const requisitions: WriteGroup<{
  readonly id: string
  readonly progress: RequisitionProgress
  readonly version: number
}> = {
  statement(saved) {
    const rows = saved.map(({ id, progress, version }) => ({
      id,
      state: progress.state,
      version,
      finished_at: isFinished(progress) ? (progress.outcome?.at ?? null) : null,
      claimed_by: progress.claimedBy?.id ?? null,
      progress,
    }))
    return sql`
      update requisition set
        state = r.state, version = r.version, finished_at = r.finished_at,
        claimed_by = r.claimed_by, progress = r.progress
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (
        id uuid, state text, version integer, finished_at timestamptz, claimed_by uuid,
        progress jsonb)
      where requisition.id = r.id`
  },
}

function isFinished({ state }: RequisitionProgress): boolean {
  return !awaitsDecision(state) && state !== 'approved' && state !== 'returned'
}
