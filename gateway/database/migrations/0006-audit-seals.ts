import { sql, type Kysely } from 'kysely'

/**
 * What the audit's sealer needs (gateway/audit). Every entry gets a salt of its own, so that its
 * digest says nothing about a payload that has been erased.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table audit
      add column salt bytea default uuid_send(gen_random_uuid()),
      -- The payload's digest, kept in its stead when the payload and its salt have been erased.
      add column digest bytea,
      add constraint audit_salt_or_digest check ((salt is null) = (digest is not null));

    -- The order in which entries are sealed: that of their transactions (docs/decisions/0003).
    create index audit_order on audit (xid, seq);

    create table audit_seal (
      n bigint primary key,
      -- The entries it seals, in their order, and the hash of each, 32 bytes a piece.
      seqs bigint[] not null,
      entry_hashes bytea not null,
      -- Entries sealed so far, by this seal and all before it.
      entries bigint not null,
      -- How far it reaches: through this entry of this transaction, or, without one, through all of
      -- the transaction. Only a place to go on from; no hash covers it.
      through_xid xid8 not null,
      through_seq bigint,
      at timestamptz not null,
      previous bytea not null,
      hash bytea not null
    );
  `.execute(db)
}
