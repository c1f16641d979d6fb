import { randomBytes } from 'node:crypto'
import { open, readFile, rename, stat } from 'node:fs/promises'
import type { Logger } from 'pino'
import { GatewayStartError } from '../start-error'

const shortestKey = 32

/**
 * The key of an anchor from a text: whatever somebody has made up, as long as it is long enough.
 * @throws GatewayStartError when it is too short
 */
export function keyFrom(text: string, source: string): Buffer {
  const key = Buffer.from(text.trim(), 'utf8')
  if (key.length < shortestKey) {
    throw new GatewayStartError(
      'audit_key_too_short',
      `The audit's key (${source}) has ${key.length} characters; it needs ${shortestKey} random ones or more.`,
    )
  }
  return key
}

/**
 * The key that lies in a file.
 * @throws GatewayStartError when it cannot be read or is too short
 */
export async function readKey(file: string, log: Logger): Promise<Buffer> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
    // Windows has no such bits; who may read it there is told by the folder.
    const { mode } = await stat(file)
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      log.warn({ file }, 'others than its owner may read or change the key of the audit')
  } catch (error) {
    throw new GatewayStartError(
      'audit_key_unreadable',
      `The audit's key ${file} cannot be read: ${(error as Error).message}`,
      { cause: error },
    )
  }
  return keyFrom(text, file)
}

/** Make a key in a file that only its owner may read; whole or not at all. */
export async function makeKey(path: string): Promise<void> {
  const draft = `${path}.new`
  const file = await open(draft, 'w', 0o600)
  try {
    await file.chmod(0o600)
    await file.writeFile(`${randomBytes(32).toString('base64url')}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, path)
}
