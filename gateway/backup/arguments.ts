import type { BackupCommand } from './command-line'
import type { BackupSettings } from './keep'

/** The options of the command line that are about backups, as `parseArgs` knows them. */
export const backupOptions = {
  backup: { type: 'string' },
  restore: { type: 'string' },
  'tell-restore': { type: 'boolean' },
  force: { type: 'boolean' },
  'sign-everybody-out': { type: 'boolean' },
  'backup-dir': { type: 'string' },
  'backup-keep': { type: 'string' },
} as const

/** What the help says of them. */
export const backupUsage = `\
  --backup FILE          write everything into FILE, while gateways run, and end
  --force                with --backup: replace FILE
  --restore FILE         put a backup into an empty database, and end
  --tell-restore         tell the audit's anchors of the last restore once more, and end
  --sign-everybody-out   with --restore: sessions are left out
  --backup-dir DIR       where an embedded database's own backups go (default DATA-DIR/backups)
  --backup-keep DAYS     how many days' backups are kept, beside four weeks' (default 7)`

type Values = { readonly [K in keyof typeof backupOptions]?: string | boolean }

export type BackupArguments =
  | {
      readonly ok: true
      /** Null when a gateway is to be started. */
      readonly command: BackupCommand | null
      readonly settings: BackupSettings
    }
  | { readonly ok: false; readonly message: string }

/**
 * What the options say, once it is sure that they make sense together.
 * @param isServer whether the database is a server, of which no gateway makes backups by itself
 * @param isOtherTask whether something else is asked for that ends by itself
 */
export function readBackupArguments(
  values: Values,
  { isServer, isOtherTask }: { readonly isServer: boolean; readonly isOtherTask: boolean },
): BackupArguments {
  const { backup, restore, force } = values
  const folder = values['backup-dir']
  const keep = values['backup-keep']
  const out = values['sign-everybody-out'] === true
  const tell = values['tell-restore'] === true
  const tasks = [backup !== undefined, restore !== undefined, tell].filter((asked) => asked).length
  const isTask = tasks > 0
  if (tasks > 1) return no('It is one of --backup, --restore and --tell-restore.')
  if (backup === '' || restore === '') return no('Name the file of the backup.')
  if (isTask && isOtherTask)
    return no(
      '--backup, --restore and --tell-restore do nothing else: give the other options another time.',
    )
  if (force === true && backup === undefined) return no('--force goes with --backup.')
  if (out && restore === undefined) return no('--sign-everybody-out goes with --restore.')
  if (isServer && !isTask && (folder !== undefined || keep !== undefined))
    return no(
      'Only of an embedded database a gateway makes backups by itself. For a server, run --backup FILE by cron or a systemd timer.',
    )
  const days = Number(keep ?? 7)
  if (!Number.isInteger(days) || days < 1 || days > 3_650)
    return no(`“${String(keep)}” is no number of days: it is from 1 to 3650.`)
  return {
    ok: true,
    command: tell ? { kind: 'tell_restore' } : commandOf(backup, restore, force === true, out),
    settings: { days, ...(typeof folder === 'string' ? { folder } : {}) },
  }
}

function commandOf(
  backup: string | boolean | undefined,
  restore: string | boolean | undefined,
  force: boolean,
  signEverybodyOut: boolean,
): BackupCommand | null {
  if (typeof backup === 'string') return { kind: 'backup', file: backup, force }
  if (typeof restore === 'string') return { kind: 'restore', file: restore, signEverybodyOut }
  return null
}

function no(message: string): BackupArguments {
  return { ok: false, message }
}
