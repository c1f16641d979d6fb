import type { Logger } from 'pino'
import { usualBackupFolder } from '../backup/keep'
import { GatewayStartError } from '../start-error'
import { keepRunning } from './embedded/keep-running'
import { startEmbeddedPostgres } from './embedded/start'
import { wayFromOtherMajor } from './other-major'

/** Which PostgreSQL to work with. */
export interface DatabaseChoice {
  /** A PostgreSQL server. Without it the gateway runs its own, in `dataDir`. */
  readonly databaseUrl?: string
  /** Where the embedded database lives; needed without `databaseUrl`. */
  readonly dataDir?: string
}

/**
 * The address of the PostgreSQL chosen; the embedded one is started first, and kept running until
 * `stop`.
 * @throws GatewayStartError when nothing was chosen, or the embedded one does not start
 */
export async function reachServer(
  { databaseUrl, dataDir }: DatabaseChoice,
  log: Logger,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  if (databaseUrl !== undefined) return { url: databaseUrl, stop: () => Promise.resolve() }
  if (dataDir === undefined) {
    throw new GatewayStartError(
      'no_database',
      'Say where the data is to live (--data-dir) or which PostgreSQL to use (--database-url).',
    )
  }
  const embedded = { dataDir, log: log.child({ part: 'postgres' }) }
  const started = await startEmbeddedPostgres(embedded)
  if (!started.ok) {
    const { code, message, details } = started.error
    if (code !== 'wrong_major_version') throw new GatewayStartError(code, message)
    const way = await wayFromOtherMajor(dataDir, usualBackupFolder(dataDir), {
      found: Number(details['found']),
      expected: Number(details['expected']),
    })
    throw new GatewayStartError(code, `${message} ${way}`)
  }
  return keepRunning(started.server, embedded)
}
