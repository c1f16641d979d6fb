import { sql } from 'kysely'
import type { ApprovalStep } from '../../../domain/approval/steps'
import type { ModelHouse } from './house'
import type { Running } from './running'
import { netOf, secondNet } from './said'
import { currentOf, type Model, type StepTaken } from './state'

/** What the database has of a history, as a comparable text. */
export async function factsOf(
  house: Pick<ModelHouse, 'nodes' | 'users'>,
  { documentId, firstChange, requisitionId, tove, newUserId }: Running,
  isAboutTove: boolean,
): Promise<string> {
  const { rows } = await sql<{ facts: RawFacts }>`
    with r as (select * from requisition where shop_id = 'shop' and document_id = ${documentId}),
    o as (select o.* from sales_order o join r on o.source_kind = 'requisition' and o.source_id = r.id)
    select jsonb_build_object(
      'requisition', (select jsonb_build_array(state, revision, version,
        (select case when username like 'tove-%' then 'tove' else username end
          from app_user where id = claimed_by), net) from r),
      'steps', (select coalesce((body || progress)->'steps', '[]') from r),
      'authors', (select jsonb_path_query_array(body, '$.editedBy[*].id') from r),
      'revisions', (select coalesce(jsonb_agg(revision order by revision), '[]')
        from requisition_revision where requisition_id in (select id from r)),
      'orders', (select count(*) from o),
      -- What was split off, and whether a rule asks there; the second line and nothing else.
      'rests', (select coalesce(jsonb_agg(p.body->'steps' is not null order by p.number), '[]')
        from requisition p where p.body->'restOf'->>'id' = (select id::text from r)
          and p.net = ${secondNet} and jsonb_path_query_array(p.body, '$.lines[*].id') = '["2"]'),
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
    ) as facts`.execute(house.nodes[0].db)
  const [row] = rows
  if (!row) throw new Error('There are no facts.')
  const { facts } = row
  const names = new Map(Object.entries(house.users).map(([name, { userId }]) => [userId, name]))
  const nameOf = (id: string) => names.get(id) ?? 'tove'
  return written({
    ...facts,
    steps: facts.steps?.map((step) => stepTold(step, nameOf)) ?? [],
    authors: facts.authors?.map(nameOf) ?? [],
    tove: isAboutTove ? facts.tove : null,
  })
}

/** As the model has it: nothing it knows of lets anybody take another's place, or a step want two. */
function stepTold(
  { by, because, approvals, skipped }: ApprovalStep,
  nameOf: (id: string) => string,
) {
  const taker = { users: 'first', approvers: 'approver', deciders: 'anybody', buyer: 'buyer' }[
    by.kind
  ]
  const given = approvals.map((one) => {
    const within = one.withinLimit ? 'within' : 'beyond'
    return `${taker === 'buyer' ? one.by.id : nameOf(one.by.id)} ${within}${one.for ? ' for another' : ''}`
  })
  const grounds = because.length > 0 ? 'demanded' : 'added'
  return [taker, grounds, ...given, ...(skipped ? ['skipped'] : [])].join(' ')
}

function stepForetold({ by, approval, skipped }: StepTaken): string {
  const grounds = by === 'anybody' ? 'added' : 'demanded'
  const given = approval && `${approval.by} ${approval.isWithinLimit ? 'within' : 'beyond'}`
  return [by, grounds, ...(given ? [given] : []), ...(skipped ? ['skipped'] : [])].join(' ')
}

/** As the database has them. */
interface RawFacts extends Omit<Facts, 'steps' | 'authors'> {
  readonly steps: readonly ApprovalStep[] | null
  readonly authors: readonly string[] | null
}

interface Facts {
  readonly requisition: unknown
  readonly steps: readonly string[]
  readonly authors: readonly string[]
  readonly revisions: readonly number[]
  readonly orders: number
  readonly rests: readonly boolean[]
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
      requisition.revisions.length,
      requisition.version,
      requisition.claimedBy,
      netOf(currentOf(requisition)),
    ],
    steps: requisition?.steps.map(stepForetold) ?? [],
    authors: requisition?.authors ?? [],
    revisions: requisition?.revisions.map((_, at) => at + 1) ?? [],
    orders: requisition?.state === 'ordered' ? 1 : 0,
    rests: requisition?.rests.map(({ isAsked }) => isAsked) ?? [],
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
  const { requisition, steps, authors, revisions, orders, audited, users, told, fed, tove } = facts
  const { rests, commands, events } = facts
  const lines = [requisition, steps, authors, revisions, orders, rests]
  const history = [...lines, audited, users, told, fed, tove]
  return JSON.stringify([...history, marks, commands, events])
}

/** Every id a history can have used: its document's, with another end. */
function idsOf(documentId: string): string[] {
  return Array.from({ length: 31 }, (_, at) => `${documentId.slice(0, 34)}${at + 10}`)
}
