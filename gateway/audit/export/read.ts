import { sql, type Kysely } from 'kysely'
import type { AuditExport } from '../../../contract/audit-export'
import type { Database } from '../../database/schema'
import { hashBytes, digestPayload } from '../digest'
import { entryColumns, type EntryRow } from '../entry-rows'
import { exportFormat, type ExportHead, type ExportLine } from './lines'

type Db = Kysely<Database>

/**
 * How long after the last day seals are looked through at the least, in milliseconds: an entry is sealed
 * when its transaction and all before it have ended. None of ours runs for so long.
 */
const sealedWithinMs = 10 * 60_000
/** Entries fetched at once. */
const entriesAtOnce = 200

/** What the range is, in the seller's days and as instants, and who asks. */
export async function exportHead(
  db: Db,
  { from, to, of }: Pick<AuditExport, 'from' | 'to' | 'of'>,
  exportedBy: string,
): Promise<ExportHead> {
  const { rows } = await sql<{
    gateway: string
    zone: string
    since: Date
    before: Date
    now: Date
  }>`
    select i.gateway_id::text as gateway, s.time_zone as zone, clock_timestamp() as now,
      ${from}::date::timestamp at time zone s.time_zone as since,
      (${to}::date + 1)::timestamp at time zone s.time_zone as before
    from installation i, seller s`.execute(db)
  const [row] = rows
  if (!row) throw new Error('The database knows no seller.')
  return {
    kind: 'export',
    format: exportFormat,
    gateway: row.gateway,
    from,
    to,
    timeZone: row.zone,
    since: row.since.toISOString(),
    before: row.before.toISOString(),
    of,
    until: new Date(row.before.getTime() + sealedWithinMs).toISOString(),
    exportedAt: row.now.toISOString(),
    exportedBy,
  }
}

interface SealRow {
  readonly n: number
  readonly seqs: readonly string[]
  readonly entryHashes: Buffer
  readonly entries: number
  readonly at: Date
  readonly previous: Buffer
  readonly hash: Buffer
}

/**
 * The lines of an export, read as they are asked for: memory holds one seal at a time, and no
 * transaction is open between two of them. What is sealed does not change, so that it need not be of one
 * moment; what is erased meanwhile is given as erased, and is proven just so.
 */
export async function* exportLines(db: Db, head: ExportHead): AsyncGenerator<ExportLine> {
  yield head
  const tally = { seals: 0, entries: 0, leftOut: 0, unsealed: 0, erased: 0 }
  const latest = await latestSeal(db)
  let n = await firstSeal(db, head.since)
  let through: SealRow | null = null
  for (; n !== null && n <= latest; n += 1) {
    const seal = await readSeal(db, n)
    if (!seal) continue
    through = seal
    tally.seals += 1
    yield {
      kind: 'seal',
      n: seal.n,
      at: seal.at.toISOString(),
      previous: seal.previous.toString('hex'),
      sealed: seal.seqs.length,
      entries: seal.entries,
      hash: seal.hash.toString('hex'),
    }
    let hasEarlier = false
    for await (const line of sealedLines(db, seal, head)) {
      hasEarlier ||= isEarlier(line, head)
      if (line.kind === 'entry') {
        tally.entries += 1
        if (line.digest !== null) tally.erased += 1
      } else if (line.kind === 'left_out') tally.leftOut += 1
      yield line
    }
    // Where no gateway ran for a while, the next one sealed what the last had left.
    if (seal.at.toISOString() >= head.until && !hasEarlier) break
  }
  // Only where the seals have been looked through to the last is there anything behind them.
  if (through === null || through.n === latest) {
    for await (const row of unsealedRows(db, latest)) {
      if (!isWanted(row, head)) continue
      tally.unsealed += 1
      if (row.digest !== null) tally.erased += 1
      yield { kind: 'unsealed', ...factsOf(row), ...payloadOf(row) }
    }
  }
  yield { kind: 'end', latest, ...tally }
}

