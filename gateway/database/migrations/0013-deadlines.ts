import { sql, type Kysely } from 'kysely'

/** Reminders, escalation, claims let go and expiry (docs/decisions/0026). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table seller
      add column deadlines jsonb not null default
        '{"releaseHours": null, "remindDays": null, "escalateDays": null, "expireDays": null}',
      add column deadlines_version integer not null default 0;

    -- When time next has to do with it: at once after each change, then at what comes next. Null where
    -- only a change can bring anything.
    alter table requisition add column look_at timestamptz;
    update requisition set look_at = now() where state in ('submitted', 'in_review', 'returned');
    create index requisition_look_at on requisition (look_at) where look_at is not null;
  `.execute(db)
}
