import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import {
  chmod,
  copyFile,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from '../../../contract/zod'
import { canReach, type Account } from './account'
import { linkLibraries } from './library-links'
import { failure, systemCode, type Failure } from './outcome'

interface CopyRequest {
  /** The package's `native` folder. */
  readonly native: string
  readonly cacheDir: string
  /** The copy's folder in `cacheDir`; says version and platform. */
  readonly name: string
  readonly account: Account | undefined
}

/**
 * Copies the binaries to `cacheDir/name/native`, once: the next start checks every file's size
 * against the list written with the copy and takes it as it is. The copy gets its name when it is
 * complete, so two processes may make it at the same time and neither sees a half one.
 */
export async function copyBinaries(
  request: CopyRequest,
): Promise<{ readonly ok: true; readonly native: string } | Failure> {
  const { cacheDir, name, account } = request
  const home = join(cacheDir, name)
  const native = join(home, 'native')
  try {
    const refusal = await openCache(cacheDir, account)
    if (refusal) return refusal
    if (!(await isComplete(home))) await replaceCopy(request.native, home)
  } catch (thrown) {
    const code = systemCode(thrown)
    if (code === undefined) throw thrown
    return unusable(`PostgreSQL could not be copied to ${home} (${code}).`, home)
  }
  if (!(await isComplete(home))) return unusable(`The copy in ${home} is not complete.`, home)
  return { ok: true, native }
}

const unusable = (message: string, path: string): Failure =>
  failure('binaries_unusable', message, { path })

/** As root we run what lies here: nobody else may be able to put something there. */
async function openCache(
  cacheDir: string,
  account: Account | undefined,
): Promise<Failure | undefined> {
  const made = await mkdir(cacheDir, { recursive: true })
  if (account === undefined) return undefined
  // A strict umask would shut the server's user out of what we have just made.
  if (made !== undefined) await chmodDown(made, cacheDir)
  const { uid, mode } = await stat(cacheDir)
  if (uid !== 0 || (mode & 0o022) !== 0) {
    return unusable(`${cacheDir} can be written by others than root.`, cacheDir)
  }
  if (canReach(cacheDir, account)) return undefined
  return unusable(
    `The user the server runs as (uid ${account.uid}) cannot reach ${cacheDir}.`,
    cacheDir,
  )
}

async function chmodDown(first: string, last: string): Promise<void> {
  await chmod(last, 0o755)
  if (last !== first && dirname(last) !== last) await chmodDown(first, dirname(last))
}

interface CopiedFile {
  readonly path: string
  readonly size: number
}

const listSchema = z.array(z.object({ path: z.string(), size: z.number() }))
const listName = 'files.json'

async function isComplete(home: string): Promise<boolean> {
  try {
    const files = listSchema.parse(JSON.parse(await readFile(join(home, listName), 'utf8')))
    const sizes = await Promise.all(
      files.map(async ({ path, size }) => (await stat(join(home, path))).size === size),
    )
    return sizes.every(Boolean) && (await linkLibraries(join(home, 'native')))
  } catch {
    // Not there, torn or not a list: it is made anew, and a real obstacle shows then.
    return false
  }
}

async function replaceCopy(native: string, home: string): Promise<void> {
  const draft = `${home}.${randomBytes(6).toString('hex')}`
  try {
    await makeFolder(draft)
    const files = await copyTree(native, draft, 'native')
    await linkLibraries(join(draft, 'native'))
    await writeFile(join(draft, listName), JSON.stringify(files))
    if (await takesName(draft, home)) return
    // Another process may have been first: its copy is as good as ours. A broken one must go.
    if (await isComplete(home)) return
    const broken = `${draft}.broken`
    await rename(home, broken)
    await takesName(draft, home)
    await rm(broken, { recursive: true, force: true })
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

async function takesName(draft: string, home: string): Promise<boolean> {
  try {
    await rename(draft, home)
    return true
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOTEMPTY' || systemCode(thrown) === 'EEXIST') return false
    throw thrown
  }
}

/** What only serves building extensions and clients in C. */
const isForBuilding = (path: string): boolean =>
  path.endsWith('.a') || /(^|\/)(pgxs|pkgconfig)$/.test(path)

async function copyTree(from: string, root: string, path: string): Promise<CopiedFile[]> {
  await makeFolder(join(root, path))
  const files: CopiedFile[] = []
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const inside = `${path}/${entry.name}`
    const source = join(from, entry.name)
    if (isForBuilding(inside)) continue
    if (entry.isDirectory()) files.push(...(await copyTree(source, root, inside)))
    else if (entry.isFile()) {
      const target = join(root, inside)
      await copyFile(source, target, constants.COPYFILE_FICLONE)
      await chmod(target, path.endsWith('/bin') ? 0o755 : 0o644)
      files.push({ path: inside, size: (await stat(target)).size })
    }
  }
  return files
}

async function makeFolder(path: string): Promise<void> {
  await mkdir(path)
  await chmod(path, 0o755)
}
