import { execFile } from 'node:child_process'
import { mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'

import { codeCacheOf, openCodeCache, sealCodeCache } from '../../main/code-cache'
import { projectFolder } from '../build'
import type { ElectronRuntime } from '../electron-runtime/resolve'
import { SetupProblem, say } from '../electron-runtime/setup-problem'

const mainFolder = join(projectFolder, 'out', 'main')
/** Which Electron the caches are of. */
const stamp = join(projectFolder, 'out', 'code-cache-of')

/**
 * Keeps beside the main process's bundle what V8 makes of it, so that a start compiles nothing
 * (`main/code-cache.ts`). Made by the very Electron that will run it, in its form of a plain Node.
 * Where that fails the console starts as well, only later.
 */
export async function makeCodeCache({ executablePath, version }: ElectronRuntime): Promise<void> {
  const entry = (await readdir(mainFolder)).find((name) => /^console-.*\.cjs$/.test(name))
  if (entry === undefined) throw new SetupProblem('There is no build to make a code cache of')
  const files = await filesFrom(join(mainFolder, entry))
  const made = (await readFile(stamp, 'utf8').catch(() => '')) === version
  if (made && (await Promise.all(files.map(hasCache))).every(Boolean)) return
  const scratch = await mkdtemp(join(tmpdir(), 'kontor-code-cache-'))
  try {
    await promisify(execFile)(
      executablePath,
      [join(import.meta.dirname, 'compile.cjs'), scratch, ...files],
      { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } },
    )
    for (const file of files) {
      const data = await readFile(join(scratch, basename(file)))
      const cache = codeCacheOf(file)
      // In one step: a console may be starting meanwhile.
      await writeFile(`${cache}.${process.pid}`, sealCodeCache(data))
      await rename(`${cache}.${process.pid}`, cache)
    }
    await writeFile(stamp, version)
  } catch (error) {
    say(`no code cache could be made, and the console starts without: ${String(error)}`)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/** A file of the bundle and all it requires of the bundle. */
async function filesFrom(entry: string): Promise<readonly string[]> {
  const files = new Set([entry])
  for (const file of files) {
    const source = await readFile(file, 'utf8')
    for (const [, path] of source.matchAll(/\brequire\(["'`](\.[^"'`]+)["'`]\)/g)) {
      if (path !== undefined) files.add(resolve(dirname(file), path))
    }
  }
  return [...files]
}

async function hasCache(file: string): Promise<boolean> {
  const kept = await readFile(codeCacheOf(file)).catch(() => null)
  return kept !== null && openCodeCache(kept) !== undefined
}
