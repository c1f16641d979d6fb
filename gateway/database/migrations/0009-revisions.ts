import { sql, type Kysely } from 'kysely'

/** Revisions that the seller's people make, and how far each may go with prices (docs/decisions/0021). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Parts per million; null is no limit.
    alter table app_user add column discount_limit integer, add column margin_floor integer;

    -- Who made a revision, and how: submitted by the customer, edited by one of ours, or accepted as
    -- proposed. Null on those from before, which customers submitted.
    alter table requisition_revision
      add column made_by jsonb,
      add column made_how text check (made_how in ('submitted', 'edited', 'accepted'));
  `.execute(db)
}
