import { lstat, readFile, symlink } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { z } from '../../../contract/zod'
import { systemCode } from './outcome'

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }))

/**
 * Links every library by the names others load it by, as the package's list says (npm packages
 * cannot hold links). False when a link is missing and cannot be made here.
 */
export async function linkLibraries(native: string): Promise<boolean> {
  for (const { source, target } of await readLinks(native)) {
    const path = join(dirname(native), target)
    if (await exists(path)) continue
    try {
      await symlink(relative(dirname(target), source), path)
    } catch (thrown) {
      if (systemCode(thrown) !== 'EEXIST') return false
    }
  }
  return true
}

async function readLinks(native: string): Promise<z.infer<typeof linksSchema>> {
  return linksSchema.parse(JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')))
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch {
    return false
  }
}
