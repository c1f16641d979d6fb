import { sql, type Kysely } from 'kysely'
import type { Database } from '../../gateway/database/schema'

/**
 * How many rows every table holds, so that a test can insist on none having been written. What a gateway
 * writes by itself meanwhile does not count.
 */
export async function countRows(
  db: Kysely<Database>,
  except: readonly string[] = ['rate_limit', 'audit_seal', 'feed_day'],
): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(
    db,
  )
  const counts: Record<string, number> = {}
  for (const { name } of rows) {
    if (except.includes(name)) continue
    const { rows: counted } = await sql<{
      count: number
    }>`select count(*) as count from ${sql.table(name)}`.execute(db)
    counts[name] = counted[0]?.count ?? -1
  }
  return counts
}