async function latestSeal(db: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select coalesce(max(n), 0) as n from audit_seal`.execute(db)
  return rows[0]?.n ?? 0
}

/**
 * Where to begin: an entry is sealed after it was written, so that what was sealed before the first day
 * is none of it. The last of those before is given too, to show that they end there.
 */
async function firstSeal(db: Db, since: string): Promise<number | null> {
  const { rows } = await sql<{ n: number | null }>`
    select coalesce(
      (select max(n) from audit_seal where at < ${since}::timestamptz),
      (select min(n) from audit_seal)) as n`.execute(db)
  return rows[0]?.n ?? null
}

async function readSeal(db: Db, n: number): Promise<SealRow | undefined> {
  const { rows } = await sql<SealRow>`
    select n, seqs::text[] as seqs, entry_hashes as "entryHashes", entries, at, previous, hash
    from audit_seal where n = ${n}`.execute(db)
  return rows[0]
}

async function* sealedLines(
  db: Db,
  { seqs, entryHashes }: SealRow,
  head: ExportHead,
): AsyncGenerator<Extract<ExportLine, { kind: 'entry' | 'left_out' | 'missing' }>> {
  for (let start = 0; start < seqs.length; start += entriesAtOnce) {
    const part = seqs.slice(start, start + entriesAtOnce)
    const { rows } = await sql<EntryRow>`
      select ${entryColumns} from audit a where a.seq = any(${part}::bigint[])`.execute(db)
    const bySeq = new Map(rows.map((row) => [row.seq, row]))
    for (const [at, text] of part.entries()) {
      const place = (start + at) * hashBytes
      const hash = entryHashes.subarray(place, place + hashBytes).toString('hex')
      const row = bySeq.get(Number(text))
      if (!row) yield { kind: 'missing', seq: Number(text), hash }
      else if (isWanted(row, head))
        yield { kind: 'entry', ...factsOf(row), ...payloadOf(row), hash }
      else {
        const payloadDigest = (
          row.digest ?? digestPayload(row.salt ?? Buffer.alloc(0), row)
        ).toString('hex')
        yield { kind: 'left_out', ...factsOf(row), payloadDigest, hash }
      }
    }
  }
}

/** What stands behind the last seal, in the order in which it will be sealed. */
async function* unsealedRows(db: Db, latest: number): AsyncGenerator<EntryRow> {
  const { rows } = await sql<{ xid: string; seq: string }>`
    select through_xid::text as xid, coalesce(through_seq, 9223372036854775807)::text as seq
    from audit_seal where n = ${latest}`.execute(db)
  let place = rows[0] ?? { xid: '0', seq: '9223372036854775807' }
  for (;;) {
    const next = await sql<EntryRow & { readonly xid: string }>`
      select ${entryColumns}, a.xid::text as xid from audit a
      where (a.xid, a.seq) > (${place.xid}::xid8, ${place.seq}::bigint)
      order by a.xid, a.seq limit ${sql.lit(entriesAtOnce)}`.execute(db)
    yield* next.rows
    const last = next.rows.at(-1)
    if (!last || next.rows.length < entriesAtOnce) return
    place = { xid: last.xid, seq: String(last.seq) }
  }
}

/** Whether an entry was written on these days, about such a thing. Texts of one form sort as the times do. */
export function isWanted(
  { at, aggregateKind }: Pick<EntryRow, 'at' | 'aggregateKind'>,
  { since, before, of }: Pick<ExportHead, 'since' | 'before' | 'of'>,
): boolean {
  return at >= exactly(since) && at < exactly(before) && (of === null || of === aggregateKind)
}

/** Whether a line is of an entry that was written before the days asked for were over. */
export function isEarlier(line: object, { before }: Pick<ExportHead, 'before'>): boolean {
  return 'at' in line && typeof line.at === 'string' && line.at < exactly(before)
}

/** An instant as entries have them, with six decimals. */
function exactly(instant: string): string {
  return instant.replace('Z', '000Z')
}

function factsOf({ seq, at, type, aggregateKind, aggregateId, version }: EntryRow) {
  return { seq, at, type, aggregateKind, aggregateId, version }
}

function payloadOf({ actor, data, origin, salt, digest }: EntryRow) {
  return {
    actor,
    data,
    origin,
    salt: salt?.toString('hex') ?? null,
    digest: digest?.toString('hex') ?? null,
  }
}
