import { sql, type Kysely } from 'kysely'

/** The seller's approval rules, what they were judged by, and who stands in for whom (docs/decisions/0019). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Every version that was ever in force; the highest is.
    create table approval_policy (
      version integer primary key,
      rules jsonb not null,
      -- Null where the gateway did it by itself.
      set_by uuid references app_user (id),
      set_at timestamptz not null
    );

    -- What rules look at, as it was when the revision came in; for trying other rules on it. Null on
    -- those that came in before there were any.
    alter table requisition_revision add column facts jsonb, add column received_at timestamptz;
    create index requisition_revision_received on requisition_revision (received_at)
      where facts is not null;

    create table delegation (
      id uuid primary key,
      from_user uuid not null references app_user (id),
      to_user uuid not null references app_user (id),
      from_date date not null,
      until_date date not null check (until_date >= from_date),
      reason text not null,
      ended_at timestamptz,
      version integer not null default 1
    );
    -- Those that count, and those yet to come; there are few.
    create index delegation_until on delegation (until_date) where ended_at is null;
  `.execute(db)
}
