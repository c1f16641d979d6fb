import { execFile } from 'node:child_process'
import {
  chmod,
  chown,
  copyFile,
  cp,
  link,
  mkdir,
  mkdtemp,
  readdir,
  rm,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'

import { projectFolder } from '../../scripts/build'
import type { AppRuntime } from './app'

/** A console that somebody without any rights of root's can start. */
export interface UsersConsole {
  readonly runtime: AppRuntime
  /** Where the application lies for them. */
  readonly appFolder: string
  /** A folder of theirs. */
  readonly userData: string
  /** Forget what the last start left behind. */
  clear(): Promise<void>
  remove(): Promise<void>
}

/** As service managers give to users that exist for one service only; no account has it. */
const strangersId = 61_234

const run = promisify(execFile)

/**
 * The console as an ordinary user has it, with Chromium's sandbox on. A person who is not root runs
 * what they have. For root, who may not run a sandbox, it is installed in a folder of its own as a
 * package does it, and started as a user made up for the occasion.
 */
export async function consoleOfOrdinaryUser(runtime: AppRuntime): Promise<UsersConsole> {
  const base = await mkdtemp(join(tmpdir(), 'kontor-user-'))
  const remove = () => rm(base, { recursive: true, force: true })
  if (process.getuid?.() !== 0) {
    const userData = join(base, 'data')
    return { runtime, appFolder: projectFolder, userData, clear: () => emptied(userData), remove }
  }
  try {
    await chmod(base, 0o755)
    const electron = join(base, 'electron')
    const appFolder = join(base, 'app')
    const home = join(base, 'home')
    await install(runtime.distributionFolder, electron)
    await installHelper(runtime.distributionFolder, electron)
    await mkdir(appFolder)
    await copyFile(join(projectFolder, 'package.json'), join(appFolder, 'package.json'))
    await cp(join(projectFolder, 'out'), join(appFolder, 'out'), { recursive: true })
    await openToAll(appFolder)
    const own = ['home', 'home/run', 'home/config', 'home/cache', 'home/local'] as const
    for (const name of own) {
      await mkdir(join(base, name), { mode: 0o700 })
      await chown(join(base, name), strangersId, strangersId)
    }
    const starter = join(base, 'start')
    // `exec` all the way, so that the process that is watched and ended is the console itself.
    const change = `setpriv --reuid ${strangersId} --regid ${strangersId} --clear-groups --inh-caps=-all`
    const binary = join(electron, basename(runtime.executablePath))
    await writeFile(starter, `#!/bin/sh\nexec ${change} '${binary}' "$@"\n`, { mode: 0o755 })
    const env = {
      ...runtime.env,
      ...(await displayRights(home)),
      HOME: home,
      XDG_RUNTIME_DIR: join(home, 'run'),
      XDG_CONFIG_HOME: join(home, 'config'),
      XDG_CACHE_HOME: join(home, 'cache'),
      XDG_DATA_HOME: join(home, 'local'),
    }
    return {
      runtime: { ...runtime, executablePath: starter, args: [], env },
      appFolder,
      userData: join(home, 'data'),
      clear: () => emptied(join(home, 'data')),
      remove,
    }
  } catch (error) {
    await remove()
    throw error
  }
}

/** A distribution in a place that everybody can read: linked, or copied from another disk. */
async function install(from: string, to: string): Promise<void> {
  await mkdir(to, { mode: 0o755 })
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) await install(source, target)
    // Its mode is changed below, and a link would change the original's.
    else if (entry.name !== 'chrome-sandbox') {
      await link(source, target).catch(() => copyFile(source, target))
    }
  }
}

/** The sandbox's helper, as packages install it. */
async function installHelper(distribution: string, folder: string): Promise<void> {
  const to = join(folder, 'chrome-sandbox')
  await copyFile(join(distribution, 'chrome-sandbox'), to)
  await chown(to, 0, 0)
  await chmod(to, 0o4755)
  const { stdout } = await run('findmnt', ['-no', 'OPTIONS', '-T', folder])
  if (stdout.split(/[,\s]/).includes('nosuid')) {
    throw new Error(
      `${folder} is mounted nosuid, where the sandbox's helper is worth nothing: set TMPDIR`,
    )
  }
}

async function emptied(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
}

/** The build is made with whatever mask its maker had. */
async function openToAll(folder: string): Promise<void> {
  await run('chmod', ['-R', 'a+rX', folder])
}

/** The key to a display that asks for one. Our own virtual display lets in whoever is on this computer. */
async function displayRights(home: string): Promise<Record<string, string>> {
  const key = process.env['XAUTHORITY']
  if (!key) return {}
  const own = join(home, 'Xauthority')
  await copyFile(key, own)
  await chown(own, strangersId, strangersId)
  return { XAUTHORITY: own }
}
