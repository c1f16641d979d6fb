import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { sql, type Kysely } from 'kysely'
import { expect } from 'vitest'
import type { Anchor } from '../../gateway/audit/anchor'
import { anchorLatest } from '../../gateway/audit/anchor'
import { digestPayload } from '../../gateway/audit/digest'
import { entryColumns, erasedPayload, type EntryRow } from '../../gateway/audit/entry-rows'
import { record, type AuditEntry } from '../../gateway/audit/record'
import { mostEntries, sealNext } from '../../gateway/audit/seal'
import { connect } from '../../gateway/database/connect'
import type { Database } from '../../gateway/database/schema'
import { inTransaction } from '../../gateway/database/transaction'
import { createLog } from '../../gateway/log'
import { testDatabase } from './postgres'
import { temporaryFolder } from './temporary-folder'

type Db = Kysely<Database>

export const silent = createLog({ level: 'silent' })

/** An entry as a command writes it; the number makes them differ. */
export function entry(number: number): AuditEntry {
  return {
    type: 'requisition.approved',
    actor: { kind: 'system', name: `Karin ${number}` },
    aggregateKind: 'requisition',
    aggregateId: `R-${number % 7}`,
    version: number,
    data: { before: { state: 'submitted' }, after: { state: 'ordered', total: number * 100 } },
    origin: { via: 'gateway', task: 'test' },
  }
}

/** Write entries from a number on, so many in each transaction. */
export async function writeEntries(
  db: Db,
  { from = 1, count, atOnce = 1 }: { from?: number; count: number; atOnce?: number },
): Promise<void> {
  for (let next = from; next < from + count; next += atOnce) {
    const size = Math.min(atOnce, from + count - next)
    await inTransaction(db, (tx) =>
      record(
        tx,
        Array.from({ length: size }, (_, at) => entry(next + at)),
      ),
    )
  }
}

/** Seal until nothing is left. Other tests write on the same server, and seals wait for them too. */
export async function sealAll(db: Db): Promise<void> {
  await expect.poll(() => isSettled(db), { timeout: 60_000, interval: 20 }).toBe(true)
  for (;;) {
    const sealed = await sealNext(db)
    if (sealed.kind === 'sealed' && sealed.entries < mostEntries) return
  }
}

/** Whether nothing that still runs is older than the newest entry. */
async function isSettled(db: Db): Promise<boolean> {
  const { rows } = await sql<{ settled: boolean | null }>`
    select max(xid) < pg_snapshot_xmin(pg_current_snapshot()) as settled from audit`.execute(db)
  return rows[0]?.settled ?? true
}

/**
 * Blank an entry as an erasure does, and have the audit tell of it: all that somebody can do who has the
 * database and knows how it is done, but lacks the key. Does nothing to an entry that is not whole.
 */
export async function forgeErasure(db: Db, seq: number, telling: object): Promise<void> {
  const { rows } = await sql<EntryRow>`
    select ${entryColumns} from audit a where a.seq = ${seq}`.execute(db)
  const [entry] = rows
  if (!entry?.salt) return
  const blank = Object.fromEntries(
    Object.entries(erasedPayload).map(([column, value]) => [column, JSON.stringify(value)]),
  )
  await db
    .updateTable('audit')
    .set({ ...blank, salt: null, digest: digestPayload(entry.salt, entry) })
    .where('seq', '=', seq)
    .execute()
  await sql`
    insert into audit (type, actor, aggregate_kind, aggregate_id, version, data, origin)
    values ('audit.erased', '{"kind":"system","name":"Lars"}', 'audit_entry', ${String(seq)}, 1,
      ${JSON.stringify(telling)}, '{"via":"gateway","task":"erase-audit"}')`.execute(db)
}

/** A database of its own with a connection to it. */
export async function auditDatabase() {
  const database = await testDatabase()
  const connection = connect(database.url, { maxConnections: 8, onError: () => undefined })
  return {
    url: database.url,
    db: connection.db,
    async drop() {
      await connection.close()
      await database.drop()
    },
  }
}

/** An anchor in a folder of the running test's own; nothing is in it. */
export async function newAnchor(): Promise<Anchor> {
  return { file: join(await temporaryFolder(), 'anchor.jsonl'), key: randomBytes(32) }
}

/** Several seals, each anchored when it was made. */
export async function sealInSteps(
  db: Db,
  anchor: Anchor | null,
  { seals, each }: { seals: number; each: number },
): Promise<void> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from audit`.execute(db)
  const from = (rows[0]?.count ?? 0) + 1
  for (let step = 0; step < seals; step += 1) {
    await writeEntries(db, { from: from + step * each, count: each })
    await sealAll(db)
    if (anchor) await anchorLatest(db, anchor, new Date(), silent)
  }
}
