import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

import { _electron } from 'playwright-core'
import type { ElectronApplication, Page } from 'playwright-core'

import { projectFolder } from '../../scripts/build'
import type { ElectronRuntime } from '../../scripts/electron-runtime/resolve'

/** An Electron to start, and the display to draw on. */
export interface AppRuntime extends ElectronRuntime {
  readonly env: Readonly<Record<string, string>>
}

export interface AppOptions {
  readonly runtime: AppRuntime
  /** The user-data folder; without one the application gets an empty one of its own. */
  readonly userData?: string
  /** Switches for the application, e.g. `--demo`. */
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Where the application lies, when not here. */
  readonly appFolder?: string
  /** How long the first screen may take, in milliseconds. */
  readonly readyWithin?: number
}

export interface RunningApp {
  readonly electron: ElectronApplication
  readonly page: Page
  readonly userData: string
  /** From the start of the process to the first painted screen. */
  readonly readyAfterMilliseconds: number
  /** Errors that nobody caught and errors the page logged. */
  readonly faults: readonly string[]
  /** What the application wrote to its standard output and error since it was under way. */
  readonly output: () => string
  /** Quits in order, as a person does; the user-data folder stays when it was given. */
  readonly close: () => Promise<void>
  /** Ends the process at once, as a crash or a power cut does. */
  readonly kill: () => Promise<void>
}

const CLOSE_WITHIN_MILLISECONDS = 15_000

/** Starts the real application and waits until its first screen is there. */
export async function launchApp(options: AppOptions): Promise<RunningApp> {
  const { runtime } = options
  const userData = options.userData ?? (await mkdtemp(join(tmpdir(), 'kontor-e2e-')))
  const appFolder = options.appFolder ?? projectFolder
  const start = performance.now()
  const electron = await _electron.launch({
    executablePath: runtime.executablePath,
    args: [...runtime.args, appFolder, `--user-data-dir=${userData}`, ...(options.args ?? [])],
    cwd: appFolder,
    env: environment({ ...runtime.env, ...options.env }),
    chromiumSandbox: !runtime.args.includes('--no-sandbox'),
  })
  const process_ = electron.process()
  let output = ''
  for (const stream of [process_.stdout, process_.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  const ended = new Promise<void>((settle) => {
    if (process_.exitCode !== null || process_.signalCode !== null) settle()
    process_.once('exit', () => settle())
  })
  const discard = async () => {
    if (options.userData === undefined) await rm(userData, { recursive: true, force: true })
  }
  const kill = async () => {
    process_.kill('SIGKILL')
    await ended
    await electron.close().catch(() => undefined)
    await discard()
  }

  const faults: string[] = []
  try {
    const page = await electron.firstWindow()
    page.on('pageerror', (error) => faults.push(error.stack ?? error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text())
    })
    const timeout = options.readyWithin ?? 30_000
    await page.locator('html[data-ready="true"]').waitFor({ state: 'attached', timeout })
    const readyAfterMilliseconds = performance.now() - start
    const close = async () => {
      const closed = electron.close().then(() => ended)
      const late = wait(CLOSE_WITHIN_MILLISECONDS, 'late' as const, { ref: false })
      if ((await Promise.race([closed, late])) === 'late') {
        const logged = await readLog(userData)
        await kill()
        throw new Error(`The application did not close in order:\n${output}\n${logged}`)
      }
      await discard()
    }
    return {
      electron,
      page,
      userData,
      readyAfterMilliseconds,
      faults,
      output: () => output,
      close,
      kill,
    }
  } catch (error) {
    const logged = await readLog(userData)
    await kill()
    throw new Error(
      `The application did not get ready: ${String(error)}\n${faults.join('\n')}\n${output}\n${logged}`,
      { cause: error },
    )
  }
}

async function readLog(userData: string): Promise<string> {
  return readFile(join(userData, 'logs', 'main.log'), 'utf8').catch(() => 'There is no log.')
}

/** The environment of this process without what would turn Electron into plain Node, and with more. */
function environment(extra: Readonly<Record<string, string>>): Record<string, string> {
  const { ELECTRON_RUN_AS_NODE: _, NODE_OPTIONS: __, ...rest } = process.env
  const defined = Object.entries(rest).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  return { ...Object.fromEntries(defined), ...extra }
}
