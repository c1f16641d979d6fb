import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Logger } from 'pino'
import { connect } from '../database/connect'
import { reachServer, type DatabaseChoice } from '../database/reach'
import { GatewayStartError } from '../start-error'
import { findKey, usualAnchor, type Anchor, type AnchorSettings } from './anchor'
import { verifyAudit, type AuditReport } from './verify'

/** Which database to check, and by which anchors; all of them have one key. */
export interface VerifyOptions extends DatabaseChoice, Omit<AnchorSettings, 'file'> {
  /** Without any, the one in the data folder of an embedded database. */
  readonly anchors: readonly string[]
}

/**
 * Check the whole audit of a database without running a gateway on it, and without writing anything.
 * A server may be in use meanwhile; an embedded one must not be, since it is started for this.
 * @throws GatewayStartError when the database, an anchor or the key is not to be had
 */
export async function verifyDatabase(options: VerifyOptions, log: Logger): Promise<AuditReport> {
  const dataDir = options.databaseUrl === undefined ? options.dataDir : undefined
  if (dataDir !== undefined) await insistOnData(dataDir)
  const { url, stop } = await reachServer(options, log)
  try {
    const files =
      options.anchors.length === 0 && dataDir !== undefined
        ? [usualAnchor(dataDir)]
        : options.anchors
    const anchors = await withKey(files, options, dataDir, log)
    return await inDatabase(url, anchors, log)
  } finally {
    await stop()
  }
}

/** A check does not make the database it is of. */
async function insistOnData(dataDir: string): Promise<void> {
  try {
    await access(join(dataDir, 'postgres'))
  } catch (error) {
    throw new GatewayStartError('no_database', `There is no database in ${dataDir}.`, {
      cause: error,
    })
  }
}

async function withKey(
  files: readonly string[],
  settings: AnchorSettings,
  dataDir: string | undefined,
  log: Logger,
): Promise<readonly Anchor[]> {
  if (files.length === 0) return []
  const key = await findKey(settings, dataDir, log)
  if (key !== null) return files.map((file) => ({ file, key }))
  throw new GatewayStartError(
    'audit_key_missing',
    'An anchor is checked with its key: name its file with --audit-key-file, or set KONTOR_AUDIT_KEY.',
  )
}

async function inDatabase(
  url: string,
  anchors: readonly Anchor[],
  log: Logger,
): Promise<AuditReport> {
  const { db, close } = connect(url, {
    maxConnections: 1,
    queryTimeoutMs: 0,
    onError: (error) => log.warn({ err: error }, 'a database connection was lost'),
  })
  try {
    const { rows } = await sql<{ sealed: boolean }>`
      select to_regclass('audit_seal') is not null as sealed`
      .execute(db)
      .catch(unreachable)
    if (rows[0]?.sealed !== true) {
      throw new GatewayStartError(
        'nothing_sealed',
        'This database knows no seals: no gateway of this version has run on it.',
      )
    }
    return await verifyAudit(db, anchors).catch(unreadable)
  } finally {
    await close()
  }
}

function unreachable(error: unknown): never {
  throw new GatewayStartError(
    'database_unreachable',
    `The database cannot be reached: ${(error as Error).message}`,
    { cause: error },
  )
}

/** An anchor that is not there; anything else is a bug. */
function unreadable(error: unknown): never {
  const { code, syscall, path, message } = error as NodeJS.ErrnoException
  if (typeof code !== 'string' || typeof syscall !== 'string' || path === undefined) throw error
  throw new GatewayStartError('audit_anchor_unusable', `An anchor cannot be read: ${message}`, {
    cause: error,
  })
}
