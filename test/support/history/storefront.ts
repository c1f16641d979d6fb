import { sql, type Kysely } from 'kysely'
import type { ApprovalStep } from '../../../domain/approval/steps'
import type { Database } from '../../../gateway/database/schema'
import { entriesOf, type Entry } from './aggregates'
import { isPassing, type History } from './history'
import { idTold } from '../told'

/** What a step of a requisition is told the shop as. */
const toldAs: Readonly<Record<string, string>> = {
  'requisition.submitted': 'requisition.received',
  'requisition.accepted': 'requisition.received',
  'requisition.revived': 'requisition.received',
  'requisition.split': 'requisition.split',
  'requisition.approved': 'requisition.ordered',
  'requisition.rejected': 'requisition.rejected',
  'requisition.returned': 'requisition.returned',
  'requisition.withdrawn': 'requisition.withdrawn',
  'requisition.expired': 'requisition.expired',
}

/** Every acknowledged event is there, and the shop was told each thing that happened exactly once. */
export async function checkStorefront(
  db: Kysely<Database>,
  history: History,
  shopId: string,
): Promise<string[]> {
  return [...(await checkEvents(db, history, shopId)), ...(await checkTold(db, history, shopId))]
}

async function checkEvents(
  db: Kysely<Database>,
  history: History,
  shopId: string,
): Promise<string[]> {
  const wrong: string[] = []
  const rows = await db
    .selectFrom('storefront_event')
    .select(['webhook_id', 'receipt'])
    .where('shop_id', '=', shopId)
    .execute()
  const receipts = new Map(rows.map(({ webhook_id, receipt }) => [webhook_id, receipt]))
  const documents = await db
    .selectFrom('requisition')
    .select(['id', 'number', 'document_id', 'revision'])
    .where('shop_id', '=', shopId)
    .execute()
  const byDocument = new Map(documents.map((row) => [row.document_id, row]))
  for (const { webhookId, event, answers } of history.events.values()) {
    const kept = receipts.get(webhookId)
    const done = answers.filter((answer) => answer.ok)
    // What was refused may well be received later; what was received is never refused again.
    const first = answers.findIndex(({ ok }) => ok)
    const after = first < 0 ? [] : answers.slice(first)
    if (after.some((answer) => !answer.ok && !isPassing(answer.code)))
      wrong.push(`event ${webhookId} was received, then refused: ${JSON.stringify(answers)}`)
    for (const { receipt } of done) {
      const document = byDocument.get(event.data.id)
      if (!kept) wrong.push(`event ${webhookId} was acknowledged and is not there`)
      else if (!('requisition' in kept) || kept.requisition.id !== receipt.requisition.id)
        wrong.push(`event ${webhookId} was told of another requisition than is kept`)
      if (document?.number !== receipt.requisition.number)
        wrong.push(`event ${webhookId}: ${event.data.id} is not ${receipt.requisition.number}`)
      else if (document.revision < receipt.requisition.revision)
        wrong.push(`event ${webhookId}: ${event.data.id} has fallen back to ${document.revision}`)
    }
  }
  for (const id of receipts.keys())
    if (!history.events.has(id)) wrong.push(`event ${id} was sent by nobody`)
  return wrong
}

async function checkTold(
  db: Kysely<Database>,
  history: History,
  shopId: string,
): Promise<string[]> {
  const wrong: string[] = []
  const rows = await db
    .selectFrom('storefront_change')
    .select('id')
    .where('shop_id', '=', shopId)
    .orderBy('xid')
    .orderBy('id')
    .execute()
  const told = history.told.map(({ id }) => id)
  const once = new Set(told)
  if (told.length !== once.size) wrong.push('the shop was told a change more than once')
  const missed = rows.filter(({ id }) => !once.has(id)).length
  if (missed > 0) wrong.push(`the shop was not told ${missed} changes`)
  else if (told.join() !== rows.map(({ id }) => id).join())
    wrong.push('the shop was told in another order than the feed has')

  const ofDocument = new Map<string, string[]>()
  for (const { change } of history.told) {
    const id = idTold(change)
    if (id === null) continue
    const steps = ofDocument.get(id) ?? []
    ofDocument.set(id, steps)
    if ('revision' in change.data) steps.push(`${change.type} ${change.data.revision}`)
  }
  const entries = await entriesOf(db, 'requisition')
  const steps = await stepsOfRevisions(db)
  const requisitions = await db
    .selectFrom('requisition')
    .select(['id', 'document_id'])
    .where('shop_id', '=', shopId)
    .execute()
  for (const { id, document_id } of requisitions) {
    const happened = toldOf(entries.get(id) ?? [], steps.get(id) ?? [])
    const heard = ofDocument.get(document_id) ?? []
    if (heard.join() !== happened.join())
      wrong.push(`of ${document_id} the shop heard ${heard.join()}; it was ${happened.join()}`)
  }
  return wrong
}

/** The steps that each revision of each requisition was made with. */
async function stepsOfRevisions(
  db: Kysely<Database>,
): Promise<ReadonlyMap<string, readonly (readonly ApprovalStep[])[]>> {
  const { rows } = await sql<{ id: string; steps: ApprovalStep[][] }>`
    select requisition_id as id,
      jsonb_agg(coalesce(body->'steps', '[]') order by revision) as steps
    from requisition_revision group by requisition_id`.execute(db)
  return new Map(rows.map(({ id, steps }) => [id, steps]))
}

/** What a shop is to be told of a requisition, by what the audit says of it. */
function toldOf(
  entries: readonly Entry[],
  revisions: readonly (readonly ApprovalStep[])[],
): readonly string[] {
  const told: string[] = []
  let [steps, asked]: [readonly ApprovalStep[], number | null] = [[], null]
  let known = 0
  for (const { type, data } of entries) {
    const [to, revision] = [data['to'], Number(data['revision'])]
    // Time has nudged it.
    if (typeof to !== 'string') continue
    const as = type === 'requisition.split' && !data['from'] ? undefined : toldAs[type]
    if (as !== undefined) told.push(`${as} ${revision}`)
    if (revision > known) steps = revisions[revision - 1] ?? []
    known = revision
    steps = (data['steps'] as readonly ApprovalStep[] | undefined) ?? steps
    const isOpen = to === 'submitted' || to === 'in_review'
    const now = isOpen && isBuyersTurn(steps) ? revision : null
    if (now !== null && now !== asked) told.push(`requisition.awaits_buyer ${revision}`)
    if (now === null && asked !== null && isOpen)
      told.push(`requisition.awaits_no_buyer ${revision}`)
    asked = now
  }
  return told
}

/** Of the tiers that somebody is still to take a step of, the customer's own are in the lowest. */
function isBuyersTurn(steps: readonly ApprovalStep[]): boolean {
  const open = steps.filter(({ approvals, skipped }) => approvals.length === 0 && !skipped)
  const lowest = Math.min(...open.map(({ tier }) => tier))
  return open.some(({ tier, by }) => tier === lowest && by.kind === 'buyer')
}
