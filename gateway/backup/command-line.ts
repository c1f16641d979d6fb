import { access, mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Logger } from 'pino'
import { openAnchor, type Anchor, type AnchorSettings } from '../audit/anchor'
import { reachServer, type DatabaseChoice } from '../database/reach'
import { GatewayStartError } from '../start-error'
import { usualBackupFolder } from './keep'
import type { BackupFailure } from './outcome'
import { restore } from './restore'
import { tellRestore } from './tell-restore'
import { backUp } from './write'

/** What was asked for on the command line. */
export type BackupCommand =
  | { readonly kind: 'backup'; readonly file: string; readonly force: boolean }
  | { readonly kind: 'restore'; readonly file: string; readonly signEverybodyOut: boolean }
  /** Tell anchors of the last restore, which they were not told of when it was made. */
  | { readonly kind: 'tell_restore' }

export interface BackupPlace {
  readonly databaseUrl: string | undefined
  readonly dataDir: string | undefined
  /** Where a running gateway on that folder puts its own backups. */
  readonly backupDir: string | undefined
  /** All that are told of a restore; without any, the one in the data folder. */
  readonly anchors: readonly string[]
  readonly anchorKey: Omit<AnchorSettings, 'file'>
  readonly log: Logger
}

type Done = { readonly ok: true; readonly said: object } | BackupFailure

/**
 * Make a backup or restore one, as the command line says. The database is a server, which gateways may
 * be using during a backup, or the one in a data folder that no gateway holds.
 * @returns what is to be printed
 * @throws GatewayStartError when there is no database to be had
 */
export async function runBackupCommand(command: BackupCommand, place: BackupPlace): Promise<Done> {
  const { databaseUrl, dataDir, backupDir } = place
  if (databaseUrl === undefined && dataDir !== undefined) {
    if (command.kind === 'restore') await mkdir(dataDir, { recursive: true, mode: 0o700 })
    else await insistOnData(dataDir)
  }
  const server = await reach(place).catch((error: unknown) => {
    if (!(error instanceof GatewayStartError) || error.code !== 'data_dir_in_use') throw error
    throw new GatewayStartError(error.code, whenHeld(command, dataDir ?? '', backupDir), {
      cause: error,
    })
  })
  try {
    return await run(command, server.url, place)
  } finally {
    await server.stop()
  }
}

function reach({ databaseUrl, dataDir, log }: BackupPlace): ReturnType<typeof reachServer> {
  const choice: DatabaseChoice = {
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(dataDir === undefined ? {} : { dataDir }),
  }
  return reachServer(choice, log)
}

async function run(command: BackupCommand, databaseUrl: string, place: BackupPlace): Promise<Done> {
  if (command.kind === 'tell_restore') {
    const anchors = await openAnchors(place)
    if (anchors.length === 0)
      throw new GatewayStartError('no_anchor', 'Name the anchors to be told with --audit-anchor.')
    const seal = await tellRestore(databaseUrl, anchors, place.log)
    return { ok: true, said: { told: anchors.map(({ file }) => file), seal } }
  }
  const file = resolve(command.file)
  if (command.kind === 'backup') {
    const made = await backUp({ databaseUrl, file, force: command.force })
    if (!made.ok) return made
    const { header, trailer, bytes } = made
    return {
      ok: true,
      said: { backup: file, bytes, rows: sum(trailer.rows), createdAt: header.createdAt },
    }
  }
  // An anchor that cannot be written to is told before anything is restored.
  const anchors = await openAnchors(place)
  const restored = await restore({ ...command, databaseUrl, file })
  if (!restored.ok) return restored
  const { header, rows } = restored
  if (anchors.length > 0) await tellRestore(databaseUrl, anchors, place.log)
  return { ok: true, said: { restored: file, rows, createdAt: header.createdAt } }
}

/** Every anchor that is named, or else the one in the data folder. */
async function openAnchors(place: BackupPlace): Promise<readonly Anchor[]> {
  const { databaseUrl, dataDir, anchors, anchorKey, log } = place
  const folder = databaseUrl === undefined ? dataDir : undefined
  const settings =
    anchors.length === 0 ? [anchorKey] : anchors.map((file) => ({ ...anchorKey, file }))
  const opened: Anchor[] = []
  for (const one of settings) {
    const anchor = await openAnchor(one, folder, log)
    if (anchor !== null) opened.push(anchor)
  }
  return opened
}

/** A backup does not make the database it is of. */
async function insistOnData(dataDir: string): Promise<void> {
  try {
    await access(join(dataDir, 'postgres'))
  } catch {
    throw new GatewayStartError('no_database', `There is no database in ${dataDir}.`)
  }
}

function whenHeld(command: BackupCommand, dataDir: string, backupDir: string | undefined): string {
  if (command.kind === 'restore') {
    return `A gateway is running on ${dataDir}. Restore into a new folder, stop the gateway, and start it on that one.`
  }
  const own = backupDir ?? usualBackupFolder(dataDir)
  return `A gateway is running on ${dataDir}. It makes backups by itself, in ${own}; for one of this very moment stop it first.`
}

function sum(rows: Readonly<Record<string, number>>): number {
  return Object.values(rows).reduce((all, count) => all + count, 0)
}
