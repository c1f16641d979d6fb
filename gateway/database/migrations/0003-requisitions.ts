import { sql, type Kysely } from 'kysely'

/** What comes in from webshops, the orders made of it, and what the shops are told. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table shop (
      id text primary key,
      name text not null,
      -- Standard Webhooks secret, whsec_…; it signs both ways.
      secret text not null,
      -- The one before, which still signs until then.
      former_secret text,
      former_secret_until timestamptz,
      push_url text,
      status text not null default 'active' check (status in ('active', 'disabled')),
      created_at timestamptz not null default now()
    );

    create table storefront_event (
      shop_id text not null references shop (id),
      webhook_id text not null,
      body_hash bytea not null,
      receipt jsonb not null,
      at timestamptz not null default now(),
      primary key (shop_id, webhook_id)
    );

    create sequence requisition_number start with 20001;
    create table requisition (
      id uuid primary key,
      number text not null unique,
      shop_id text not null references shop (id),
      document_id text not null,
      kind text not null,
      origin text not null,
      name text,
      state text not null,
      revision integer not null,
      version integer not null,
      company_id text not null references company (id),
      contact_id text not null references contact (id),
      currency text not null,
      submitted_at timestamptz not null,
      received_at timestamptz not null,
      finished_at timestamptz,
      net bigint not null,
      claimed_by uuid references app_user (id),
      -- The whole of it as it travels: lines of the current revision, head, totals, outcome.
      body jsonb not null,
      -- Folded words for searching: number, company, contact, references, articles.
      search text not null,
      unique (shop_id, document_id)
    );
    create index requisition_newest on requisition (received_at desc, id desc);
    create index requisition_state on requisition (state, received_at desc, id desc);
    create index requisition_company on requisition (company_id, received_at desc, id desc);
    create index requisition_finished on requisition (finished_at) where finished_at is not null;

    -- Earlier revisions, as they were submitted: nothing in them ever changes.
    create table requisition_revision (
      requisition_id uuid not null references requisition (id),
      revision integer not null,
      submitted_at timestamptz not null,
      body jsonb not null,
      primary key (requisition_id, revision)
    );

    -- Which articles any revision of a requisition names, so that none of them is deleted. Apart from the
    -- requisition, whose row is written anew at every step.
    create table requisition_article (
      article_id text not null,
      requisition_id uuid not null references requisition (id),
      primary key (article_id, requisition_id)
    );

    create sequence order_number start with 100001;
    create table sales_order (
      id uuid primary key,
      number text not null unique,
      source_kind text not null,
      source_id uuid not null,
      -- 0 for a requisition, the date of a call-off, the occurrence of a recurring order.
      part text not null,
      state text not null,
      version integer not null,
      company_id text not null references company (id),
      contact_id text not null references contact (id),
      currency text not null,
      net bigint not null,
      gross bigint not null,
      placed_at timestamptz not null,
      -- When the ERP was given it; until its stock report is newer, the order is our own demand.
      exported_at timestamptz,
      body jsonb not null,
      search text not null,
      -- The promise that an approval makes one order, kept by the database itself.
      unique (source_kind, source_id, part)
    );
    create index sales_order_newest on sales_order (placed_at desc, id desc);
    create index sales_order_company on sales_order (company_id, placed_at desc, id desc);
    create index sales_order_contact on sales_order (contact_id, placed_at);
    -- What a company owes by orders that the ERP has not been given: read from the index alone.
    create index sales_order_unexported on sales_order (company_id, currency) include (gross)
      where exported_at is null and state <> 'cancelled';

    create table sales_order_line (
      order_id uuid not null references sales_order (id),
      line_id text not null,
      article_id text not null,
      warehouse_id text,
      quantity bigint not null,
      unit_price bigint not null,
      basis text not null,
      rebate integer not null,
      vat_rate integer not null,
      row_amount bigint not null,
      planned_date date,
      -- Still our own demand on stock: cleared when the order is cancelled or contained in a report.
      open boolean not null default true,
      primary key (order_id, line_id)
    );
    create index sales_order_line_demand on sales_order_line (article_id, warehouse_id) where open;
    create index sales_order_line_article on sales_order_line (article_id);

    -- What each shop is to be told, in the order it happened.
    create table storefront_change (
      id uuid primary key,
      shop_id text not null references shop (id),
      xid xid8 not null default pg_current_xact_id(),
      at timestamptz not null default clock_timestamp(),
      change jsonb not null
    );
    create index storefront_change_order on storefront_change (shop_id, xid, id);

    -- How far pushing to a shop has come. One node at a time holds the row.
    create table storefront_push (
      shop_id text primary key references shop (id),
      xid xid8 not null default '0',
      change_id uuid,
      attempts integer not null default 0,
      next_attempt_at timestamptz not null default now(),
      last_error text
    );
  `.execute(db)
  await indexSearches(db)
}

/**
 * Find words anywhere in a text by an index, where the server has PostgreSQL's own pg_trgm and lets us
 * use it. Without it a search reads the rows, newest first, for as long as a question may take.
 */
async function indexSearches(db: Kysely<unknown>): Promise<void> {
  await sql`
    do $$
    begin
      if exists (select from pg_available_extensions where name = 'pg_trgm') then
        create extension if not exists pg_trgm;
        create index requisition_search on requisition using gin (search gin_trgm_ops);
        create index sales_order_search on sales_order using gin (search gin_trgm_ops);
      end if;
    exception
      when insufficient_privilege then
        raise notice 'pg_trgm may not be created: searches go without an index';
    end
    $$
  `.execute(db)
}
