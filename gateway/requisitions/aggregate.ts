import { sql, type RawBuilder } from 'kysely'
import type { Requisition } from '../../contract/entities'
import type { Company } from '../../domain/company'
import { awaitsDecision } from '../../domain/requisition/states'
import type { RequisitionProgress } from '../database/schema'
import { question, type Question } from '../database/together'
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

/**
 * One requisition, locked where the condition holds, and whether it does; the requisition is null where
 * it does not and when there is none.
 */
export function requisitionLocked(
  id: string,
  condition: RawBuilder<boolean>,
): Question<{ readonly holds: boolean; readonly requisition: LockedRequisition | null }> {
  const row = sql<{ readonly holds: boolean } & Partial<Locked>>`
    select asked.holds, found.* from (select ${condition} as holds) asked
    left join lateral (${locking(sql`r.id = ${id} and asked.holds`)}) found on true`
  return question(row, ([found]) => ({
    holds: found?.holds === true,
    requisition: found?.body ? lockedOf(found as Locked) : null,
  }))
}

/** The requisition made of a shop's document, locked; null when there is none. */
export function documentLocked(
  shopId: string,
  documentId: string,
): Question<LockedRequisition | null> {
  const row = locking(sql`r.shop_id = ${shopId} and r.document_id = ${documentId}`)
  return question(row, ([found]) => (found ? lockedOf(found) : null))
}

/** The requisition `r` that a condition finds, locked; null when there is none. */
export function requisitionWhereLocked(
  is: RawBuilder<unknown>,
): Question<LockedRequisition | null> {
  return question(locking(is), ([found]) => (found ? lockedOf(found) : null))
}

interface Locked {
  readonly body: Requisition
  readonly progress: Partial<RequisitionProgress>
  readonly version: number
  readonly company_status: Company['status']
}

function locking(is: RawBuilder<unknown>): RawBuilder<Locked> {
  return sql<Locked>`
    select r.body, r.progress, r.version, c.status as company_status
    from requisition r join company c on c.id = r.company_id
    where ${is}
    for update of r`
}

function lockedOf(row: Locked): LockedRequisition {
  return { value: requisitionOf(row), version: row.version, companyStatus: row.company_status }
}

/** Write what changes of a locked requisition and put it into the feed. It as it now stands. */
export function saveProgress(
  tx: Transaction,
  before: Requisition,
  change: Partial<RequisitionProgress>,
  version: number,
): Requisition {
  const value = { ...before, ...change }
  const { state, claimedBy, outcome, steps } = value
  const progress = { state, claimedBy, outcome, ...(steps && { steps }) }
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
