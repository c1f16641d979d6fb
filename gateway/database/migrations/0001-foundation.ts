import { sql, type Kysely } from 'kysely'

/**
 * Who signs in, what was commanded, what changed: the tables every later one leans on.
 *
 * `xid8` columns hold the transaction that wrote the row. They order the feeds: every transaction
 * below `pg_snapshot_xmin(pg_current_snapshot())` has ended, so a reader that stops there never
 * passes a row that is still to be committed (docs/decisions/0003).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table installation (
      only_row boolean primary key default true check (only_row),
      gateway_id uuid not null,
      -- Minted anew by a restore: cursors of another epoch are worth nothing.
      epoch uuid not null,
      -- Tombstones at or below this have been swept: an older cursor needs a fresh snapshot.
      feed_floor bigint not null default 0,
      created_at timestamptz not null default now()
    );

    create table seller (
      only_row boolean primary key default true check (only_row),
      name text not null,
      currency text not null,
      time_zone text not null,
      vat_mode text not null check (vat_mode in ('per_rate_on_sum', 'per_row')),
      synced_price_max_age_hours integer
    );

    create table app_user (
      id uuid primary key,
      username text not null unique,
      display_name text not null,
      password_hash text not null,
      roles text[] not null,
      team text,
      approval_limit bigint,
      status text not null check (status in ('active', 'disabled')),
      -- Counts up when what the user may see changes; part of the epoch the console is told.
      rights_version integer not null default 1,
      version integer not null default 1,
      created_at timestamptz not null default now(),
      last_sign_in_at timestamptz
    );

    create table session (
      token_hash bytea primary key,
      user_id uuid not null references app_user (id),
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      revoked_at timestamptz
    );
    create index session_by_user on session (user_id);
    create index session_expiry on session (expires_at);

    create table command (
      id uuid primary key,
      user_id uuid not null references app_user (id),
      type text not null,
      aggregate_id text not null,
      -- SHA-256 of the whole command, so that the same id with another body is told apart.
      body_hash bytea not null,
      answer jsonb not null,
      at timestamptz not null default now()
    );

    create table audit (
      seq bigint generated always as identity primary key,
      xid xid8 not null default pg_current_xact_id(),
      at timestamptz not null default clock_timestamp(),
      type text not null,
      actor jsonb not null,
      aggregate_kind text not null,
      aggregate_id text not null,
      version integer not null,
      data jsonb not null,
      -- From where: device, address, shop or connector.
      origin jsonb not null
    );
    create index audit_aggregate on audit (aggregate_id, seq);

    -- One row an entity: the newest value of each, so the log is compacted by nature and a snapshot
    -- is nothing but everything after zero.
    create table feed (
      kind text not null,
      id text not null,
      version integer not null,
      xid xid8 not null default pg_current_xact_id(),
      -- Whose it is: a rep sees only own and team's accounts, a private entity only its user.
      company_id text,
      user_id uuid,
      value jsonb,
      -- Length of the value as JSON text, so that a reader can stop before a page grows too large.
      bytes integer not null,
      primary key (kind, id)
    );
    create index feed_order on feed (xid, kind, id);

    -- How far the feed had come on each day: a transaction number by itself tells no time.
    create table feed_day (day date primary key, seq bigint not null);
  `.execute(db)
}
