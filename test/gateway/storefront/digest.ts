import { sql, type Kysely } from 'kysely'
import type { Database } from '../../../gateway/database/schema'

/** Rows of every table and a digest of what they say: equal digests mean that nothing was written. */
export async function digestOf(
  db: Kysely<Database>,
): Promise<Readonly<Record<string, { readonly rows: number; readonly digest: string }>>> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by table_name`.execute(db)
  const counts = tables.map(
    ({ name }) => sql`
      select ${sql.lit(name)} as name, count(*) as rows,
        md5(coalesce(string_agg(t::text, chr(10) order by t::text), '')) as digest
      from ${sql.table(name)} t`,
  )
  const { rows } = await sql<{
    name: string
    rows: number
    digest: string
  }>`${sql.join(counts, sql` union all `)}`.execute(db)
  return Object.fromEntries(
    rows.map(({ name, rows: count, digest }) => [name, { rows: count, digest }]),
  )
}
