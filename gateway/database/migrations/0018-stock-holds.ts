import { sql, type Kysely } from 'kysely'

/** Stock that is held for what somebody is deciding on (docs/decisions/0033). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- For how long; null holds nothing.
    alter table seller add column hold_minutes integer default 3 check (hold_minutes between 1 and 60);

    -- It counts while whoever it is held for has claimed this very revision, until its time is over.
    create table stock_hold (
      requisition_id uuid not null references requisition (id) on delete cascade,
      line_id text not null,
      revision integer not null,
      article_id text not null,
      warehouse_id text not null,
      quantity bigint not null check (quantity > 0),
      planned_date date,
      -- Of the balance it was held of: with the next report what was ordered since counts before it again.
      observed_at timestamptz not null,
      held_by uuid not null references app_user (id),
      held_at timestamptz not null,
      held_until timestamptz not null,
      primary key (requisition_id, line_id)
    );
    create index stock_hold_article on stock_hold (article_id);
    create index stock_hold_until on stock_hold (held_until);

    -- What is taken later than something is held was promised beside it; from a hold of one's own it is
    -- taken when that was made. Older lines were there before any.
    alter table sales_order_line add column taken_at timestamptz;
  `.execute(db)
}
