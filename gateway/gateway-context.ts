import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Database } from './database/schema'

/** What every part of the gateway is handed: the database, the clock, the log and the wake-up call. */
export interface GatewayContext {
  readonly db: Kysely<Database>
  readonly log: Logger
  /** The time, so that tests can turn it. */
  readonly now: () => Date
  /**
   * Tell the feed that something was committed. Only a wake-up: a call that is lost costs time, never
   * data, since every reader also looks by itself.
   */
  readonly wake: () => void
}
