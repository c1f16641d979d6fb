import { sql, type RawBuilder } from 'kysely'
import type { z } from '../../contract/zod'
import {
  keyFieldsOf,
  masterDataSchemas,
  type MasterDataKind,
  type MasterDataResult,
  type MasterDataRow,
  type MasterDataRowError,
} from '../../contract/master-data'
import { record, type Origin } from '../audit/record'
import { inTransaction, sqlState, type Transaction } from '../database/transaction'
import { calendarDateSchema, keySchema, type Actor } from '../../contract/primitives'
import type { GatewayContext } from '../gateway-context'
import { jsonPointer } from '../http/json-pointer'
import { chunksOf } from './chunks'
import type { KindMapping } from './kind-mapping'
import { deletionKey, kindMappings } from './kinds'
import { republish, type Touched } from './touched'

/** A row that passed its schema, or the wish to delete one. */
interface Candidate {
  readonly index: number
  readonly key: string
  readonly columns: Readonly<Record<string, unknown>>
  readonly deleted: boolean
  /** Field → key it points at. */
  readonly pointsAt: Readonly<Record<string, string>>
}

interface Tally {
  created: number
  updated: number
  unchanged: number
  deleted: number
  readonly errors: MasterDataRowError[]
}

/**
 * Create or update rows of one kind; `{ …key, deleted: true }` deletes. The same rows again change
 * nothing and make no new versions. A row that cannot be taken is reported with its place and reason
 * and the others are taken: `created + updated + unchanged + deleted + failed` is always `received`.
 */
export async function upsertMasterData(
  context: GatewayContext,
  kind: MasterDataKind,
  rows: readonly unknown[],
  by: { readonly actor: Actor; readonly origin: Origin },
): Promise<MasterDataResult> {
  const tally: Tally = { created: 0, updated: 0, unchanged: 0, deleted: 0, errors: [] }
  const candidates = parseRows(kind, rows, tally.errors)
  for (const chunk of await chunksOf(context.db, kind, candidates)) {
    const done = await inTransaction(context.db, (tx) => writeChunk(tx, kind, chunk, by))
    tally.created += done.created
    tally.updated += done.updated
    tally.unchanged += done.unchanged
    tally.deleted += done.deleted
    tally.errors.push(...done.errors)
    context.wake()
  }
  tally.errors.sort((a, b) => a.index - b.index)
  return {
    kind,
    received: rows.length,
    failed: new Set(tally.errors.map(({ index }) => index)).size,
    ...tally,
  }
}

function parseRows(
  kind: MasterDataKind,
  rows: readonly unknown[],
  errors: MasterDataRowError[],
): readonly Candidate[] {
  const schema: z.ZodType = masterDataSchemas[kind]
  const mapping = kindMappings[kind] as KindMapping<MasterDataKind>
  const seen = new Map<string, number>()
  const candidates: Candidate[] = []
  for (const [index, input] of rows.entries()) {
    const candidate = isDeletion(input)
      ? deletion(kind, index, input, errors)
      : parseRow(index, input)
    if (!candidate) continue
    const first = seen.get(candidate.key)
    if (first !== undefined) {
      errors.push(
        rowError(index, 'duplicate_row', '', `Row ${first} of this batch has the same key.`),
      )
      continue
    }
    seen.set(candidate.key, index)
    candidates.push(candidate)
  }
  return candidates

  function parseRow(index: number, input: unknown): Candidate | null {
    const parsed = schema.safeParse(input)
    if (!parsed.success) {
      for (const issue of parsed.error.issues) {
        errors.push(rowError(index, 'invalid', jsonPointer(issue.path), issue.message))
      }
      return null
    }
    const row = parsed.data as MasterDataRow<MasterDataKind>
    const broken = mapping.check?.(row)
    if (broken) {
      errors.push(rowError(index, 'invalid', broken.pointer, broken.message))
      return null
    }
    const columns = mapping.toColumns(row)
    const fields = row as unknown as Readonly<Record<string, unknown>>
    const pointsAt = Object.fromEntries(
      Object.keys(mapping.references).flatMap((field) => {
        const value = fields[field]
        return typeof value === 'string' ? [[field, value]] : []
      }),
    )
    return { index, key: keyOf(mapping.key, columns), columns, deleted: false, pointsAt }
  }
}

