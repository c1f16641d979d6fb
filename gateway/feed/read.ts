import { sql, type Kysely } from 'kysely'
import type { Database } from '../database/schema'
import { ask, question, type Question } from '../database/together'
import type { EntityKind } from '../../contract/entities'
import type { FeedRow } from './visibility'

/** How far a reader has come: through all of transaction `seq`, or through one row within it. */
export interface FeedPlace {
  readonly seq: number
  /** The last row that was read of `seq`; null when all of them were. */
  readonly within: { readonly kind: string; readonly id: string } | null
}

export interface FeedPage {
  readonly rows: readonly FeedRow[]
  readonly through: FeedPlace
  /** True when this page reaches as far as can be read now. */
  readonly complete: boolean
  /** True when something is committed that an older, running transaction still holds back. */
  readonly heldBack: boolean
}

/** Rows and bytes of values in one page; a page holds at least one row. */
const pageRows = 500
const pageBytes = 4 * 1024 * 1024

interface Row {
  readonly heldBack: boolean
  /** How many rows there were to choose from. Null when there was none, and so are all that follow. */
  readonly found: number | null
  readonly kind: EntityKind
  readonly id: string
  readonly version: number
  readonly seq: string
  readonly companyId: string | null
  readonly userId: string | null
  readonly bytes: number
  readonly value: string | null
}

/** The place after all of a transaction. */
export function through(seq: number): FeedPlace {
  return { seq, within: null }
}

/**
 * Read the feed after a place: the newest value of every entity changed since, oldest first. It stops
 * below the oldest transaction that is still running, so nothing can appear later behind the place.
 *
 * `seq` is a transaction's number (xid8), far below 2^53 for as long as a cluster lives. A place is
 * always one of a row that was read: numbers of transactions that came to nothing are not durable,
 * and after a crash PostgreSQL may give them out again.
 */
export async function readFeed(
  db: Kysely<Database>,
  after: FeedPlace,
  options: FeedPageOptions,
): Promise<FeedPage> {
  return ask(db, pageAfter(after, options))
}

interface FeedPageOptions {
  /** Tombstones up to here are left out: a reader that begins with nothing has nothing to remove. */
  readonly tombstonesAfter: number
  readonly rows?: number
  readonly bytes?: number
}

/** See `readFeed`. */
export function pageAfter(after: FeedPlace, options: FeedPageOptions): Question<FeedPage> {
  const { tombstonesAfter, rows: limit = pageRows, bytes: weight = pageBytes } = options
  // Kind and id are never empty, so this lies before all rows of the next transaction.
  const { seq, kind, id } =
    after.within === null
      ? { seq: after.seq + 1, kind: '', id: '' }
      : { seq: after.seq, ...after.within }
  const page = sql<Row>`
    with bound as materialized (select pg_snapshot_xmin(pg_current_snapshot()) as below),
    found as (
      select * from feed
      where (xid, kind, id) > (${String(seq)}::xid8, ${kind}, ${id})
        and xid < (select below from bound)
        and (value is not null or xid > ${String(tombstonesAfter)}::xid8)
      order by xid, kind, id
      limit ${sql.lit(limit)}
    ),
    measured as (
      select *, count(*) over ()::integer as found,
        sum(bytes::bigint) over (order by xid, kind, id) - bytes as before
      from found
    )
    select exists (select 1 from feed where xid >= bound.below) as "heldBack",
      page.found, page.kind, page.id, page.version, page.xid::text as seq,
      page.company_id as "companyId", page.user_id as "userId", page.bytes, page.value::text as value
    from bound left join measured page on page.before < ${sql.lit(weight)}
    order by page.xid, page.kind, page.id`
  return question(page, (rows) => readPage(rows, after, limit))
}

function readPage(answer: readonly Row[], after: FeedPlace, limit: number): FeedPage {
  const [first] = answer
  if (!first) throw new Error('The feed query gave no row.')
  if (first.found === null) {
    return { rows: [], through: after, complete: true, heldBack: first.heldBack }
  }
  const rows = answer.map(({ heldBack: _heldBack, found: _found, ...row }): FeedRow => ({
    ...row,
    seq: Number(row.seq),
  }))
  const last = rows.at(-1)
  if (!last) throw new Error('The feed query gave no row.')
  const complete = rows.length === first.found && first.found < limit
  return {
    rows,
    through: { seq: last.seq, within: complete ? null : { kind: last.kind, id: last.id } },
    complete,
    heldBack: first.heldBack,
  }
}

/** Number of the newest transaction that can be read now; 0 in an empty feed. */
export async function newestReadable(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ seq: string }>`
    select xid::text as seq from feed where xid < pg_snapshot_xmin(pg_current_snapshot())
    order by xid desc limit 1
  `.execute(db)
  return Number(rows[0]?.seq ?? 0)
}
