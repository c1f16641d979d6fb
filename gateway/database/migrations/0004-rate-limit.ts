import { sql, type Kysely } from 'kysely'

/** Points used up by address and by username, shared by all nodes; laid out as rate-limiter-flexible wants it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table rate_limit (
      key varchar(255) primary key,
      points integer not null default 0,
      expire bigint
    )
  `.execute(db)
}
