import { sql, type Kysely } from 'kysely'

/** What a revision was proposed on, to be compared with what is so now (docs/decisions/0023). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- By line id: what it was promised and from where, and what it cost. Null on those that came in
    -- before this was written down, and on those that nobody had to decide on.
    alter table requisition_revision add column proposed jsonb;
  `.execute(db)
}
