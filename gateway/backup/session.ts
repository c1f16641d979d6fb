import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Database } from '../database/schema'
import { BackupProblem } from './outcome'

/** The lock under which Kysely migrates: whoever holds it sees no half-changed schema. */
export const migrationLock = '3853314791062309107'

/**
 * One connection for a whole backup or restore: rows stream over it in the transaction that
 * statements run in. It has no time limits, since large tables take as long as they take.
 */
export interface Session {
  readonly client: pg.Client
  /** The same connection for Kysely. Figures of 8 bytes come as text here. */
  readonly db: Kysely<Database>
}

/** What makes the text of a value the same wherever it is written and read. */
const settings = [
  `set client_encoding to 'UTF8'`,
  `set datestyle to 'ISO, YMD'`,
  `set intervalstyle to 'iso_8601'`,
  `set timezone to 'UTC'`,
  `set bytea_output to 'hex'`,
  `set extra_float_digits to 3`,
  `set synchronous_commit to on`,
].join(';')

/**
 * Run `work` on a connection of its own, closed when it has ended, or as soon as `signal` says so.
 * @throws BackupProblem `database_failed` when the database cannot be reached or is lost meanwhile.
 */
export async function inSession<T>(
  url: string,
  work: (session: Session) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'kontor-backup',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    options: '-c statement_timeout=0 -c idle_in_transaction_session_timeout=0 -c lock_timeout=0',
  })
  // A server that goes away is told by the statement that fails.
  client.on('error', () => undefined)
  const connection = {
    query: client.query.bind(client) as pg.Client['query'],
    release: () => undefined,
  }
  const pool = { connect: () => Promise.resolve(connection), end: () => Promise.resolve() }
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: pool as never }) })
  // Ending it breaks off the statement that is under way.
  const breakOff = () => void client.end().catch(() => undefined)
  signal?.addEventListener('abort', breakOff)
  try {
    signal?.throwIfAborted()
    await client.connect()
    await client.query(settings)
    return await work({ client, db })
  } catch (error) {
    if (error instanceof BackupProblem || !isOfDatabase(error)) throw error
    throw new BackupProblem('database_failed', `The database broke off: ${error.message}`, {
      cause: error,
    })
  } finally {
    signal?.removeEventListener('abort', breakOff)
    await db.destroy()
    await client.end().catch(() => undefined)
  }
}

/** From the server, or from the line to it. */
function isOfDatabase(error: unknown): error is Error {
  if (error instanceof pg.DatabaseError) return true
  if (!(error instanceof Error)) return false
  return 'syscall' in error || /^Connection terminated|timeout expired/.test(error.message)
}
