import { join } from 'node:path'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { pendingMigrations, migrationNames } from '../database/migrate'
import type { Database } from '../database/schema'
import type { Metrics } from '../metrics'
import { GatewayStartError } from '../start-error'
import { backUpOnce, startAutomaticBackups, type AutomaticBackups } from './automatic'
import { BackupProblem } from './outcome'

export interface BackupSettings {
  /** Where they lie; in the data folder unless told otherwise. */
  readonly folder?: string
  /** How many days with a backup keep one; 7 by default. */
  readonly days?: number
}

/** Where the backups of an embedded database lie when nobody has said. */
export const usualBackupFolder = (dataDir: string): string => join(dataDir, 'backups')

const usualDays = 7
const keptWeeks = 4

export interface KeptBackups {
  /**
   * Make a backup when migrations are about to change a database that has data.
   * @throws GatewayStartError when it cannot be made: the upgrade is not done without it
   */
  beforeUpgrade(db: Kysely<Database>): Promise<void>
  /** Make them day by day from now on. */
  start(metrics: Pick<Metrics, 'newestBackup' | 'jobFailures'>): AutomaticBackups
}

/**
 * The backups that a gateway makes of its own database. Of a server that others look after it makes
 * none: several gateways would each make theirs.
 */
export function keepBackups(
  dataDir: string | undefined,
  settings: BackupSettings,
  parts: { readonly databaseUrl: string; readonly log: Logger; readonly now: () => Date },
): KeptBackups {
  if (dataDir === undefined) {
    return {
      beforeUpgrade: () => Promise.resolve(),
      start: () => ({ stop: () => Promise.resolve() }),
    }
  }
  const options = {
    ...parts,
    folder: settings.folder ?? usualBackupFolder(dataDir),
    keep: { days: settings.days ?? usualDays, weeks: keptWeeks },
  }
  return {
    async beforeUpgrade(db) {
      const pending = await pendingMigrations(db)
      // All of them: there is nothing yet.
      if (pending.length === 0 || pending.length === migrationNames.length) return
      try {
        await backUpOnce(options, { beforeUpgrade: true })
      } catch (error) {
        if (!(error instanceof BackupProblem)) throw error
        throw new GatewayStartError(
          'backup_before_upgrade_failed',
          `This version changes the database, and no backup could be made before that: ${error.message}`,
          { cause: error },
        )
      }
    },
    start(metrics) {
      return startAutomaticBackups({
        ...options,
        onState({ newest, failed }) {
          if (newest) metrics.newestBackup.set(newest.getTime() / 1_000)
          if (failed) metrics.jobFailures.inc({ job: 'backup' })
        },
      })
    },
  }
}
