import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { partial } from './files'
import { BackupProblem } from './outcome'
import { checkBackup } from './read'
import { backupName, expired, readBackupName, type KeptBackup, type Retention } from './retention'
import { backUp } from './write'

export interface AutomaticBackupOptions {
  readonly databaseUrl: string
  readonly folder: string
  readonly keep: Retention
  readonly log: Logger
  readonly now: () => Date
  /**
   * Called when it is known of what moment there is a backup, be it an older file that was found to hold
   * the same still, and when one could not be made.
   */
  readonly onState?: (state: { readonly newest: Date | null; readonly failed: boolean }) => void
}

export interface AutomaticBackups {
  stop(): Promise<void>
}

const dayMs = 24 * 3_600_000
/** Not while everything else is starting. */
const firstLookMs = 60_000
/** How often it looks whether a day has passed: a computer that slept is late by no more than this. */
const lookMs = 15 * 60_000
/** How soon it is tried again after a failure. */
const againMs = 3_600_000

/**
 * Make a backup every 24 hours for as long as the gateway runs, at once where the newest is older,
 * and let go of those that need not be kept. Nothing new is no new file.
 */
export function startAutomaticBackups(
  options: AutomaticBackupOptions,
  timing: { readonly firstLookMs?: number; readonly lookMs?: number } = {},
): AutomaticBackups {
  const { folder, log, now, onState } = options
  /** When it is to be done next; null until the folder has been looked at. */
  let due: number | null = null
  let running: Promise<void> | null = null
  const stopped = new AbortController()

  async function look(): Promise<void> {
    if (due === null) {
      const newest = await newestIn(folder)
      onState?.({ newest: newest?.at ?? null, failed: false })
      // One from the future is of a clock that was wrong, and says nothing.
      const age = newest === null ? dayMs : now().getTime() - newest.at.getTime()
      due = now().getTime() + (age < 0 ? 0 : dayMs - age)
    }
    if (now().getTime() < due) return
    const at = now()
    await backUpOnce({ ...options, signal: stopped.signal }, { beforeUpgrade: false })
    due = now().getTime() + dayMs
    onState?.({ newest: at, failed: false })
  }

  function run(): void {
    running ??= look()
      .catch((error: unknown) => {
        if (stopped.signal.aborted) return
        due = now().getTime() + againMs
        log.error({ err: error, folder }, 'no backup could be made')
        onState?.({ newest: null, failed: true })
      })
      .finally(() => (running = null))
  }

  let timer = setTimeout(() => {
    run()
    timer = setInterval(run, timing.lookMs ?? lookMs)
    timer.unref()
  }, timing.firstLookMs ?? firstLookMs)
  timer.unref()
  return {
    async stop() {
      clearTimeout(timer)
      stopped.abort()
      await running
    },
  }
}

/**
 * Make one backup in the folder, unless the newest there holds the same, and let go of what is old. One
 * that is to be kept from before an upgrade is called so, whichever of the two it is.
 *
 * @returns the newest backup then
 * @throws BackupProblem when none could be made
 */
export async function backUpOnce(
  options: AutomaticBackupOptions & { readonly signal?: AbortSignal },
  { beforeUpgrade }: { readonly beforeUpgrade: boolean },
): Promise<KeptBackup> {
  const { databaseUrl, folder, keep, log, now, signal } = options
  await prepare(folder)
  const before = await newestIn(folder)
  const at = now()
  const name = backupName(at, beforeUpgrade)
  const file = join(folder, name)
  const made = await backUp({ databaseUrl, file, now: () => at, ...(signal && { signal }) })
  if (!made.ok) throw new BackupProblem(made.error.code, made.error.message)
  if (before && (await holdsTheSame(before, made.trailer, options))) {
    const kept = beforeUpgrade ? await keptAsBeforeUpgrade(before, folder) : before
    await rm(file)
    log.debug({ newest: kept.name }, 'nothing has happened since the last backup')
    return kept
  }
  log.info({ file, bytes: made.bytes }, 'a backup was made')
  for (const old of expired(await backupsIn(folder), keep)) await rm(join(folder, old.name))
  return { name, at, beforeUpgrade }
}

async function keptAsBeforeUpgrade(backup: KeptBackup, folder: string): Promise<KeptBackup> {
  const name = backupName(backup.at, true)
  await rename(join(folder, backup.name), join(folder, name))
  return { ...backup, name, beforeUpgrade: true }
}

/** Whether an earlier backup can stand for this one. One that is damaged cannot. */
async function holdsTheSame(
  { name }: KeptBackup,
  { contentSha256 }: { readonly contentSha256: string },
  { folder, log, signal }: AutomaticBackupOptions & { readonly signal?: AbortSignal },
): Promise<boolean> {
  const file = join(folder, name)
  try {
    const { trailer } = await checkBackup(file, signal)
    return trailer.contentSha256 === contentSha256
  } catch (error) {
    // Nothing is wrong with it: the gateway closes, and what has just been made is kept.
    if (signal?.aborted) return false
    log.error({ err: error, file }, 'an earlier backup is not in order')
    return false
  }
}

async function prepare(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    // One that was broken off by the end of its process.
    for (const name of await readdir(folder)) {
      if (name.endsWith(partial) && readBackupName(name.slice(0, -partial.length)))
        await rm(join(folder, name), { force: true })
    }
  } catch (error) {
    const { message } = error as Error
    throw new BackupProblem('backup_unwritable', `${folder} cannot be used: ${message}.`, {
      cause: error,
    })
  }
}

async function backupsIn(folder: string): Promise<readonly KeptBackup[]> {
  const names = await readdir(folder).catch(() => [])
  return names.map(readBackupName).filter((backup) => backup !== null)
}

async function newestIn(folder: string): Promise<KeptBackup | null> {
  const backups = await backupsIn(folder)
  return backups.reduce<KeptBackup | null>(
    (newest, one) => (newest === null || one.at > newest.at ? one : newest),
    null,
  )
}
