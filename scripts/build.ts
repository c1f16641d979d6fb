import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, open, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { SetupProblem, say } from './electron-runtime/setup-problem'
import { runProgram } from './program'

export const projectFolder = dirname(dirname(fileURLToPath(import.meta.url)))

const SOURCES = [
  'contract',
  'demo',
  'domain',
  'gateway',
  'language',
  'main',
  'preload',
  'renderer',
  'widget',
  'electron.vite.config.ts',
  'package-lock.json',
  'package.json',
]
const stamp = join(projectFolder, 'out', 'built-from')
const lock = join(projectFolder, 'out', 'building')

/** Builds `out/` unless it was built from exactly these sources. Prints to stderr only. */
export async function buildIfStale(): Promise<void> {
  await mkdir(dirname(stamp), { recursive: true })
  await withLock(async () => {
    const fingerprint = await sourceFingerprint()
    if ((await readFile(stamp, 'utf8').catch(() => '')) === fingerprint) return
    const start = Date.now()
    await rm(stamp, { force: true })
    await runElectronVite()
    await writeFile(stamp, fingerprint)
    say(`built in ${((Date.now() - start) / 1000).toFixed(1)} s`)
  })
}

/** A digest of everything that goes into the build, by content: a checkout moves times about. */
async function sourceFingerprint(): Promise<string> {
  const hash = createHash('sha256').update(process.version)
  for (const source of SOURCES) {
    for (const file of await filesBelow(join(projectFolder, source))) {
      hash.update(file).update(await readFile(file))
    }
  }
  return hash.digest('hex')
}

async function filesBelow(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOTDIR') return undefined
      if (error.code === 'ENOENT') return []
      throw error
    },
  )
  if (entries === undefined) return [path]
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}

async function runElectronVite(): Promise<void> {
  const program = join(projectFolder, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const child = spawn(process.execPath, [program, 'build', '--logLevel', 'warn'], {
    cwd: projectFolder,
    stdio: ['ignore', 2, 2],
  })
  const code = await new Promise((settle, fail) => child.on('error', fail).on('close', settle))
  if (code !== 0) throw new SetupProblem('the build failed')
}

/** One build at a time, also between processes; a lock whose owner is gone counts for nothing. */
async function withLock(work: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      const file = await open(lock, 'wx')
      await file.writeFile(String(process.pid))
      await file.close()
      break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const owner = Number(await readFile(lock, 'utf8').catch(() => ''))
    if (owner > 0 && !isRunning(owner)) await rm(lock, { force: true })
    else await wait(200)
  }
  try {
    await work()
  } finally {
    await rm(lock, { force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runProgram(async () => (await buildIfStale(), 0))
}
