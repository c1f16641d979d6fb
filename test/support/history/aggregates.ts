import { sql, type Kysely } from 'kysely'
import type { Database } from '../../../gateway/database/schema'

export interface Entry {
  readonly type: string
  readonly version: number
  readonly data: Readonly<Record<string, unknown>>
}

/** The audit's entries of each aggregate of a kind, as they were written. */
export async function entriesOf(
  db: Kysely<Database>,
  kind: string,
): Promise<ReadonlyMap<string, readonly Entry[]>> {
  const rows = await db
    .selectFrom('audit')
    .select(['aggregate_id', 'type', 'version', 'data'])
    .where('aggregate_kind', '=', kind)
    .orderBy('seq')
    .execute()
  const entries = new Map<string, Entry[]>()
  for (const { aggregate_id: id, ...entry } of rows) {
    const known = entries.get(id)
    if (known) known.push(entry)
    else entries.set(id, [entry])
  }
  return entries
}

/** Versions of every aggregate and its audit count 1, 2, 3 … to what the tables and the feed hold. */
export async function checkAggregates(db: Kysely<Database>): Promise<string[]> {
  const wrong: string[] = []
  for (const [kind, table] of [
    ['requisition', 'requisition'],
    ['order', 'sales_order'],
    ['user', 'app_user'],
  ] as const) {
    const rows = await db.selectFrom(table).select(['id', 'version']).execute()
    const entries = await entriesOf(db, kind)
    for (const { id, version } of rows) {
      const versions = (entries.get(id) ?? [])
        // Signing in and out changes nothing of a user.
        .filter(({ type }) => !type.startsWith('session.'))
        // What time does at once is one change, and told one by one.
        .filter((entry, at, all) => !isNudge(entry) || entry.version !== all[at - 1]?.version)
        .map((entry) => entry.version)
      // A user added by hand has no entry of its first version.
      const first = kind === 'user' && versions[0] !== 1 ? 2 : 1
      const wanted = Array.from({ length: version - first + 1 }, (_, at) => first + at)
      if (versions.join() !== wanted.join())
        wrong.push(`${kind} ${id} is at ${version}, its audit has ${versions.join(', ')}`)
    }
    const known = new Set(rows.map(({ id }) => id))
    for (const id of entries.keys())
      if (!known.has(id)) wrong.push(`the audit has a ${kind} ${id} that is not there`)
  }
  wrong.push(...(await checkStates(db)), ...(await checkFeed(db)))
  return wrong
}

const nudges: ReadonlySet<string> = new Set([
  'requisition.released',
  'requisition.reminded',
  'requisition.escalated',
])

/** Time has let go of a claim, reminded or escalated, which changes no state. */
function isNudge({ type, data }: Pick<Entry, 'type' | 'data'>): boolean {
  return nudges.has(type) && data['to'] === undefined
}

/** Each step of a requisition begins where the one before ended, and the last ends where it stands. */
async function checkStates(db: Kysely<Database>): Promise<string[]> {
  const wrong: string[] = []
  const rows = await db.selectFrom('requisition').select(['id', 'state', 'revision']).execute()
  const entries = await entriesOf(db, 'requisition')
  const revisions = await db
    .selectFrom('requisition_revision')
    .select(['requisition_id', 'revision'])
    .orderBy('revision')
    .execute()
  const kept = new Map<string, number[]>()
  for (const { requisition_id: id, revision } of revisions)
    kept.set(id, [...(kept.get(id) ?? []), revision])
  for (const { id, state, revision } of rows) {
    let at: string | null = null
    for (const { type, version, data } of entries.get(id) ?? []) {
      if (isNudge({ type, data })) continue
      const { from = null, to } = data as { from?: string | null; to: string }
      if (from !== at)
        wrong.push(`requisition ${id}: ${type} ${version} began at ${from}, not ${at}`)
      at = to
    }
    if (at !== state) wrong.push(`requisition ${id} is ${state}, by its audit it is ${at}`)
    const wanted = Array.from({ length: revision }, (_, index) => index + 1)
    if ((kept.get(id) ?? []).join() !== wanted.join())
      wrong.push(`requisition ${id} is at revision ${revision}, kept are ${kept.get(id)?.join()}`)
  }
  return wrong
}

/** What the feed tells is what the tables hold. */
async function checkFeed(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<{ kind: string; id: string; told: string; held: string }>`
    select kind, id, f.version || ' ' || f.value as told, held.version || ' ' || held.body as held from (
      select 'requisition' as kind, r.id::text, r.version, r.body || r.progress as body from requisition r
      union all select 'order', o.id::text, o.version, o.body from sales_order o
    ) held full join (select * from feed where kind in ('requisition', 'order')) f using (kind, id)
    where held.version is distinct from f.version or held.body is distinct from f.value::jsonb
    union all
    select 'user', u.id::text, f.version::text, u.version::text from app_user u left join feed f on f.kind = 'user' and f.id = u.id::text
    where f.version is distinct from u.version`.execute(db)
  return rows.map(
    ({ kind, id, told, held }) =>
      `the feed tells another ${kind} ${id} than the tables hold: ${told}, not ${held}`,
  )
}
