import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { afterEach } from 'vitest'
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from '../../gateway/database/embedded/start'
import type { EmbeddedPostgresError } from '../../gateway/database/embedded/outcome'
import { fastFolder } from './fast-folder'
import { quietLog } from './quiet-log'

export const isRoot = process.getuid?.() === 0

const afterTest: (() => unknown)[] = []

/** To be called once in a test file: ends and removes whatever a test has started and made. */
export const tidyUpAfterEach = (): void =>
  afterEach(async () => {
    for (const end of afterTest.splice(0).reverse()) await end()
  })

export const tidyUp = (end: () => unknown): void => void afterTest.push(end)

/** A private folder (mode 0700, as the system makes temporary folders), gone after the test. */
export function temporaryFolder(parent = fastFolder()): string {
  const folder = mkdtempSync(join(parent, 'kontor-embedded-'))
  tidyUp(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export const start = async (
  options: Omit<EmbeddedPostgresOptions, 'log'>,
): ReturnType<typeof startEmbeddedPostgres> => {
  const started = await startEmbeddedPostgres({ ...options, log: quietLog })
  if (started.ok) tidyUp(() => started.server.stop())
  return started
}

/** Starts a server that must start. */
export async function started(
  options: Omit<EmbeddedPostgresOptions, 'log'>,
): Promise<EmbeddedPostgres> {
  const outcome = await start(options)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error, undefined, 2))
  return outcome.server
}

/** The first row's values of one statement, on a connection of its own. */
export async function query(url: string, statement: string): Promise<readonly unknown[]> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query<unknown[]>({ text: statement, rowMode: 'array' })
    return rows[0] ?? []
  } finally {
    await client.end()
  }
}

export interface Owner {
  readonly process: ChildProcess
  readonly outcome:
    | { readonly ok: true; readonly url: string; readonly pid: number }
    | { readonly ok: false; readonly error: EmbeddedPostgresError }
}

/** Runs the owner program in a process of its own and waits for what its start came to. */
export async function spawnOwner(
  options: { readonly dataDir: string; readonly cacheDir?: string },
  run: { readonly program?: readonly string[]; readonly uid?: number } = {},
): Promise<Owner> {
  const owner = launchOwner(options, run)
  const lines = createInterface({ input: owner.stdout! })
  const errors: string[] = []
  owner.stderr!.on('data', (text) => errors.push(String(text)))
  const line = await Promise.race([
    once(lines, 'line').then(([text]) => String(text)),
    once(owner, 'close').then(() => undefined),
  ])
  if (line === undefined) throw new Error(`the owner ended: ${errors.join('')}`)
  return { process: owner, outcome: JSON.parse(line) as Owner['outcome'] }
}

const ownerProgram = [
  '--import',
  'tsx',
  fileURLToPath(new URL('embedded-owner.ts', import.meta.url)),
]

export function launchOwner(
  options: { readonly dataDir: string },
  {
    program = ownerProgram,
    uid,
  }: { readonly program?: readonly string[]; readonly uid?: number } = {},
): ChildProcess {
  const identity = uid === undefined ? {} : { uid, gid: uid }
  const owner = spawn(process.execPath, [...program, JSON.stringify(options)], { ...identity })
  tidyUp(() => finish(owner))
  return owner
}

/** Lets an owner stop its server and end. */
export async function finish(owner: ChildProcess): Promise<void> {
  if (owner.exitCode !== null || owner.signalCode !== null) return
  const gone = once(owner, 'exit')
  owner.stdin?.end()
  await gone
}

/** Ends a process the hard way, as the system does when memory runs out. */
export async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

/** Linux: the shell that stops the server when its owner has gone. */
export const watchdogsOf = (owner: number): readonly number[] =>
  childrenOf(owner).filter((pid) => nameOf(pid) === 'sh')

/** Linux: the processes that a process has started. */
export const childrenOf = (parent: number): readonly number[] =>
  allProcesses().filter((pid) => statFields(pid)[1] === String(parent))

const nameOf = (pid: number): string => readFileSync(`/proc/${pid}/comm`, 'utf8').trim()

/** Linux: the processes that work in a folder, as every process of a server does in its cluster. */
export const processesIn = (folder: string): readonly number[] =>
  allProcesses().filter((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder)
    } catch {
      return false
    }
  })

const allProcesses = (): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)

/** Linux: state, parent, … of a process, empty when it is gone. */
function statFields(pid: number): readonly string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}

/** Linux: whether a process runs; one that has ended and waits to be collected does not. */
export const runs = (pid: number): boolean => {
  const [state] = statFields(pid)
  return state !== undefined && state !== 'Z' && state !== 'X'
}

/** Looks until it holds. */
export async function until(holds: () => boolean, timeoutMs = 10_000): Promise<void> {
  const deadline = Date.now() + timeoutMs
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`did not come to hold within ${timeoutMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
