import { mkdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { sql, type Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Database } from '../database/schema'
import { inTransaction, type Transaction } from '../database/transaction'
import { GatewayStartError } from '../start-error'
import { appendLine, beWritable, cutTornLine, readEnd, type AnchorEnd } from './anchor-file'
import { keyFrom, makeKey, readKey } from './anchor-key'
import { writeLine, type AnchorLine } from './anchor-line'
import { nothingBefore } from './digest'
import { takeLock, waitForLock } from './lock'
import { sealState, type LatestSeal } from './seal'

/** A file outside the database that knows the seals, and the key it is written with. */
export interface Anchor {
  readonly file: string
  readonly key: Buffer
}

/** Where the anchor is and where its key comes from. */
export interface AnchorSettings {
  readonly file?: string
  /** The key in a file; it goes before `key`. */
  readonly keyFile?: string
  /** The key itself, as the environment has it. */
  readonly key?: string
}

const folderOf = (dataDir: string) => join(dataDir, 'audit')

/** Where the anchor lies when there is a data folder and nobody has said. */
export const usualAnchor = (dataDir: string): string => join(folderOf(dataDir), 'anchor.jsonl')
const usualKey = (dataDir: string): string => join(folderOf(dataDir), 'anchor.key')

/**
 * The key of an anchor, from wherever the settings say, else from the data folder; null when nothing
 * names one.
 * @throws GatewayStartError when it cannot be read or is too short
 */
export async function findKey(
  settings: AnchorSettings,
  dataDir: string | undefined,
  log: Logger,
): Promise<Buffer | null> {
  if (settings.keyFile !== undefined) return readKey(settings.keyFile, log)
  if (settings.key !== undefined) return keyFrom(settings.key, 'KONTOR_AUDIT_KEY')
  return dataDir === undefined ? null : readKey(usualKey(dataDir), log)
}

/**
 * Open the anchor this gateway writes to. With a data folder and nothing said it lies there, and its key
 * is made at the first start. Null when there is neither: nothing is anchored then.
 * @throws GatewayStartError when the anchor cannot be used: no key, an unreadable file, or a last line
 * that was not written with this key
 */
export async function openAnchor(
  settings: AnchorSettings,
  dataDir: string | undefined,
  log: Logger,
): Promise<Anchor | null> {
  const file = settings.file ?? (dataDir === undefined ? undefined : usualAnchor(dataDir))
  if (file === undefined) return null
  const hasOwnKey = settings.keyFile === undefined && settings.key === undefined
  try {
    if (dataDir !== undefined && hasOwnKey) await makeKeyOnce(file, dataDir, log)
    const key = await findKey(settings, dataDir, log)
    if (key === null) {
      throw new GatewayStartError(
        'audit_key_missing',
        'The audit’s anchor needs a key: name its file with --audit-key-file, or set KONTOR_AUDIT_KEY.',
      )
    }
    const anchor = { file: resolve(file), key }
    await beWritable(anchor.file)
    await repair(anchor, log)
    return anchor
  } catch (error) {
    if (error instanceof GatewayStartError) throw error
    throw new GatewayStartError(
      'audit_anchor_unusable',
      `The audit’s anchor ${file} cannot be used: ${(error as Error).message}`,
      { cause: error },
    )
  }
}

/** The key goes with its lines: where there are some already, a new key would make them worthless. */
async function makeKeyOnce(file: string, dataDir: string, log: Logger): Promise<void> {
  const keyFile = usualKey(dataDir)
  const known = await readKey(keyFile, log).catch((error: GatewayStartError) => error)
  if (Buffer.isBuffer(known)) return
  if ((known.cause as NodeJS.ErrnoException | undefined)?.code !== 'ENOENT') throw known
  const end = await readEnd(file, Buffer.alloc(0))
  if (end.kind === 'broken' || end.last !== null) {
    throw new GatewayStartError(
      'audit_key_missing',
      `The audit’s anchor ${file} has no key any more: put ${keyFile} back, or move the anchor elsewhere to begin a new one.`,
    )
  }
  await mkdir(dirname(keyFile), { recursive: true, mode: 0o700 })
  await makeKey(keyFile)
}

/** Look at how the anchor ends and cut off a line that was not written to its end. */
async function repair({ file, key }: Anchor, log: Logger): Promise<AnchorEnd & { kind: 'whole' }> {
  const end = await readEnd(file, key)
  if (end.kind === 'broken') {
    throw new GatewayStartError(
      'audit_anchor_broken',
      `The last line of the audit’s anchor ${file} was not written with this key, or not behind the line before it. Keep the file, find out why (--verify-audit), and begin a new one elsewhere.`,
    )
  }
  if (end.tornBytes > 0) {
    await cutTornLine(file, end.length)
    log.warn(
      { file, bytes: end.tornBytes },
      'the last line of the audit’s anchor was cut off in the writing; it is written again',
    )
  }
  return end
}

export type Anchored =
  /** The anchor knows this seal by now, or there is none yet. */
  | { readonly kind: 'anchored'; readonly n: number }
  /** Another node is writing; nothing was done. */
  | { readonly kind: 'busy' }
  /** The database does not hold what the anchor knows; nothing was written. */
  | { readonly kind: 'differs'; readonly n: number }

/**
 * Write the latest seal to the anchor, whoever made it, unless it stands there already. Before that, what
 * the anchor knew last must still be in the database: an anchor is not led on to another past.
 * @throws when the file cannot be written, and GatewayStartError when its end is broken
 */
export async function anchorLatest(
  db: Kysely<Database>,
  anchor: Anchor,
  now: Date,
  log: Logger,
): Promise<Anchored> {
  return inTransaction(db, async (tx) => {
    // Nodes on one machine may share a file.
    if (!(await takeLock(tx, 'anchor'))) return { kind: 'busy' }
    // A file system that hangs must not cost the lock: another node's line would come in between. This
    // transaction has written nothing, so the feed does not wait for it.
    await sql`select set_config(name, '0', true) from pg_settings
      where name in ('idle_in_transaction_session_timeout', 'transaction_timeout')`.execute(tx)
    const { last } = await repair(anchor, log)
    const { latest } = await sealState(tx)
    if (last !== null && last.n > 0 && !(await isHeld(tx, last)))
      return { kind: 'differs', n: last.n }
    const known = last?.n ?? 0
    if (latest === null || latest.n <= known) return { kind: 'anchored', n: known }
    await append(anchor, last, 'sealed', latest, now)
    return { kind: 'anchored', n: latest.n }
  })
}

/** What an anchor keeps of a seal. */
type AnchoredSeal = Pick<LatestSeal, 'n' | 'hash' | 'entries'>

/** Before the first seal. */
export const noSeal: AnchoredSeal = { n: 0, hash: nothingBefore, entries: 0 }

/**
 * Tell the anchor that the database was taken back, by a restore, to a seal. From here on the anchor
 * goes on from that one; what it knew of later seals is no longer compared. An anchor that has been told
 * already is left as it is, so this can be done again.
 */
export async function anchorRestore(
  db: Kysely<Database>,
  anchor: Anchor,
  to: AnchoredSeal,
  now: Date,
  log: Logger,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await waitForLock(tx, 'anchor')
    const { last } = await repair(anchor, log)
    if (last !== null && (await goesOnFrom(tx, last, to))) return
    await append(anchor, last, 'restored', to, now)
  })
}

/** Whether an anchor that ends so knows of the restore to that seal. */
async function goesOnFrom(tx: Transaction, last: AnchorLine, to: AnchoredSeal): Promise<boolean> {
  if (last.kind === 'restored' && last.n === to.n) return last.hash === to.hash.toString('hex')
  return last.n > to.n && (await isHeld(tx, last))
}

/** Whether the database has the seal as the line says. */
async function isHeld(tx: Transaction, { n, hash }: AnchorLine): Promise<boolean> {
  const known = await tx
    .selectFrom('audit_seal')
    .select('hash')
    .where('n', '=', n)
    .executeTakeFirst()
  return known?.hash.toString('hex') === hash
}

async function append(
  anchor: Anchor,
  last: AnchorLine | null,
  kind: AnchorLine['kind'],
  { n, hash, entries }: AnchoredSeal,
  now: Date,
): Promise<void> {
  const line = writeLine(anchor.key, last?.mac ?? null, {
    kind,
    n,
    hash: hash.toString('hex'),
    entries,
    at: now.toISOString(),
  })
  await appendLine(anchor.file, line)
}
