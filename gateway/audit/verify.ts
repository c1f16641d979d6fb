import { sql, type Kysely } from 'kysely'
import type { Database } from '../database/schema'
import type { Transaction } from '../database/transaction'
import type { Anchor } from './anchor'
import { hashBytes, hashSeal, nothingBefore } from './digest'
import { checkAnchor } from './verify-anchor'
import { checkEntries } from './verify-entries'
import { checkErasures, type ErasureRules } from './verify-erasures'
import { Problems, type AuditProblem } from './problems'
import { findStrays } from './verify-strays'

/** What a check of the whole audit came to. */
export interface AuditReport {
  readonly ok: boolean
  readonly seals: number
  /** How many entries the seals cover. */
  readonly entries: number
  /** Entries that wait for the next seal; nothing is proven of them yet. */
  readonly unsealed: number
  /** How many of them have been erased, and the first hundred of those. */
  readonly erased: number
  readonly erasedEntries: readonly number[]
  /** The latest seal that an anchor knows; null when it knows none, or there is no anchor. */
  readonly anchored: number | null
  readonly problemsFound: number
  /** The first hundred of them. */
  readonly problems: readonly AuditProblem[]
}

interface SealRow {
  readonly n: number
  readonly seqs: readonly string[]
  readonly entryHashes: Buffer
  readonly entries: number
  readonly throughXid: string
  readonly throughSeq: string
  readonly at: Date
  readonly previous: Buffer
  readonly hash: Buffer
}

/** Seals fetched at once, some 60 kB each. */
const sealsAtOnce = 10
/** How long a seal may be made and not anchored, or an erasure told of and not sealed. */
const usualLagMs = 60_000

/**
 * Check the whole audit: every entry against its seal, every seal against the one before, and the
 * seals against what anchors outside the database know. Memory does not grow with the audit. It reads
 * one state of the database, so gateways may go on writing.
 */
export async function verifyAudit(
  db: Kysely<Database>,
  anchors: readonly Anchor[],
  options: { readonly anchorLagMs?: number } = {},
): Promise<AuditReport> {
  const problems = new Problems()
  const lagMs = options.anchorLagMs ?? usualLagMs
  const rules = { keys: anchors.map(({ key }) => key), lagMs }
  // Before the database: of what is anchored meanwhile this state of it knows nothing.
  const checks = await Promise.all(anchors.map((anchor) => checkAnchor(anchor, problems)))
  try {
    return await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute((tx) => verify(tx, checks, problems, rules))
  } finally {
    for (const check of checks) await check.close()
  }
}

async function verify(
  tx: Transaction,
  checks: readonly Awaited<ReturnType<typeof checkAnchor>>[],
  problems: Problems,
  rules: ErasureRules,
): Promise<AuditReport> {
  let last: SealRow | null = null
  let seals = 0
  let entries = 0
  let anchored: number | null = null
  /** The first seal behind the latest one that is anchored. */
  let unanchored: SealRow | null = null

  for await (const seal of readSeals(tx)) {
    checkSeal(seal, last, problems)
    await checkEntries(tx, seal, problems)
    unanchored ??= seal
    for (const check of checks) {
      if (!(await check.seal(seal))) continue
      anchored = seal.n
      unanchored = null
    }
    last = seal
    seals += 1
    entries += seal.seqs.length
  }
  for (const check of checks) await check.end()
  if (checks.length > 0 && unanchored !== null && !problems.has('anchor_differs', 'anchor_broken'))
    await checkLag(tx, unanchored, rules.lagMs, problems)
  // Before the strays, for which the planner is held back.
  const erasures = await checkErasures(tx, last, rules, problems)
  const unsealed = await findStrays(tx, last, problems)
  return {
    ok: problems.found === 0,
    seals,
    entries,
    unsealed,
    erased: erasures.count,
    erasedEntries: erasures.entries,
    anchored,
    problemsFound: problems.found,
    problems: problems.told,
  }
}

async function* readSeals(tx: Transaction): AsyncGenerator<SealRow> {
  await sql`
    declare seals no scroll cursor for
    select n, seqs::text[] as seqs, entry_hashes as "entryHashes", entries,
      through_xid::text as "throughXid",
      coalesce(through_seq, 9223372036854775807)::text as "throughSeq", at, previous, hash
    from audit_seal order by n`.execute(tx)
  for (;;) {
    const { rows } = await sql<SealRow>`fetch ${sql.lit(sealsAtOnce)} from seals`.execute(tx)
    yield* rows
    if (rows.length < sealsAtOnce) return
  }
}

/** Whether a seal fits its own hashes and the seal before it. */
function checkSeal(seal: SealRow, last: SealRow | null, problems: Problems): void {
  const { n, previous, entryHashes, at } = seal
  const broken = (message: string) => problems.add({ code: 'seal_broken', seal: n, message })
  const expected = (last?.n ?? 0) + 1
  if (n > expected) {
    problems.add({
      code: 'seal_missing',
      seal: expected,
      message:
        n === expected + 1
          ? `Seal ${expected} is not there any more.`
          : `Seals ${expected} to ${n - 1} are not there any more.`,
    })
  } else if (n < expected) broken(`There are two seals ${n}.`)
  else if (!previous.equals(last?.hash ?? nothingBefore))
    broken(`Seal ${n} does not follow the one before it.`)
  if (entryHashes.length !== seal.seqs.length * hashBytes)
    broken(`Seal ${n} has not one hash for each of its entries.`)
  if (!hashSeal({ n, previous, entryHashes, at }).equals(seal.hash))
    broken(`Seal ${n} does not fit its hash.`)
  // Of a seal whose forerunner is missing, nobody can say what was sealed before.
  if (n === expected && seal.entries !== (last?.entries ?? 0) + seal.seqs.length)
    broken(`Seal ${n} counts its entries wrong.`)
}

async function checkLag(
  tx: Transaction,
  seal: SealRow,
  anchorLagMs: number,
  problems: Problems,
): Promise<void> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(tx)
  const now = rows[0]?.now.getTime() ?? 0
  if (now - seal.at.getTime() <= anchorLagMs) return
  problems.add({
    code: 'anchor_behind',
    seal: seal.n,
    message: `No anchor knows seal ${seal.n}, made ${seal.at.toISOString()}, nor any after it. Where no gateway runs, start one: it anchors the latest.`,
  })
}
