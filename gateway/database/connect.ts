import { Socket } from 'node:net'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { PreparingClient } from './preparing-client'
import type { Database } from './schema'

const oid = { int8: 20, date: 1082, numeric: 1700 }

/**
 * Integers of 8 bytes come as numbers: every figure Kontor keeps fits one exactly, and one that does
 * not is a bug to hear of at once. Dates stay text, since a calendar date is no instant.
 */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((id: number, format?: 'text' | 'binary') => {
    if (id === oid.int8 || id === oid.numeric) return safeNumber
    if (id === oid.date) return (text: string) => text
    return format === undefined
      ? pg.types.getTypeParser(id)
      : pg.types.getTypeParser(id, format as 'text')
  }) as pg.CustomTypesConfig['getTypeParser'],
}

function safeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value))
    throw new Error(`The database holds ${text}, which is out of range.`)
  return value
}

/**
 * What is found by keys is found the same way whatever the keys are: planned once, and not again for
 * each of them.
 */
const foundByKeys = '-c enable_seqscan=off -c plan_cache_mode=force_generic_plan'

/** Longer than any statement of ours takes; a batch of 500 rows is the slowest. */
const usualQueryTimeoutMs = 60_000

/**
 * A line that goes dead in the middle of a message leaves the server waiting for the rest of it, which
 * it does not count as idle: from version 17 on it can be told to end such a transaction all the same.
 */
const endUnfinished = `select set_config('transaction_timeout', '15s', false)
  where current_setting('server_version_num')::integer >= 170000`

export interface Connection {
  readonly db: Kysely<Database>
  readonly pool: pg.Pool
  /**
   * Break off every line there is, whether it is at work or not: what waits for an answer fails as lost,
   * and what comes next gets a new line. For when the lines have gone dead without a word.
   */
  breakOff(): void
  close(): Promise<void>
}

/** Open a pool on a PostgreSQL server. Nothing is connected before the first query. */
export function connect(
  url: string,
  options: {
    readonly maxConnections: number
    /** How long one statement may run before the server breaks it off; without it, as long as it takes. */
    readonly statementTimeoutMs?: number
    /** How long an answer is waited for; 0 as long as it takes. */
    readonly queryTimeoutMs?: number
    /**
     * Whether it reads more than is found by keys. Everything else must not: a plan kept from when a table
     * was small would go on reading all of it when it is large.
     */
    readonly mayScan?: boolean
    /** Whether what is told to customers is mailed to them as well: see `gateway/mail/tell-customer.ts`. */
    readonly mailsCustomers?: boolean
    readonly onError: (error: Error) => void
  },
): Connection {
  let isClosing = false
  const lines = new Set<Socket>()
  const pool = new pg.Pool({
    Client: PreparingClient,
    connectionString: url,
    max: options.maxConnections,
    types,
    application_name: 'kontor-gateway',
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    stream() {
      const line = new Socket()
      lines.add(line)
      line.once('close', () => lines.delete(line))
      return line
    },
    // An answer that never comes must not be waited for: the line may be gone without a word.
    query_timeout: options.queryTimeoutMs ?? usualQueryTimeoutMs,
    // What has been acknowledged or told in a cursor outlives a crash of the server, whatever its own
    // settings say. A node that vanishes in mid-transaction must not hold the feed back for everybody:
    // the server ends its session.
    options: `-c synchronous_commit=on -c jit=off ${options.mayScan ? '' : foundByKeys}${options.mailsCustomers ? ' -c kontor.mails_customers=on' : ''} -c idle_in_transaction_session_timeout=15s -c tcp_keepalives_idle=10 -c statement_timeout=${options.statementTimeoutMs ?? 0}`,
  })
  // An idle connection that the server drops must not end the process.
  pool.on('error', (error) => {
    if (!isClosing) options.onError(error)
  })
  // Nor must one that is lent out: between two statements of a transaction nobody listens to it. The
  // next statement fails and tells, and the pool takes no such connection back.
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
    if (options.queryTimeoutMs === undefined) client.query(endUnfinished).catch(() => undefined)
  })
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  return {
    db,
    pool,
    breakOff() {
      for (const line of lines) line.destroy()
    },
    close() {
      isClosing = true
      return db.destroy()
    },
  }
}
