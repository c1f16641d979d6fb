import { sql, type Kysely, type RawBuilder, type Transaction as KyselyTransaction } from 'kysely'
import pg from 'pg'
import { planOutdated } from './preparing-client'
import type { Database } from './schema'

export type Transaction = KyselyTransaction<Database>

/** SQLSTATEs that a fresh try resolves: serialisation failure, deadlock, a plan that is outdated. */
const transient = new Set(['40001', '40P01', planOutdated])
const attempts = 4

/**
 * The SQLSTATE of an error that the database answered with, or null for any other. Node's errors have
 * a `code` as well, and `EPIPE` or `E2BIG` look just like a SQLSTATE.
 */
export function sqlState(error: unknown): string | null {
  return error instanceof pg.DatabaseError ? (error.code ?? null) : null
}

/** Rows of one kind that are written at the end of a transaction, in one statement however many. */
export interface WriteGroup<T> {
  statement(rows: readonly T[]): RawBuilder<unknown>
}

/** What is to be written when the work of a transaction is done, by group. */
type AtEnd = Map<WriteGroup<unknown>, unknown[]>
const atEnd = new WeakMap<Transaction, AtEnd>()

/**
 * Write rows at the end of a transaction opened by `inTransaction`, together with all others of its
 * groups: one round trip for what nothing in the transaction reads again. The groups' statements run
 * side by side and do not see each other's rows.
 */
export function writeAtEnd<T>(tx: Transaction, group: WriteGroup<T>, rows: readonly T[]): void {
  const groups = atEnd.get(tx)
  if (!groups) throw new Error('Nothing can be written at the end of this transaction.')
  if (rows.length === 0) return
  const known = groups.get(group as WriteGroup<unknown>)
  if (known) known.push(...rows)
  else groups.set(group as WriteGroup<unknown>, [...rows])
}

/** Write what has been handed over so far, for what comes next in the transaction to see it. */
export async function writeSoFar(tx: Transaction): Promise<void> {
  const groups = atEnd.get(tx)
  if (!groups) throw new Error('Nothing can be written at the end of this transaction.')
  const handedOver = new Map(groups)
  groups.clear()
  await writeAll(tx, handedOver)
}

async function writeAll(tx: Transaction, groups: AtEnd): Promise<void> {
  if (groups.size === 0) return
  const parts = [...groups].map(
    ([group, rows], at) => sql`${sql.raw(`w${at}`)} as (${group.statement(rows)})`,
  )
  await sql`with ${sql.join(parts)} select`.execute(tx)
}

/**
 * Thrown where two statements of a transaction, each of which sees the newest, have seen what does not
 * go together. A fresh try resolves it.
 */
export class ChangedMeanwhile extends Error {}

function isTransient(error: unknown): boolean {
  return error instanceof ChangedMeanwhile || transient.has(sqlState(error) ?? '')
}

/**
 * Run `work` in one transaction at READ COMMITTED. `work` may run again from the start when the
 * database asks for it, so it must do nothing but read and write the database.
 */
export async function inTransaction<T>(
  db: Kysely<Database>,
  work: (tx: Transaction) => T | Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(db, work)
    } catch (error) {
      if (attempt >= attempts || !isTransient(error)) throw error
    }
  }
}

async function once<T>(
  db: Kysely<Database>,
  work: (tx: Transaction) => T | Promise<T>,
): Promise<T> {
  let writing: Promise<void> = Promise.resolve()
  try {
    const done = await db.transaction().execute(async (tx) => {
      const groups: AtEnd = new Map()
      atEnd.set(tx, groups)
      const result = await work(tx)
      // Not waited for: `commit` goes right behind it. Where the writing fails there is nothing left
      // to commit, and the database says that it has rolled back instead.
      writing = writeAll(tx, groups)
      writing.catch(() => undefined)
      return result
    })
    // Nothing counts as done that was not written, whatever the answer to `commit` says.
    await writing
    return done
  } catch (error) {
    await writing
    throw error
  }
}

/** Thrown to leave a transaction without a trace and hand a value out of it. */
export class Rollback<T> extends Error {
  readonly value: T
  constructor(value: T) {
    super('rolled back on purpose')
    this.value = value
  }
}
