import { sql, type Kysely } from 'kysely'

/** What a shop's customers may see of stock, and who is told of it (docs/decisions/0034). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table warehouse
      -- Only these are delivered from it; everybody where there are none. No references: a group that
      -- comes back finds what was said of it, and one that is gone opens nothing to others.
      add column customer_groups text[] not null default '{}',
      -- What the source last said, while another openness is set here; null where the source is followed.
      add column source jsonb,
      add column set_by text,
      add column set_at timestamptz,
      add check (num_nulls(source, set_by, set_at) in (0, 3)),
      add check (source is not null or customer_groups = '{}');

    alter table seller
      add column stock_display jsonb not null default
        '{"rule": {"kind": "exact"}, "groups": [], "staleAfterHours": 24}',
      add column stock_display_version integer not null default 0;

    alter table shop add column told_of_availability boolean not null default false;
  `.execute(db)
}
