import { sql, type Kysely } from 'kysely'
import type { Database } from '../../gateway/database/schema'

/** How many pairs a database had to part so far because each waited for the other. */
export async function deadlocksIn(db: Kysely<Database>): Promise<number> {
  await sql`select pg_stat_force_next_flush()`.execute(db)
  const { rows } = await sql<{ deadlocks: string }>`
    select deadlocks from pg_stat_database where datname = current_database()`.execute(db)
  return Number(rows[0]!.deadlocks)
}
