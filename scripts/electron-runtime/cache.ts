import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, join } from 'node:path'

/** Where fetched runtimes live: outside the repository, so that clones share them and git never sees them. */
export function runtimeCacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  // The XDG specification says that a relative value must be ignored.
  const xdg = environment['XDG_CACHE_HOME']
  const base = xdg?.startsWith('/') ? xdg : join(homedir(), '.cache')
  return join(base, 'kontor', 'electron')
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

/**
 * Makes `target` by filling a temporary neighbour and renaming it, so that the folder is either
 * whole or absent. Two processes may do so at once: the slower one discards its own copy.
 */
export async function createFolderOnce(
  target: string,
  fill: (folder: string) => Promise<void>,
): Promise<void> {
  await mkdir(dirname(target), { recursive: true })
  const draft = await mkdtemp(join(dirname(target), `.${basename(target)}-`))
  try {
    await fill(draft)
    await rename(draft, target)
  } catch (error) {
    if (isAlreadyThere(error) && (await exists(target))) return
    throw error
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

function isAlreadyThere(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code
  return code === 'ENOTEMPTY' || code === 'EEXIST'
}
