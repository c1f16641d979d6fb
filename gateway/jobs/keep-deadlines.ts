import { sql } from 'kysely'
import type { AuditType } from '../../contract/audit'
import type { Requisition } from '../../contract/entities'
import { dueNow, type DueNow } from '../../domain/approval/deadlines'
import { stepsOf, wantedNow } from '../../domain/approval/steps'
import { record } from '../audit/record'
import { ask } from '../database/together'
import {
  inTransaction,
  writeAtEnd,
  type Transaction,
  type WriteGroup,
} from '../database/transaction'
import type { RequisitionProgress } from '../database/schema'
import type { GatewayContext } from '../gateway-context'
import { askBuyers } from '../mail/tell-customer'
import { requisitionOf, saveProgress } from '../requisitions/aggregate'
import { awaitsBuyer } from '../requisitions/tell-buyers'
import { sellerNow, type SellerNow } from '../seller/load'
import { requisitionExpired } from '../storefront/changes'
import { tellShop } from '../storefront/tell-shop'
import { writable } from '../writable'

const actor = { kind: 'system', name: 'Kontor' } as const
const origin = { via: 'gateway', task: 'deadlines' } as const
const atOnce = 100

/**
 * Do what time has brought: let claims go, remind, escalate, and let expire what nobody has finished, by
 * the database's clock. A requisition that somebody is deciding on at this moment is left for the next
 * time; what it has come to by then is what counts.
 */
export async function keepDeadlines({
  db,
  wake,
}: Pick<GatewayContext, 'db' | 'wake'>): Promise<void> {
  for (;;) {
    const looked = await inTransaction(db, (tx) => lookAtSome(tx))
    if (looked > 0) wake()
    if (looked < atOnce) return
  }
}

interface Waiting {
  readonly body: Requisition
  readonly progress: Partial<RequisitionProgress>
  readonly version: number
}

/** How many were looked at. */
async function lookAtSome(tx: Transaction): Promise<number> {
  const { rows } = await sql<Waiting & { readonly now: Date }>`
    select body, progress, version, now() as now from requisition
    where look_at <= now()
    order by look_at limit ${sql.lit(atOnce)}
    for update skip locked`.execute(tx)
  // Read when no others can be set for these any more without their being looked at again.
  const seller = await ask(tx, sellerNow(tx))
  for (const row of rows) lookAt(tx, row, seller, row.now)
  return rows.length
}

function lookAt(tx: Transaction, row: Waiting, seller: SellerNow, now: Date): void {
  const requisition = requisitionOf(row)
  const { timeZone, deadlines } = seller
  const calendar = { holidays: new Set(seller.holidays) }
  const time = { now: now.toISOString(), timeZone, calendar }
  const { due, next } = dueNow(requisition, deadlines, time)
  if (due === null) writeAtEnd(tx, looked, [{ id: requisition.id, next }])
  else carryOut(tx, requisition, row.version + 1, due, { at: time.now, next })
}

function carryOut(
  tx: Transaction,
  before: Requisition,
  version: number,
  due: DueNow,
  { at, next }: { readonly at: string; readonly next: string | null },
): void {
  const tell = (type: AuditType, data: Readonly<Record<string, unknown>>) =>
    record(tx, [
      {
        type,
        actor,
        aggregateKind: 'requisition',
        aggregateId: before.id,
        version,
        data: { ...data, revision: before.revision },
        origin,
      },
    ])
  if (due.kind === 'expire') {
    const outcome = { kind: 'expired', by: actor, at } as const
    const expired = saveProgress(
      tx,
      before,
      { state: 'expired', claimedBy: null, outcome },
      version,
    )
    tellShop(tx, before.shop.id, requisitionExpired(expired, outcome))
    tell('requisition.expired', { from: before.state, to: 'expired' })
    return
  }
  const { release, remind, escalated } = due
  const change: Partial<RequisitionProgress> = {
    ...(release && { claimedBy: null }),
    ...(remind && { reminder: { at, by: null } }),
    ...(escalated && { steps: writable(escalated) }),
  }
  saveProgress(tx, before, change, version, next)
  if (release) tell('requisition.released', { before: before.claimedBy })
  if (remind && awaitsBuyer(before)) askBuyers(tx, before, version)
  if (remind) tell('requisition.reminded', { waitsFor: wantedNow(stepsOf(before)) })
  if (escalated) tell('requisition.escalated', { waitsFor: wantedNow(stepsOf(before)) })
}

/** Nothing was due: only when to look again is written, and nobody is told. */
const looked: WriteGroup<{ readonly id: string; readonly next: string | null }> = {
  statement: (rows) => sql`
    update requisition set look_at = r.next
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, next timestamptz)
    where requisition.id = r.id`,
}
