/**
 * Transaction numbers mean nothing in another PostgreSQL: there its own count from somewhere else,
 * and what is restored must lie below all of them, in the order it had. So a backup holds none. What
 * stands in their place are small numbers that keep what the order is for:
 * - `feed`: a thousand rows a number, in their order, so that a console that is cut off while it
 *   takes in the whole feed need not begin again from nothing;
 * - `storefront_change`: the very order a shop reads in, which is by number and then by id: the
 *   number rises only where an id is smaller than the one before it;
 * - `storefront_push`: the place in that order of the last change that was pushed;
 * - `audit`: 1 for what has been sealed, 2 for what has not, and 1 for how far the seals reach.
 */
import type pg from 'pg'
import type { BackupTable } from './format'

const rowsANumber = 1_000
const sealed = 1
const unsealed = 2

/** Changes in a shop's order, each with whether its id is smaller than the one before. */
const shopChanges = (where = 'true') => `(
  select *, coalesce(id < lag(id) over (partition by shop_id order by xid, id), false) as falls
  from storefront_change where ${where})`

const firstId = `'00000000-0000-0000-0000-000000000000'::uuid`

interface Portable {
  /** What stands after `from`. */
  readonly from: string
  /** What stands in place of a column. */
  readonly columns: Readonly<Record<string, string>>
}

function portable(table: string, all: readonly BackupTable[]): Portable {
  switch (table) {
    case 'feed':
      return {
        from: 'feed',
        columns: { xid: `1 + (row_number() over (order by xid, kind, id) - 1) / ${rowsANumber}` },
      }
    case 'storefront_change':
      return {
        from: `${shopChanges()} c`,
        columns: {
          xid: '1 + count(*) filter (where falls) over (partition by shop_id order by xid, id)',
        },
      }
    case 'storefront_push':
      return {
        from: `storefront_push p cross join lateral (
          select count(*) as passed, count(*) filter (where falls) as falls
          from ${shopChanges(`shop_id = p.shop_id and (xid, id) <= (p.xid, coalesce(p.change_id, ${firstId}))`)} c
        ) before left join lateral (
          select id from storefront_change c
          where c.shop_id = p.shop_id and (c.xid, c.id) <= (p.xid, coalesce(p.change_id, ${firstId}))
          order by c.xid desc, c.id desc limit 1
        ) last on true`,
        columns: {
          xid: 'case when before.passed = 0 then 0 else 1 + before.falls end',
          change_id: 'last.id',
        },
      }
    case 'audit': {
      // A schema from before the seals has none.
      const hasSeals = all.some((one) => one.table === 'audit_seal')
      return {
        from: hasSeals
          ? `audit left join lateral (
              select through_xid, through_seq from audit_seal order by n desc limit 1) last on true`
          : `audit cross join (select null::xid8 as through_xid, null::bigint as through_seq) last`,
        columns: {
          xid: `case when (xid, seq) <= (last.through_xid, coalesce(last.through_seq, seq))
            then ${sealed} else ${unsealed} end`,
        },
      }
    }
    case 'audit_seal':
      return { from: 'audit_seal', columns: { through_xid: String(sealed), through_seq: 'null' } }
    default:
      return { from: `"${table}"`, columns: {} }
  }
}

/** The statement that gives a table's rows as they stand in a backup. */
export function rowsOf({ table, columns }: BackupTable, all: readonly BackupTable[]): string {
  const { from, columns: instead } = portable(table, all)
  if (Object.keys(instead).length === 0) {
    return `"${table}" (${columns.map((column) => `"${column}"`).join(', ')})`
  }
  const values = columns.map((column) => instead[column] ?? `"${column}"`)
  return `(select ${values.join(', ')} from ${from})`
}

/** The largest of the numbers that stand for transactions in what `rowsOf` gives. */
export async function highestNumber(
  client: pg.ClientBase,
  tables: readonly BackupTable[],
): Promise<number> {
  const numbers = [String(unsealed), `(select 1 + count(*) / ${rowsANumber} from feed)`]
  // A schema from before the shops has none.
  if (tables.some(({ table }) => table === 'storefront_change')) {
    numbers.push(`(select 1 + max(falls) from (
      select count(*) filter (where falls) as falls from ${shopChanges()} c group by shop_id
    ) shops)`)
  }
  const { rows } = await client.query<{ highest: string }>(
    `select greatest(${numbers.join(', ')})::text as highest`,
  )
  return Number(rows[0]?.highest)
}

/**
 * See that every transaction number in the schema is dealt with here.
 * @throws Error naming those that are not: they would be wrong in another database.
 */
export async function insistOnPortable(
  client: pg.ClientBase,
  tables: readonly BackupTable[],
): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string }>(
    `select c.relname as table, a.attname as column
    from pg_class c join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
    where c.relnamespace = current_schema()::regnamespace and c.relname = any($1::text[])
      and a.atttypid = 'xid8'::regtype`,
    [tables.map(({ table }) => table)],
  )
  const forgotten = rows.filter(({ table, column }) => !(column in portable(table, tables).columns))
  if (forgotten.length > 0) {
    const names = forgotten.map(({ table, column }) => `${table}.${column}`).join(', ')
    throw new Error(`Transaction numbers that cannot be taken elsewhere: ${names}`)
  }
}
