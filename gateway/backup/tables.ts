import type pg from 'pg'
import type { BackupHeader, BackupTable } from './format'

/**
 * What is not backed up: Kysely's own tables are made by migrating, sign-ins counted by address are
 * stale in minutes as is stock held for somebody, and `feed_day` tells transaction numbers that mean nothing elsewhere.
 */
const leftOut = [
  'kysely_migration',
  'kysely_migration_lock',
  'rate_limit',
  'feed_day',
  'stock_hold',
]

const notOfExtension = `not exists (
  select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`

/** Everything of anybody's in the schema Kontor's tables live in, but for what extensions made. */
export async function relationsIn(client: pg.ClientBase): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select c.relname as name from pg_class c
    where c.relnamespace = current_schema()::regnamespace
      and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and ${notOfExtension}
    order by c.relname`)
  return rows.map(({ name }) => name)
}

/** The tables that are backed up, in an order in which every row comes after those it refers to. */
export async function tablesToBackUp(client: pg.ClientBase): Promise<readonly BackupTable[]> {
  const { rows } = await client.query<BackupTable>(
    `select c.relname as table, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
      and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
      and ${notOfExtension} and c.relname <> all($1::text[])
    group by c.relname order by c.relname`,
    [leftOut],
  )
  const references = await client.query<{ from: string; to: string }>(`
    select distinct c.conrelid::regclass::text as from, c.confrelid::regclass::text as to
    from pg_constraint c
    where c.contype = 'f' and c.connamespace = current_schema()::regnamespace`)
  return inOrder(rows, references.rows)
}

/**
 * Tables after those they refer to, else by name.
 * @throws Error when they refer to one another in a circle.
 */
export function inOrder(
  tables: readonly BackupTable[],
  references: readonly { readonly from: string; readonly to: string }[],
): readonly BackupTable[] {
  const ordered: BackupTable[] = []
  let left = [...tables]
  while (left.length > 0) {
    const waits = ({ table }: BackupTable) =>
      references.some(
        ({ from, to }) => from === table && to !== table && left.some((one) => one.table === to),
      )
    const free = left.filter((table) => !waits(table))
    if (free.length === 0) throw new Error('Tables refer to one another in a circle.')
    ordered.push(...free)
    left = left.filter(waits)
  }
  return ordered
}

/**
 * Where every sequence stands. Sequences know no transactions: read after the snapshot was taken,
 * each is at or past every number that the snapshot's rows use.
 */
export async function readSequences(client: pg.ClientBase): Promise<BackupHeader['sequences']> {
  const { rows } = await client.query<{ name: string }>(`
    select c.relname as name from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'S' and ${notOfExtension}
    order by c.relname`)
  const sequences: BackupHeader['sequences'] = []
  for (const { name } of rows) {
    const { rows: found } = await client.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from ${client.escapeIdentifier(name)}`,
    )
    const [state] = found
    if (state) sequences.push({ sequence: name, value: Number(state.value), called: state.called })
  }
  return sequences
}
