import { sql, type Kysely } from 'kysely'

/** Quotes: what the seller offers, version by version (docs/decisions/0025). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create sequence quote_number start with 30001;
    create table quote (
      id uuid primary key,
      number text not null unique,
      -- What it answers; null where it answers nothing that came in.
      requisition_id uuid references requisition (id),
      -- Who is told of it; null where there is no shop.
      shop_id text references shop (id),
      state text not null,
      revision integer not null,
      version integer not null,
      company_id text not null references company (id),
      contact_id text not null references contact (id),
      currency text not null,
      net bigint not null,
      -- The last day on which it can be accepted, in the seller's time zone.
      valid_until date not null,
      created_at timestamptz not null,
      finished_at timestamptz,
      -- The whole of it as it travels.
      body jsonb not null,
      -- Folded words for searching.
      search text not null
    );
    create index quote_newest on quote (created_at desc, id desc);
    create index quote_company on quote (company_id, created_at desc, id desc);
    create index quote_finished on quote (finished_at) where finished_at is not null;
    -- What may expire; few at a time.
    create index quote_valid_until on quote (valid_until) where state = 'sent';
    -- The promise that one requisition has one open answer, kept by the database itself.
    create unique index quote_answering on quote (requisition_id)
      where state in ('draft', 'in_review', 'ready', 'sent', 'accepted', 'countered');

    -- Versions as they went out: nothing in them ever changes.
    create table quote_revision (
      quote_id uuid not null references quote (id),
      revision integer not null,
      sent_at timestamptz not null,
      body jsonb not null,
      primary key (quote_id, revision)
    );

    -- Which articles any version names, so that none of them is deleted.
    create table quote_article (
      article_id text not null,
      quote_id uuid not null references quote (id),
      primary key (article_id, quote_id)
    );
  `.execute(db)
  await indexWords(db)
}

/** As 0007 does for requisitions: only where the server has pg_trgm and lets us use it. */
async function indexWords(db: Kysely<unknown>): Promise<void> {
  await sql`
    do $$
    begin
      if exists (select from pg_available_extensions where name = 'pg_trgm') then
        create extension if not exists pg_trgm;
        create index quote_search on quote using gin (search gin_trgm_ops);
      end if;
    exception
      when insufficient_privilege then
        raise notice 'pg_trgm may not be created: searches go without an index';
    end
    $$
  `.execute(db)
}
