import { spawn } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { projectFolder } from '../../scripts/build'
import { fastFolder } from './fast-folder'

export interface DemoGateway {
  readonly url: string
  readonly dataDir: string
  readonly accounts: readonly {
    readonly username: string
    readonly displayName: string
    readonly password: string
  }[]
  readonly shop: { readonly url: string; readonly secret: string }
  passwordOf(username: string): string
  /** Signs in, apart from any console. */
  tokenOf(username: string): Promise<string>
  /** Ends it in order; the data stays. */
  stop(): Promise<void>
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>
  /** Ends it and takes its data away. */
  remove(): Promise<void>
}

/** Starts the built gateway with the demo seller, as `npm run gateway -- --demo` does. */
export async function startDemoGateway(
  options: {
    readonly dataDir?: string
    readonly port?: number
    /** Where the built application lies, where it is not the project as it is. */
    readonly folder?: string
  } = {},
): Promise<DemoGateway> {
  const dataDir = options.dataDir ?? (await newData(options.folder))
  const child = spawn(
    process.execPath,
    [
      join(options.folder ?? projectFolder, 'out/main/cli.cjs'),
      '--demo',
      '--port',
      String(options.port ?? 0),
      '--data-dir',
      dataDir,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, KONTOR_LOG_LEVEL: 'warn' } },
  )
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').once('data', resolve)
    child.once('exit', (code) => reject(new Error(`The gateway ended with ${code}: ${errors}`)))
  })
  const { listening, demo } = JSON.parse(line) as {
    listening: string
    demo: Pick<DemoGateway, 'accounts' | 'shop'>
  }
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await ended
  }
  const passwordOf = (username: string) => {
    const account = demo.accounts.find((one) => one.username === username)
    if (!account) throw new Error(`Nobody in the demo is called ${username}`)
    return account.password
  }
  return {
    url: listening,
    dataDir,
    ...demo,
    passwordOf,
    async tokenOf(username) {
      const response = await fetch(`${listening}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username, password: passwordOf(username) }),
      })
      return ((await response.json()) as { token: string }).token
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    async remove() {
      await end('SIGTERM')
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Where the tests of the application find the demo seller that was made for all of them. */
export const madeDemo = 'KONTOR_TEST_DEMO'

/** An empty folder, or in a run that has made the demo seller a copy of it: to load it takes seconds. */
async function newData(ofOtherVersion: string | undefined): Promise<string> {
  const dataDir = await mkdtemp(join(fastFolder(), 'kontor-demo-'))
  const made = process.env[madeDemo]
  if (made !== undefined && ofOtherVersion === undefined)
    await cp(made, dataDir, { recursive: true })
  return dataDir
}
