import { sql, type Kysely } from 'kysely'

/** A decision writes only what it changes (docs/decisions/0016). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- What has come of the revision that \`body\` holds as it was taken in.
    alter table requisition add column progress jsonb not null default '{}';

    -- Words for searching, apart from a row that is written anew at every step.
    create table requisition_words (
      requisition_id uuid primary key references requisition (id),
      words text not null
    );
    insert into requisition_words (requisition_id, words) select id, search from requisition;
    -- With it goes its index.
    alter table requisition drop column search;

    -- Values are told as they were written; nothing in the database looks into them.
    alter table feed alter column value type json using value::json;
  `.execute(db)
  await indexWords(db)
  // Searches are planned by what is there.
  await sql`analyze requisition_words, feed`.execute(db)
}

/** As 0003 does for orders: only where the server has pg_trgm and lets us use it. */
async function indexWords(db: Kysely<unknown>): Promise<void> {
  await sql`
    do $$
    begin
      if exists (select from pg_available_extensions where name = 'pg_trgm') then
        create extension if not exists pg_trgm;
        create index requisition_words_anywhere on requisition_words using gin (words gin_trgm_ops);
      end if;
    exception
      when insufficient_privilege then
        raise notice 'pg_trgm may not be created: searches go without an index';
    end
    $$
  `.execute(db)
}