function isDeletion(input: unknown): input is Readonly<Record<string, unknown>> {
  if (input === null || typeof input !== 'object') return false
  const flag = (input as { deleted?: unknown }).deleted
  return flag === true || flag === 'true' || flag === '1'
}

function deletion(
  kind: MasterDataKind,
  index: number,
  input: Readonly<Record<string, unknown>>,
  errors: MasterDataRowError[],
): Candidate | null {
  for (const field of keyFieldsOf(kind)) {
    const schema = field === 'date' ? calendarDateSchema : keySchema
    if (!schema.safeParse(input[field]).success) {
      errors.push(
        rowError(index, 'invalid', `/${field}`, 'a deletion names the key of what is to go'),
      )
      return null
    }
  }
  const columns = deletionKey(kind, input)
  return {
    index,
    key: keyOf(kindMappings[kind].key, columns),
    columns,
    deleted: true,
    pointsAt: {},
  }
}

async function writeChunk(
  tx: Transaction,
  kind: MasterDataKind,
  chunk: readonly Candidate[],
  by: { readonly actor: Actor; readonly origin: Origin },
): Promise<Tally> {
  const mapping = kindMappings[kind] as KindMapping<MasterDataKind>
  const tally: Tally = { created: 0, updated: 0, unchanged: 0, deleted: 0, errors: [] }
  // One batch at a time: a stock block is rebuilt from its parts, and two at once would each miss
  // what the other is about to commit.
  await sql`select pg_advisory_xact_lock(hashtext('kontor master data'))`.execute(tx)

  const present = await withReferences(tx, mapping, chunk, tally.errors)
  const touched: Touched[] = []
  const upserts = present.filter(({ deleted }) => !deleted)
  if (upserts.length > 0) {
    for (const row of await upsertRows(tx, mapping, upserts)) {
      tally[row.created ? 'created' : 'updated'] += 1
      touched.push({ before: row.before, after: row.after })
    }
    tally.unchanged += upserts.length - touched.length
  }
  for (const candidate of present.filter(({ deleted }) => deleted)) {
    const outcome = await deleteRow(tx, mapping, candidate)
    if (outcome.kind === 'referenced') {
      tally.errors.push(
        rowError(
          candidate.index,
          'still_referenced',
          '',
          'Others point at it. Set its status instead, or delete them first.',
        ),
      )
    } else if (outcome.kind === 'absent') tally.unchanged += 1
    else {
      tally.deleted += 1
      touched.push({ before: outcome.before, after: null })
    }
  }
  if (touched.length > 0) {
    await republish(tx, kind, touched)
    record(tx, [
      {
        type: 'master_data.upserted',
        actor: by.actor,
        aggregateKind: 'master_data',
        aggregateId: kind,
        version: 0,
        data: { created: tally.created, updated: tally.updated, deleted: tally.deleted },
        origin: by.origin,
      },
    ])
  }
  return tally
}

/** The candidates whose references all exist; the others are reported. */
async function withReferences(
  tx: Transaction,
  mapping: KindMapping<MasterDataKind>,
  chunk: readonly Candidate[],
  errors: MasterDataRowError[],
): Promise<readonly Candidate[]> {
  const missing = new Set<number>()
  for (const [field, table] of Object.entries(mapping.references)) {
    const wanted = new Set(chunk.flatMap(({ pointsAt }) => pointsAt[field] ?? []))
    if (wanted.size === 0) continue
    const { rows } = await sql<{ id: string }>`
      select id from ${sql.table(table)} where id = any(${[...wanted]}::text[])`.execute(tx)
    const found = new Set(rows.map(({ id }) => id))
    for (const { index, pointsAt } of chunk) {
      const key = pointsAt[field]
      if (key === undefined || found.has(key)) continue
      missing.add(index)
      errors.push(
        rowError(
          index,
          'unknown_reference',
          `/${field}`,
          `There is no ${table.replaceAll('_', ' ')} “${key}”.`,
        ),
      )
    }
  }
  return chunk.filter(({ index }) => !missing.has(index))
}

interface Written {
  readonly created: boolean
  readonly before: Readonly<Record<string, unknown>> | null
  readonly after: Readonly<Record<string, unknown>>
}

