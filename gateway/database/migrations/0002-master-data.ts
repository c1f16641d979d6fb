import { sql, type Kysely } from 'kysely'

/** What the seller's other systems know: articles, customers, prices, stock. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table holiday (date date primary key, name text not null);

    create table warehouse (
      id text primary key,
      name text not null,
      open_to_webshop boolean not null,
      priority integer not null
    );

    create table article_group (id text primary key, name_sv text not null, name_en text);

    create sequence article_position;
    create table article (
      id text primary key,
      -- Which stock block the article travels in; given once.
      block integer not null default nextval('article_position') / 64,
      name_sv text not null,
      name_en text,
      unit text not null,
      precision smallint not null,
      pack_multiple bigint not null,
      minimum_quantity bigint not null,
      group_id text references article_group (id),
      vat_rate integer not null,
      list_price bigint,
      list_price_basis text not null,
      currency text not null,
      cost bigint,
      supplier text,
      weight_grams bigint,
      status text not null
    );
    create index article_block on article (block);

    create table price_list (id text primary key, name text not null, currency text not null);

    create table customer_group (
      id text primary key,
      name text not null,
      ordering_right text not null check (ordering_right in ('lists', 'requisition', 'order')),
      price_list_id text references price_list (id),
      limit_per_order bigint,
      limit_per_period bigint,
      period text not null check (period in ('month', 'year')),
      currency text not null
    );

    create table company (
      id text primary key,
      name text not null,
      vat_number text,
      currency text not null,
      language text not null,
      customer_group_id text not null references customer_group (id),
      price_list_id text references price_list (id),
      payment_terms text,
      credit_limit bigint,
      exposure bigint not null,
      status text not null check (status in ('active', 'on_hold', 'blocked', 'closed')),
      status_reason text,
      account_owner text
    );
    create index company_owner on company (account_owner);

    create table address (
      id text primary key,
      company_id text not null references company (id),
      name text not null,
      street text not null,
      postal_code text not null,
      city text not null,
      country text not null
    );
    create index address_company on address (company_id);

    create table contact (
      id text primary key,
      company_id text not null references company (id),
      name text not null,
      email text not null,
      phone text,
      customer_group_id text references customer_group (id),
      status text not null check (status in ('active', 'disabled'))
    );
    create index contact_company on contact (company_id);

    -- Every kind of price rule and rebate; which columns a kind fills is in master-data/kinds.
    create table price_rule (
      kind text not null check (kind in ('contract', 'price_list', 'campaign', 'synced', 'rebate')),
      id text not null,
      article_id text references article (id),
      article_group_id text references article_group (id),
      company_id text references company (id),
      customer_group_id text references customer_group (id),
      price_list_id text references price_list (id),
      minimum_quantity bigint not null,
      price bigint,
      basis text,
      currency text,
      rebate integer,
      net boolean,
      campaign text,
      source text,
      observed_at timestamptz,
      valid_from date,
      valid_to date,
      primary key (kind, id)
    );
    create index price_rule_article on price_rule (article_id);
    create index price_rule_company on price_rule (company_id) where article_id is null;

    create table stock_balance (
      article_id text not null references article (id),
      warehouse_id text not null references warehouse (id),
      on_hand bigint not null,
      safety_stock bigint not null,
      lead_time_days integer,
      source text not null,
      observed_at timestamptz not null,
      primary key (article_id, warehouse_id)
    );

    create table stock_backlog (
      id text primary key,
      article_id text not null references article (id),
      warehouse_id text not null references warehouse (id),
      quantity bigint not null,
      planned_date date
    );
    create index stock_backlog_article on stock_backlog (article_id, warehouse_id);

    create table stock_inbound (
      id text primary key,
      article_id text not null references article (id),
      warehouse_id text not null references warehouse (id),
      quantity bigint not null,
      date date,
      confirmed boolean not null
    );
    create index stock_inbound_article on stock_inbound (article_id, warehouse_id);

    -- How a row of ours is called in another system, so that a connector finds its way back.
    create table external_key (
      system text not null,
      kind text not null,
      external_id text not null,
      id text not null,
      primary key (system, kind, external_id)
    );
    create index external_key_own on external_key (kind, id);

    -- How far a connector has come and what its last pass had to say.
    create table connector_state (
      name text primary key,
      cursor jsonb,
      report jsonb,
      passed_at timestamptz not null
    );
  `.execute(db)
}
