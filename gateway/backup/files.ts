import { access, open, rename, rm, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { BackupProblem, systemCode } from './outcome'

/** What stands behind the name of a backup that is still being written. */
export const partial = '.partial'

/**
 * Write a file that is there whole, on the disk, or not at all: under another name first. It is
 * readable by its owner alone. Returns its length in bytes.
 * @param options.check looks at what was written before it gets its name
 * @throws BackupProblem `backup_exists` or `backup_unwritable`
 */
export async function writeWhole(
  path: string,
  chunks: AsyncIterable<Buffer>,
  options: { readonly force: boolean; readonly check: (draft: string) => Promise<void> },
): Promise<number> {
  await refuseExisting(path, options.force)
  const draft = `${path}${partial}`
  try {
    const bytes = await writeSynced(draft, chunks, path)
    await options.check(draft)
    await refuseExisting(path, options.force)
    await onDisk(path, () => rename(draft, path))
    await onDisk(path, () => syncFolder(dirname(path)))
    return bytes
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined)
    throw error
  }
}

/** @throws BackupProblem `backup_exists` */
export async function refuseExisting(path: string, force: boolean): Promise<void> {
  if (force) return
  try {
    await access(path)
  } catch {
    return
  }
  throw new BackupProblem(
    'backup_exists',
    `${path} is there already. Give another name, or --force to replace it.`,
  )
}

async function writeSynced(
  draft: string,
  chunks: AsyncIterable<Buffer>,
  path: string,
): Promise<number> {
  const file: FileHandle = await onDisk(path, () => open(draft, 'w', 0o600))
  try {
    let bytes = 0
    for await (const chunk of chunks) {
      // Goes on where the last one ended, and writes all of it.
      await onDisk(path, () => file.writeFile(chunk))
      bytes += chunk.length
    }
    await onDisk(path, () => file.sync())
    return bytes
  } finally {
    await file.close()
  }
}

/** Forces the names in a folder to the disk. Windows cannot open folders, and needs no such thing. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function onDisk<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const code = systemCode(error)
    if (code === undefined) throw error
    const reason = code === 'ENOSPC' ? 'the disk is full' : (error as Error).message
    throw new BackupProblem('backup_unwritable', `${path} cannot be written: ${reason}.`, {
      cause: error,
    })
  }
}
