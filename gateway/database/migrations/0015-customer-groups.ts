import { sql, type Kysely } from 'kysely'

/** Right and limits that an admin has set apart from the source's (docs/decisions/0030). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table customer_group
      -- What the source last said, while others are set here; null where the source is followed.
      add column source jsonb,
      add column set_by text,
      add column set_at timestamptz,
      add check (num_nulls(source, set_by, set_at) in (0, 3));
  `.execute(db)
}
