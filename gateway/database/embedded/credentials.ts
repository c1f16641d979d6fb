import { randomBytes } from 'node:crypto'
import { chown, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from '../../../contract/zod'
import type { Account } from './account'
import { systemCode } from './outcome'

/** The role the gateway works as: it owns its database, and is no superuser. */
export const roleName = 'kontor'
export const databaseName = 'kontor'

/** Lies in the cluster itself, so that a cluster and its password cannot be parted. */
const fileName = 'kontor.json'

const passwordSchema = z.string().regex(/^[0-9a-f]{48}$/)
const credentialsSchema = z.object({ password: passwordSchema })

export const newPassword = (): string => randomBytes(24).toString('hex')

/** The stored password, or undefined when there is none or the file holds something else. */
export async function readPassword(cluster: string): Promise<string | undefined> {
  try {
    const text = await readFile(join(cluster, fileName), 'utf8')
    return credentialsSchema.parse(JSON.parse(text)).password
  } catch (thrown) {
    const code = systemCode(thrown)
    if (code !== undefined && code !== 'ENOENT') throw thrown
    return undefined
  }
}

/** Stores the password, readable by the cluster's owner alone; whole or not at all. */
export async function writePassword(
  cluster: string,
  password: string,
  account: Account | undefined,
): Promise<void> {
  const path = join(cluster, fileName)
  const draft = `${path}.new`
  const file = await open(draft, 'w', 0o600)
  try {
    await file.chmod(0o600)
    await file.writeFile(JSON.stringify({ password }))
    await file.sync()
  } finally {
    await file.close()
  }
  if (account) await chown(draft, account.uid, account.gid)
  await rename(draft, path)
}
