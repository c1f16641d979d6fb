import { sql, type Kysely } from 'kysely'

/** Files beside requisitions (docs/decisions/0031). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- What a file holds, once however often it is attached, by its SHA-256.
    create table attachment_content (
      sha256 bytea primary key check (octet_length(sha256) = 32),
      size integer not null check (size > 0),
      -- When it last came in.
      stored_at timestamptz not null default now()
    );
    -- In pieces, so that neither sending it out nor a backup holds a whole file in memory.
    create table attachment_piece (
      sha256 bytea not null references attachment_content (sha256) on delete cascade,
      n integer not null,
      bytes bytea not null,
      primary key (sha256, n)
    );
    -- Most files are packed by themselves.
    alter table attachment_piece alter column bytes set storage external;

    -- A file that somebody has sent in, under an id of theirs.
    create table attachment (
      id uuid primary key,
      sha256 bytea not null references attachment_content (sha256),
      size integer not null,
      -- By its content.
      kind text not null,
      -- Who has sent it: one of the seller's people, or a shop.
      user_id uuid references app_user (id),
      shop_id text references shop (id),
      uploaded_at timestamptz not null default now(),
      check (num_nonnulls(user_id, shop_id) = 1)
    );
    create index attachment_sha256 on attachment (sha256);
    create index attachment_user on attachment (user_id);
    create index attachment_shop on attachment (shop_id);

    -- Which requisitions name it, so that it stays. What they say of it travels with them.
    create table requisition_attachment (
      requisition_id uuid not null references requisition (id),
      attachment_id uuid not null references attachment (id),
      primary key (requisition_id, attachment_id)
    );
    create index requisition_attachment_attachment on requisition_attachment (attachment_id);

    -- What was taken off, so that the shop's next revision, which may name it still, does not bring it
    -- back. The file itself may be gone.
    create table requisition_attachment_removed (
      requisition_id uuid not null references requisition (id),
      attachment_id uuid not null,
      primary key (requisition_id, attachment_id)
    );
  `.execute(db)
}
