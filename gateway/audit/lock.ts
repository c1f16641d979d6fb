import { sql } from 'kysely'
import type { Transaction } from '../database/transaction'

/** Locks of the audit's own, beside those that commands take on one number. */
const space = 0x6b6f6e74
const locks = { seal: 1, anchor: 2 } as const

/** Take one of the audit's locks until the transaction ends; false when somebody else holds it. */
export async function takeLock(tx: Transaction, name: keyof typeof locks): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`
    select pg_try_advisory_xact_lock(${sql.lit(space)}, ${sql.lit(locks[name])}) as taken
  `.execute(tx)
  return rows[0]?.taken === true
}

/** The same, however long it takes. */
export async function waitForLock(tx: Transaction, name: keyof typeof locks): Promise<void> {
  await sql`select pg_advisory_xact_lock(${sql.lit(space)}, ${sql.lit(locks[name])})`.execute(tx)
}
