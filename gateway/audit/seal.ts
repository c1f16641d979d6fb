import { setImmediate } from 'node:timers/promises'
import { sql, type Kysely } from 'kysely'
import type { Database } from '../database/schema'
import { inTransaction, type Transaction } from '../database/transaction'
import { hashBytes, hashSeal, nothingBefore } from './digest'
import { entryColumns, hashOf, type EntryRow } from './entry-rows'
import { takeLock } from './lock'

/** Entries in one seal at most. */
export const mostEntries = 1_000
/** Hashed in one go, some 2 ms, before others get their turn. */
const hashedAtOnce = 100

export type Sealed =
  /** Another node is at it. */
  | { readonly kind: 'busy' }
  /** How many were sealed; as many as one seal takes when there may be more. */
  | { readonly kind: 'sealed'; readonly entries: number }

/** Where the seals have come to. */
interface Place {
  readonly n: number
  readonly hash: Buffer
  readonly entries: number
  readonly throughXid: string
  readonly throughSeq: string
}

/** Behind every sequence number: all of a transaction. */
const lastSeq = '9223372036854775807'
const beginning: Place = {
  n: 0,
  hash: nothingBefore,
  entries: 0,
  throughXid: '0',
  throughSeq: lastSeq,
}

type Candidate = EntryRow & { readonly xid: string }

/**
 * Seal what follows the last seal, at most `mostEntries`, in the order of transactions and only below
 * the oldest that still runs, so that nothing can appear later behind it (docs/decisions/0003). Any
 * number of nodes may call it; one at a time gets to.
 */
export async function sealNext(db: Kysely<Database>): Promise<Sealed> {
  return inTransaction(db, async (tx) => {
    if (!(await takeLock(tx, 'seal'))) return { kind: 'busy' }
    const last = await lastPlace(tx)
    const found = await entriesAfter(tx, last)
    const entries = found.slice(0, mostEntries)
    const end = entries.at(-1)
    if (!end) return { kind: 'sealed', entries: 0 }
    const entryHashes = await hashAll(entries)
    const { rows } = await sql<{ at: Date }>`
      select date_trunc('milliseconds', clock_timestamp()) as at`.execute(tx)
    const [time] = rows
    if (!time) throw new Error('The database told no time.')
    const seal = { n: last.n + 1, previous: last.hash, at: time.at, entryHashes }
    // Only here does this transaction get a number of its own, for which the feed would wait.
    await tx
      .insertInto('audit_seal')
      .values({
        n: seal.n,
        seqs: entries.map(({ seq }) => seq),
        entry_hashes: entryHashes,
        entries: last.entries + entries.length,
        through_xid: end.xid,
        through_seq: found[mostEntries]?.xid === end.xid ? end.seq : null,
        at: seal.at,
        previous: seal.previous,
        hash: hashSeal(seal),
      })
      .execute()
    return { kind: 'sealed', entries: entries.length }
  })
}

async function lastPlace(tx: Transaction): Promise<Place> {
  const { rows } = await sql<Place>`
    select n, hash, entries, through_xid::text as "throughXid",
      coalesce(through_seq, ${lastSeq}::bigint)::text as "throughSeq"
    from audit_seal order by n desc limit 1`.execute(tx)
  return rows[0] ?? beginning
}

async function entriesAfter(tx: Transaction, last: Place): Promise<readonly Candidate[]> {
  const { rows } = await sql<Candidate>`
    select ${entryColumns}, a.xid::text as xid
    from audit a
    where (a.xid, a.seq) > (${last.throughXid}::xid8, ${last.throughSeq}::bigint)
      and a.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by a.xid, a.seq
    limit ${sql.lit(mostEntries + 1)}`.execute(tx)
  return rows
}

async function hashAll(entries: readonly EntryRow[]): Promise<Buffer> {
  const hashes = Buffer.alloc(entries.length * hashBytes)
  for (const [at, entry] of entries.entries()) {
    if (at % hashedAtOnce === 0 && at > 0) await setImmediate()
    const hash = hashOf(entry)
    // It says what it is not, and would for ever: sealed as it is, with nothing for a hash, the check
    // will tell of it, and what comes after it is sealed all the same.
    hash?.copy(hashes, at * hashBytes)
  }
  return hashes
}

/** Where sealing stands; for figures and the anchor. */
export interface SealState {
  /** The latest seal, or null while there is none. */
  readonly latest: LatestSeal | null
  /** When the oldest entry that no seal covers was written; null when all are sealed. */
  readonly unsealedSince: Date | null
}

export interface LatestSeal {
  readonly n: number
  readonly hash: Buffer
  readonly entries: number
  readonly at: Date
}

export async function sealState(db: Kysely<Database>): Promise<SealState> {
  const { rows } = await sql<{
    n: number | null
    hash: Buffer
    entries: number
    at: Date
    since: Date | null
  }>`
    with latest as (select * from audit_seal order by n desc limit 1),
    place as (
      select coalesce((select through_xid from latest), '0') as xid,
        coalesce((select through_seq from latest), ${lastSeq}::bigint) as seq
    )
    select n, hash, entries, latest.at, (
      select a.at from audit a
      where (a.xid, a.seq) > ((select xid from place), (select seq from place))
      order by a.xid, a.seq limit 1
    ) as since
    from place left join latest on true`.execute(db)
  const [row] = rows
  if (!row) throw new Error('The query for the latest seal gave no row.')
  const { n, hash, entries, at, since } = row
  return { latest: n === null ? null : { n, hash, entries, at }, unsealedSince: since }
}
