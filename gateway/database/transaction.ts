import type { Kysely, Transaction as KyselyTransaction } from 'kysely'
import pg from 'pg'
import type { Database } from './schema'

export type Transaction = KyselyTransaction<Database>

/** SQLSTATE codes of conflicts that a fresh try resolves: serialisation failure and deadlock. */
const transient = new Set(['40001', '40P01'])
const attempts = 4

/**
 * The SQLSTATE of an error that the database answered with, or null for any other. Node's errors have
 * a `code` as well, and `EPIPE` or `E2BIG` look just like a SQLSTATE.
 */
export function sqlState(error: unknown): string | null {
  return error instanceof pg.DatabaseError ? (error.code ?? null) : null
}

/**
 * Run `work` in one transaction at READ COMMITTED. `work` may run again from the start when the
 * database asks for it, so it must do nothing but read and write the database.
 */
export async function inTransaction<T>(
  db: Kysely<Database>,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute(work)
    } catch (error) {
      if (attempt >= attempts || !transient.has(sqlState(error) ?? '')) throw error
    }
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
