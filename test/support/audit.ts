import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { sql, type Kysely } from 'kysely'
import type { Anchor } from '../../gateway/audit/anchor'
import { anchorLatest } from '../../gateway/audit/anchor'
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

/** Seal until nothing is left. */
export async function sealAll(db: Db): Promise<void> {
  for (;;) {
    const sealed = await sealNext(db)
    if (sealed.kind === 'sealed' && sealed.entries < mostEntries) return
  }
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
