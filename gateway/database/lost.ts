import { refusal, type Refusal } from '../../contract/errors'
import { sqlState } from './transaction'

/** How long a program that asked over HTTP does well to wait. */
export const retryAfterSeconds = 5

/** SQLSTATEs and classes by which the server itself says that it cannot be worked with now. */
const lostStates = [
  // Connection trouble, out of resources, stopped or not yet started by an operator.
  /^08/,
  /^53/,
  /^57P/,
  // Ended for holding a transaction open while this process was asleep.
  /^25P03$/,
  // A standby, after a failover that this connection has not noticed.
  /^25006$/,
]

/** What the network says when there is nobody, or nobody any more. */
const lostLines = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ENETRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
])

/** What pg, its pool and Kysely say in words alone. */
const lostWords =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client (has encountered a connection error|was closed) and is not queryable|Cannot use a pool after calling end|driver has already been destroyed)/

/**
 * Whether an error means that the database was lost: out of reach, shutting down or without room.
 * What was asked for may or may not have been done; the same again later is the way on.
 */
export function isDatabaseLost(error: unknown): boolean {
  const state = sqlState(error)
  if (state !== null) return lostStates.some((pattern) => pattern.test(state))
  // A name with several addresses: all of them were tried.
  if (error instanceof AggregateError) return error.errors.some(isDatabaseLost)
  if (!(error instanceof Error)) return false
  const { code, syscall } = error as { code?: unknown; syscall?: unknown }
  // A request that its client broke off is an ECONNRESET too, but of no system call.
  if (typeof syscall !== 'string') return lostWords.test(error.message)
  // A Unix socket that is not there.
  return lostLines.has(String(code)) || (code === 'ENOENT' && syscall === 'connect')
}

/** What is told of it; the log has the rest under the same reference. */
export function databaseLost(error: unknown, reference: string): Refusal {
  if (isFull(error)) {
    return refusal(
      'unavailable',
      'The disk of the gateway’s database is full, and nothing was done. Send the same again when it has room.',
      { reference, reason: 'database_full' },
    )
  }
  return refusal(
    'unavailable',
    'The gateway lost its database. Whether it was done is not known; send the same again.',
    { reference },
  )
}

/** What is told at once while this node knows that it has lost its database: nothing was tried. */
export function databaseAway(): Refusal {
  return refusal(
    'unavailable',
    'The gateway has lost its database. Nothing was done; send the same again in a while.',
    { reason: 'database_lost', retryAfterSeconds },
  )
}

/** A statement that found no room has undone its transaction; one that cannot say so has crashed. */
function isFull(error: unknown): boolean {
  return sqlState(error) === '53100'
}

/** Whether the server broke a statement off because it took longer than it may. */
export function isTooSlow(error: unknown): boolean {
  return sqlState(error) === '57014'
}
