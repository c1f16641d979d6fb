import { sql, type Kysely } from 'kysely'
import type { Database } from '../../../gateway/database/schema'
import type { Running } from './running'
import type { Model } from './state'

/** What the database has of a history, as a comparable text. */
export async function factsOf(
  db: Kysely<Database>,
  { documentId, firstChange, requisitionId, tove, newUserId }: Running,
  isAboutTove: boolean,
): Promise<string> {
  const { rows } = await sql<{ facts: Facts }>`
    with r as (select * from requisition where shop_id = 'shop' and document_id = ${documentId}),
    o as (select o.* from sales_order o join r on o.source_kind = 'requisition' and o.source_id = r.id)
    select jsonb_build_object(
      'requisition', (select jsonb_build_array(state, revision, version,
        (select case when username like 'tove-%' then 'tove' else username end
          from app_user where id = claimed_by),
        (select count(*) from jsonb_array_elements(coalesce(progress->'steps', '[]')) step,
          jsonb_array_elements(step->'approvals'))) from r),
      'revisions', (select coalesce(jsonb_agg(revision order by revision), '[]')
        from requisition_revision where requisition_id in (select id from r)),
      'orders', (select count(*) from o),
      'audited', (select coalesce(jsonb_agg(type || ' ' || version order by seq), '[]') from audit
        where aggregate_id = ${requisitionId} and aggregate_kind = 'requisition'),
      'users', (select coalesce(jsonb_agg(type || ' ' || version order by seq), '[]') from audit
        where aggregate_id = any(${isAboutTove ? [tove.userId, newUserId] : [newUserId]}::text[])
          and type like 'user.%'),
      'told', (select coalesce(jsonb_agg((change->>'type') || ' ' || (change->'data'->>'revision')
        order by xid, id), '[]') from storefront_change
        -- Ids count up with time, so the index spares what earlier histories told.
        where id >= ${firstChange}::uuid and change->'data'->>'id' = ${documentId}),
      'fed', (select version from feed where kind = 'requisition' and id = ${requisitionId}),
      'tove', (select jsonb_build_array(version, status, to_jsonb(roles)) from app_user
        where id = ${tove.userId}::uuid),
      'marks', (select coalesce(jsonb_object_agg(case when u.username like 'tove-%' then 'tove'
          else u.username end, f.value->'revision'), '{}')
        from app_user u join feed f on f.kind = 'read_mark'
          and f.id = u.id::text || ':' || ${requisitionId}
        where u.username in ('karin', 'lars', 'erik', 'agneta', 'adam') or u.id = ${tove.userId}::uuid),
      'commands', (select coalesce(jsonb_agg(id order by id), '[]') from command
        where id = any(${idsOf(documentId)}::uuid[])),
      'events', (select coalesce(jsonb_agg(webhook_id order by webhook_id), '[]')
        from storefront_event where shop_id = 'shop' and webhook_id = any(${idsOf(documentId)}::text[]))
    ) as facts`.execute(db)
  const [row] = rows
  if (!row) throw new Error('There are no facts.')
  return written(isAboutTove ? row.facts : { ...row.facts, tove: null })
}

interface Facts {
  readonly requisition: unknown
  readonly revisions: readonly number[]
  readonly orders: number
  readonly audited: readonly string[]
  readonly users: readonly string[]
  readonly told: readonly string[]
  readonly fed: number | null
  readonly tove: unknown
  readonly marks: Readonly<Record<string, number>>
  readonly commands: readonly string[]
  readonly events: readonly string[]
}

/** The same of a model. */
export function projected(model: Model, isAboutTove: boolean): string {
  const { requisition, tove, happened, told, marks } = model
  const isUsers = (entry: string) => entry.startsWith('user.')
  return written({
    requisition: requisition && [
      requisition.state,
      requisition.revision,
      requisition.version,
      requisition.claimedBy,
      requisition.contents.at(-1) === 'in steps' ? requisition.approvals.length : 0,
    ],
    revisions: requisition?.contents.map((_, at) => at + 1) ?? [],
    orders: requisition?.state === 'ordered' ? 1 : 0,
    audited: happened.filter((entry) => !isUsers(entry)),
    users: happened.filter(isUsers),
    told,
    fed: requisition?.version ?? null,
    tove: isAboutTove ? [tove.version, tove.isActive ? 'active' : 'disabled', tove.roles] : null,
    marks,
    commands: Object.keys(model.commands).sort(),
    events: Object.keys(model.events).sort(),
  })
}

function written(facts: Facts): string {
  const marks = Object.entries(facts.marks).sort(([a], [b]) => (a < b ? -1 : 1))
  // In one order of its own, whoever the facts come from.
  const { requisition, revisions, orders, audited, users, told, fed, tove } = facts
  const { commands, events } = facts
  const history = [requisition, revisions, orders, audited, users, told, fed, tove]
  return JSON.stringify([...history, marks, commands, events])
}

/** Every id a history can have used: its document's, with another end. */
function idsOf(documentId: string): string[] {
  return Array.from({ length: 31 }, (_, at) => `${documentId.slice(0, 34)}${at + 10}`)
}
