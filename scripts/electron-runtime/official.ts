import { spawn } from 'node:child_process'
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

import { exists } from './cache'

/** The release site is taken for out of reach when nothing has arrived for so long. */
const STALL_MILLISECONDS = 20_000

interface Official {
  readonly folder: string
  readonly version: string
}

/** The `electron` package in use: where it lies and which version it stands for. */
export async function officialPackage(): Promise<Official> {
  const manifest = createRequire(import.meta.url).resolve('electron/package.json')
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string }
  return { folder: dirname(manifest), version }
}

/** The binary that the `electron` package has downloaded before, or undefined. */
export async function officialBinary({ folder, version }: Official): Promise<string | undefined> {
  const read = async (file: string) => readFile(join(folder, file), 'utf8').catch(() => '')
  const [path, downloaded] = await Promise.all([read('path.txt'), read('dist/version')])
  if (!path || downloaded.trim().replace(/^v/, '') !== version) return undefined
  const binary = join(folder, 'dist', path)
  return (await exists(binary)) ? binary : undefined
}

export type InstallOutcome = { readonly ok: true } | { readonly ok: false; readonly reason: string }

/**
 * Runs the package's own installer, which honours the person's mirror and proxy settings. It is
 * stopped when nothing has arrived for a while. A half-done installation leaves no trace that
 * counts: the installer writes `path.txt` last.
 */
export async function installOfficial(
  { folder }: Official,
  stallMilliseconds = STALL_MILLISECONDS,
): Promise<InstallOutcome> {
  const scratch = await mkdtemp(join(tmpdir(), 'kontor-electron-'))
  try {
    return await new Promise((settle) => {
      const installer = spawn(process.execPath, [join(folder, 'install.js')], {
        stdio: ['ignore', 'ignore', 'pipe'],
        // Downloads land in the temporary folder, where their growth can be watched.
        env: { ...process.env, TMPDIR: scratch, TEMP: scratch, TMP: scratch },
      })
      let errors = ''
      installer.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
      const stopWatching = watchGrowth([scratch, join(folder, 'dist')], stallMilliseconds, () => {
        installer.kill('SIGKILL')
        errors = `nothing arrived for ${stallMilliseconds / 1000} seconds`
      })
      installer.on('error', (error) => (errors = error.message))
      installer.on('close', (code) => {
        stopWatching()
        settle(code === 0 ? { ok: true } : { ok: false, reason: firstLine(errors) })
      })
    })
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/** Looks at the folders' size until told to stop, and calls once when it stands still for too long. */
function watchGrowth(
  folders: readonly string[],
  stallMilliseconds: number,
  onStall: () => void,
): () => void {
  const stopped = new AbortController()
  const watch = async () => {
    let size = -1
    let since = Date.now()
    while (!stopped.signal.aborted) {
      const now = await totalSize(folders)
      if (now !== size) {
        size = now
        since = Date.now()
      } else if (Date.now() - since >= stallMilliseconds) {
        onStall()
        return
      }
      await wait(500, undefined, { signal: stopped.signal }).catch(() => undefined)
    }
  }
  void watch()
  return () => stopped.abort()
}

async function totalSize(folders: readonly string[]): Promise<number> {
  let total = 0
  for (const folder of folders) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
    for (const entry of entries.filter((each) => each.isFile())) {
      const found = await stat(join(entry.parentPath, entry.name)).catch(() => undefined)
      total += found?.size ?? 0
    }
  }
  return total
}

function firstLine(text: string): string {
  return (
    text
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ?? 'the installer gave no reason'
  )
}
