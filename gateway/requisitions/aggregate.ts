import { sql, type RawBuilder } from 'kysely'
import type { Requisition } from '../../contract/entities'
import type { Role } from '../../domain/access/roles'
import type { Company } from '../../domain/company'
import { awaitsDecision, isOpen } from '../../domain/requisition/states'
import type { LiveSession, liveSession } from '../access/signed-in'
import type { RequisitionProgress } from '../database/schema'
import { question, type Question } from '../database/together'
import { writeAtEnd, type Transaction, type WriteGroup } from '../database/transaction'
import { publish } from '../feed/publish'
import type { PriceBuyer } from './load-prices'
import { tellOfBuyers } from './tell-buyers'

/** A requisition with its company; where it was locked, nobody else changes it until the transaction ends. */
export interface LockedRequisition {
  readonly value: Requisition
  readonly version: number
  /** As it is now, not as it was when the requisition came in. */
  readonly company: OrderingCompany
}

/** What there is to know of a company to order for it at its prices. */
export interface OrderingCompany extends Pick<
  Company,
  'id' | 'currency' | 'status' | 'statusReason' | 'creditLimit' | 'exposure'
> {
  readonly buyer: PriceBuyer
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
 * The live session of whoever asks, and the requisition, locked where one of their roles is among
 * `roles`: who may not decide does not wait for the lock, and leaves no trace of it. Either is null
 * when there is none.
 */
export function requisitionLockedFor(
  session: ReturnType<typeof liveSession>,
  roles: readonly Role[],
  id: string,
): Question<{
  readonly session: LiveSession | null
  readonly requisition: LockedRequisition | null
}> {
  const may = sql`r.id = ${id} and asking.roles && ${roles}::text[]`
  const row = sql<LiveSession & Partial<Locked>>`
    select asking.*, found.* from ${session} asking
    left join lateral (${locking(may)}) found on true`
  return question(row, ([found]) => ({
    session: found ?? null,
    requisition: found?.body ? lockedOf(found as Locked) : null,
  }))
}

/** One requisition, locked; null when there is none. */
export function requisitionLocked(id: string): Question<LockedRequisition | null> {
  return requisitionWhereLocked(sql`r.id = ${id}`)
}

/** The requisition made of a shop's document, locked; null when there is none. */
export function documentLocked(
  shopId: string,
  documentId: string,
): Question<LockedRequisition | null> {
  const row = locking(sql`r.shop_id = ${shopId} and r.document_id = ${documentId}`)
  return question(row, ([found]) => (found ? lockedOf(found) : null))
}

/** The requisition made of a shop's document, as it is now and with no lock on it. */
export function documentNow(
  shopId: string,
  documentId: string,
): Question<LockedRequisition | null> {
  const row = reading(sql`r.shop_id = ${shopId} and r.document_id = ${documentId}`)
  return question(row, ([found]) => (found ? lockedOf(found) : null))
}

/** One requisition with its company, as it is now and with no lock on it; null when there is none. */
export function requisitionWithCompany(id: string): Question<LockedRequisition | null> {
  return question(reading(sql`r.id = ${id}`), ([found]) => (found ? lockedOf(found) : null))
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
  readonly company_id: string
  readonly company_status: Company['status']
  readonly status_reason: string | null
  readonly currency: string
  readonly credit_limit: number | null
  readonly exposure: number
  readonly customer_group_id: string
  readonly price_list_id: string | null
  readonly group_price_list_id: string | null
}

function reading(is: RawBuilder<unknown>): RawBuilder<Locked> {
  return sql<Locked>`
    select r.body, r.progress, r.version, c.id as company_id, c.status as company_status, c.status_reason, c.currency,
      c.credit_limit, c.exposure, c.customer_group_id, c.price_list_id,
      g.price_list_id as group_price_list_id
    from requisition r
    join company c on c.id = r.company_id
    join customer_group g on g.id = c.customer_group_id
    where ${is}`
}

function locking(is: RawBuilder<unknown>): RawBuilder<Locked> {
  return sql<Locked>`${reading(is)} for update of r`
}

function lockedOf(row: Locked): LockedRequisition {
  const { company_id: id, currency, company_status: status, exposure } = row
  const buyer = {
    id,
    customerGroupId: row.customer_group_id,
    priceListId: row.price_list_id,
    groupPriceListId: row.group_price_list_id,
    currency,
  }
  return {
    value: requisitionOf(row),
    version: row.version,
    company: {
      id,
      currency,
      status,
      statusReason: row.status_reason,
      creditLimit: row.credit_limit,
      exposure,
      buyer,
    },
  }
}

/**
 * Write what changes of a locked requisition and put it into the feed. It as it now stands.
 *
 * @param lookAt when time next has to do with it; left out, it is found out soon
 */
export function saveProgress(
  tx: Transaction,
  before: Requisition,
  change: Partial<RequisitionProgress>,
  version: number,
  lookAt?: string | null,
): Requisition {
  const value = { ...before, ...change }
  const { state, claimedBy, outcome, steps, choices, reminder, attachments } = value
  const progress = {
    state,
    claimedBy,
    outcome,
    ...(steps && { steps }),
    ...(choices && { choices }),
    ...(reminder && { reminder }),
    ...(attachments && { attachments }),
  }
  writeAtEnd(tx, requisitions, [{ id: value.id, progress, version, lookAt }])
  tellOfBuyers(tx, before, value, version)
  publish(tx, [{ kind: 'requisition', id: value.id, version, companyId: value.companyId, value }])
  return value
}

const requisitions: WriteGroup<{
  readonly id: string
  readonly progress: RequisitionProgress
  readonly version: number
  readonly lookAt: string | null | undefined
}> = {
  statement(saved) {
    const rows = saved.map(({ id, progress, version, lookAt }) => ({
      id,
      state: progress.state,
      version,
      finished_at: isFinished(progress) ? (progress.outcome?.at ?? null) : null,
      claimed_by: progress.claimedBy?.id ?? null,
      progress,
      looks_soon: lookAt === undefined && isOpen(progress.state),
      look_at: lookAt ?? null,
    }))
    return sql`
      update requisition set
        state = r.state, version = r.version, finished_at = r.finished_at,
        claimed_by = r.claimed_by, progress = r.progress,
        look_at = case when r.looks_soon then now() else r.look_at end
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (
        id uuid, state text, version integer, finished_at timestamptz, claimed_by uuid,
        progress jsonb, looks_soon boolean, look_at timestamptz)
      where requisition.id = r.id`
  },
}

function isFinished({ state }: RequisitionProgress): boolean {
  return !awaitsDecision(state) && state !== 'approved' && state !== 'returned'
}
