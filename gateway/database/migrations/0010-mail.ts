import { sql, type Kysely } from 'kysely'

/** What is mailed to customers, and the links in it (docs/decisions/0022). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table mail (
      -- Its Message-ID is made of this, so that a second copy after a crash is known for one.
      id uuid primary key,
      kind text not null,
      -- What it tells of, as it was then.
      aggregate_kind text not null,
      aggregate_id text not null,
      revision integer not null,
      version integer not null,
      contact_id text not null references contact (id),
      -- Where it goes and in which language; the words are made when it is sent.
      recipient text not null,
      language text not null,
      state text not null default 'queued' check (state in ('queued', 'sent', 'failed', 'skipped')),
      -- How often the mail server has answered that it may take it later.
      attempts integer not null default 0,
      next_attempt_at timestamptz not null default now(),
      last_error text,
      queued_at timestamptz not null default now(),
      settled_at timestamptz
    );
    create index mail_due on mail (next_attempt_at) where state = 'queued';
    create index mail_settled on mail (settled_at) where state <> 'queued';

    create table customer_link (
      id uuid primary key,
      -- SHA-256 of the token: who reads the table cannot open the page.
      token_hash bytea not null unique,
      -- The one page it opens.
      purpose text not null,
      aggregate_kind text not null,
      aggregate_id text not null,
      revision integer not null,
      contact_id text not null references contact (id),
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      used_at timestamptz
    );
    create index customer_link_expiry on customer_link (expires_at);
  `.execute(db)
}