/** Write what differs; rows that are the same as stored are not touched and not returned. */
async function upsertRows(
  tx: Transaction,
  { table, columns, key, setHere }: KindMapping<MasterDataKind>,
  candidates: readonly Candidate[],
): Promise<readonly Written[]> {
  const names = Object.keys(columns)
  const list = sql.join(names.map((name) => sql.ref(name)))
  const definition = sql.join(
    Object.entries(columns).map(([name, type]) => sql`${sql.ref(name)} ${sql.raw(type)}`),
  )
  const input = JSON.stringify(candidates.map((candidate) => candidate.columns))
  const target = sql.table(table)
  const keys = sql.join(key.map((name) => sql.ref(name)))
  const written = names
    .filter((name) => !key.includes(name))
    .map((name) => writtenTo(name, setHere))
  if (setHere) written.push(keptAside(setHere))
  const { rows } = await sql<Written>`
    with input as (select ${list} from jsonb_to_recordset(${input}::jsonb) as r (${definition})),
    earlier as (select t.* from ${target} t join input using (${keys})),
    written as (
      insert into ${target} as t (${list}) select ${list} from input
      on conflict (${keys}) do update set ${sql.join(written.map(({ name, value }) => sql`${sql.ref(name)} = ${value}`))}
      where (${sql.join(written.map(({ name }) => sql`t.${sql.ref(name)}`))})
        is distinct from (${sql.join(written.map(({ value }) => value))})
      returning t.*, (xmax = 0) as created
    )
    select w.created, to_jsonb(e) as before, to_jsonb(w) as after
    from written w left join earlier e using (${keys})
  `.execute(tx)
  return rows
}

interface WrittenColumn {
  readonly name: string
  readonly value: RawBuilder<unknown>
}

/** What a column of a row that is there becomes: as the source says, or as it was set here. */
function writtenTo(name: string, setHere: KindMapping<MasterDataKind>['setHere']): WrittenColumn {
  const [said, held] = [sql`excluded.${sql.ref(name)}`, sql`t.${sql.ref(name)}`]
  if (!setHere?.columns.includes(name)) return { name, value: said }
  const aside = sql`t.${sql.ref(setHere.aside)}`
  return { name, value: sql`case when ${aside} is null then ${said} else ${held} end` }
}

/** What the source says of what is set here, for when it is followed again. */
function keptAside({
  aside,
  columns,
}: NonNullable<KindMapping<MasterDataKind>['setHere']>): WrittenColumn {
  const said = sql.join(
    columns.map((name) => sql`${sql.lit(name)}::text, excluded.${sql.ref(name)}`),
  )
  const isFollowed = sql`t.${sql.ref(aside)} is null`
  return {
    name: aside,
    value: sql`case when ${isFollowed} then null else jsonb_build_object(${said}) end`,
  }
}

type Deletion =
  | { readonly kind: 'deleted'; readonly before: Readonly<Record<string, unknown>> }
  | { readonly kind: 'absent' }
  | { readonly kind: 'referenced' }

async function deleteRow(
  tx: Transaction,
  { table }: KindMapping<MasterDataKind>,
  { columns }: Candidate,
): Promise<Deletion> {
  const condition = sql.join(
    Object.entries(columns).map(([name, value]) => sql`${sql.ref(name)} = ${value}`),
    sql` and `,
  )
  if (table === 'article' && (await isOnADocument(tx, String(columns['id']))))
    return { kind: 'referenced' }
  await sql`savepoint deletion`.execute(tx)
  try {
    const { rows } = await sql<{ before: Readonly<Record<string, unknown>> }>`
      delete from ${sql.table(table)} as t where ${condition} returning to_jsonb(t) as before`.execute(
      tx,
    )
    await sql`release savepoint deletion`.execute(tx)
    const [row] = rows
    return row ? { kind: 'deleted', before: row.before } : { kind: 'absent' }
  } catch (error) {
    const foreignKeyViolation = '23503'
    if (sqlState(error) !== foreignKeyViolation) throw error
    await sql`rollback to savepoint deletion`.execute(tx)
    return { kind: 'referenced' }
  }
}

/** Documents point at articles without a foreign key, which would lock the article at every order. */
async function isOnADocument(tx: Transaction, articleId: string): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`
    select exists (select 1 from sales_order_line where article_id = ${articleId})
      or exists (select 1 from requisition_article where article_id = ${articleId})
      or exists (select 1 from quote_article where article_id = ${articleId})
      as used`.execute(tx)
  return rows[0]?.used ?? false
}

function keyOf(key: readonly string[], columns: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(key.map((name) => columns[name]))
}

function rowError(
  index: number,
  code: string,
  pointer: string,
  message: string,
): MasterDataRowError {
  return { index, code, pointer, message }
}
