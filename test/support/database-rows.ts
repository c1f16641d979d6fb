import { createHash } from 'node:crypto'
import { Client } from 'pg'

/** Tables that are another database's own business: what a backup leaves out. */
const leftOut = ['kysely_migration', 'kysely_migration_lock', 'rate_limit', 'feed_day']

/**
 * Every row of every table as text, by table and sorted, without the columns that hold transaction
 * numbers: two databases that hold the same are equal here.
 */
export async function allRows(url: string): Promise<Record<string, readonly string[]>> {
  return inDatabase(url, async (client) => {
    const tables: Record<string, readonly string[]> = {}
    for (const [table, columns] of await columnsOf(client)) {
      const { rows } = await client.query<{ row: string }>(
        `select row_to_json(r)::text as row from (select ${columns} from "${table}") r`,
      )
      tables[table] = rows.map(({ row }) => row).sort()
    }
    return tables
  })
}

/** The same for large databases: how many rows a table has, and a digest of them all. */
export async function digestRows(url: string): Promise<Record<string, string>> {
  return inDatabase(url, async (client) => {
    const tables: Record<string, string> = {}
    for (const [table, columns] of await columnsOf(client)) {
      const { rows } = await client.query<{ count: string; digest: string }>(
        `select count(*)::text as count, coalesce(sum(hashtextextended(row_to_json(r)::text, 0)), 0)::text as digest
        from (select ${columns} from "${table}") r`,
      )
      const [{ count, digest } = { count: '', digest: '' }] = rows
      tables[table] = createHash('sha256').update(`${count} ${digest}`).digest('hex').slice(0, 16)
      tables[table] = `${count} rows, ${tables[table]}`
    }
    return tables
  })
}

async function columnsOf(client: Client): Promise<readonly (readonly [string, string])[]> {
  const { rows } = await client.query<{ table: string; columns: string[] }>(
    `select table_name::text as table, array_agg(quote_ident(column_name) order by column_name) as columns
    from information_schema.columns
    where table_schema = 'public' and udt_name <> 'xid8' and table_name <> all($1::text[])
      and (table_name, column_name) <> ('audit_seal', 'through_seq')
    group by table_name order by table_name`,
    [leftOut],
  )
  return rows.map(({ table, columns }) => [table, columns.join(', ')] as const)
}

async function inDatabase<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    // One moment for all tables.
    await client.query('begin isolation level repeatable read read only')
    await client.query(`set local timezone to 'UTC'`)
    return await work(client)
  } finally {
    await client.end()
  }
}
