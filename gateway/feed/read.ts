import { sql, type Kysely } from 'kysely'
import type { Database } from '../database/schema'
import type { EntityKind } from '../../contract/entities'
import type { FeedRow } from './visibility'

export interface FeedPage {
  readonly rows: readonly FeedRow[]
  /** Everything up to and including this has been read. */
  readonly through: number
  /** True when this page reaches as far as can be read now. */
  readonly complete: boolean
  /** True when something is committed that an older, running transaction still holds back. */
  readonly heldBack: boolean
}

interface Row {
  kind: EntityKind
  id: string
  version: number
  seq: string
  company_id: string | null
  user_id: string | null
  value: unknown
}

/**
 * Read the feed after a cursor: the newest value of every entity changed since, oldest first, in
 * whole transactions. It stops below the oldest transaction that is still running, so nothing can
 * appear later behind the cursor.
 *
 * `seq` is a transaction's number (xid8), far below 2^53 for as long as a cluster lives.
 */
export async function readFeed(
  db: Kysely<Database>,
  after: number,
  options: {
    readonly limit: number
    /** Tombstones up to here are left out: a reader that begins with nothing has nothing to remove. */
    readonly tombstonesAfter: number
  },
): Promise<FeedPage> {
  const { rows } = await sql<{ below: string; held_back: boolean; rows: Row[] | null }>`
    with bound as materialized (select pg_snapshot_xmin(pg_current_snapshot()) as below),
    page as (
      select kind, id, version, xid, company_id, user_id, value
      from feed
      where xid > ${String(after)}::xid8
        and xid < (select below from bound)
        and (value is not null or xid > ${String(options.tombstonesAfter)}::xid8)
      order by xid
      -- Ties, so that a transaction is never cut in two.
      fetch first ${sql.lit(options.limit)} rows with ties
    )
    select
      (select below::text from bound) as below,
      exists (select 1 from feed where xid >= (select below from bound)) as held_back,
      (select jsonb_agg(jsonb_build_object(
          'kind', kind, 'id', id, 'version', version, 'seq', xid::text,
          'company_id', company_id, 'user_id', user_id, 'value', value
        ) order by xid, kind, id) from page) as rows
  `.execute(db)
  const answer = rows[0]
  if (!answer) throw new Error('The feed query gave no row.')
  const found = (answer.rows ?? []).map((row): FeedRow => ({
    seq: Number(row.seq),
    kind: row.kind,
    id: row.id,
    version: row.version,
    companyId: row.company_id,
    userId: row.user_id,
    value: row.value,
  }))
  const complete = found.length < options.limit
  const through = complete ? Number(answer.below) - 1 : (found.at(-1)?.seq ?? after)
  return { rows: found, through: Math.max(through, after), complete, heldBack: answer.held_back }
}
