import { createServer } from 'node:net'
import { signalServer } from './leftover'
import type { DatabaseLog } from './outcome'
import { followServerLog } from './server-log'
import {
  clusterArgument,
  endOf,
  spawnServerProgram,
  type ProgramEnd,
  type Workplace,
} from './server-process'
import { lingeringLine, portTakenLine, readyLine, serverFlags } from './settings'

/** How the server ended, and whether `stop` had been called by then. */
export interface ServerEnd {
  readonly code: number | null
  readonly signal: string | null
  readonly wasAsked: boolean
}

/** A server that takes connections. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
  readonly exited: Promise<ServerEnd>
  tail(): string
  /** Stops it in order, then with more and more force. Resolves when it is gone; safe to repeat. */
  stop(): Promise<void>
}

export type LaunchOutcome =
  | { readonly kind: 'ready'; readonly postmaster: Postmaster }
  | { readonly kind: 'port taken' }
  | { readonly kind: 'lingering'; readonly log: string }
  | { readonly kind: 'ended'; readonly end: ProgramEnd; readonly log: string }
  | { readonly kind: 'timed out'; readonly log: string }

/** Starts the server once and waits until it is ready, has ended, or `timeoutMs` have passed. */
export async function launchPostmaster(options: {
  readonly workplace: Workplace
  readonly postgres: string
  readonly pgCtl: string
  /** Any free one when undefined. */
  readonly port: number | undefined
  readonly extraFlags: readonly string[]
  readonly timeoutMs: number
  readonly log: DatabaseLog
}): Promise<LaunchOutcome> {
  const { workplace, postgres, pgCtl, extraFlags, timeoutMs, log } = options
  const port = options.port ?? (await freePort())
  const child = spawnServerProgram(
    workplace,
    postgres,
    ['-D', clusterArgument(workplace), ...serverFlags(port, extraFlags)],
    'ignore',
  )
  const ended = endOf(child)
  const { pid, stderr } = child
  if (pid === undefined || !stderr) return { kind: 'ended', end: await ended, log: '' }
  const output = followServerLog(stderr, log)

  let stopping: Promise<void> | undefined
  const exited = ended.then(({ code, signal }) => ({
    code,
    signal,
    wasAsked: stopping !== undefined,
  }))
  const postmaster: Postmaster = {
    pid,
    port,
    exited,
    tail: output.tail,
    stop: () => (stopping ??= stopProcess(pid, pgCtl, exited)),
  }

  const isReady = new Promise<'ready'>((resolve) =>
    output.onLine((line) => line.includes(readyLine) && resolve('ready')),
  )
  const first = await within(timeoutMs, Promise.race([isReady, ended]))
  if (first === 'ready') return { kind: 'ready', postmaster }
  if (first === undefined) {
    await postmaster.stop()
    return { kind: 'timed out', log: output.tail() }
  }
  await output.ended
  const tail = output.tail()
  if (tail.includes(portTakenLine)) return { kind: 'port taken' }
  if (tail.includes(lingeringLine)) return { kind: 'lingering', log: tail }
  return { kind: 'ended', end: first, log: tail }
}

async function stopProcess(pid: number, pgCtl: string, exited: Promise<ServerEnd>): Promise<void> {
  const stages = [
    ['SIGINT', 10_000],
    ['SIGQUIT', 5_000],
  ] as const
  for (const [signal, patienceMs] of stages) {
    await signalServer(pid, signal, pgCtl)
    if (await within(patienceMs, exited)) return
  }
  await signalServer(pid, 'SIGKILL', pgCtl)
  await exited
}

/** What `promise` comes to, or undefined when it takes longer. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

/** The server cannot choose a port itself; it may be taken again before the server uses it. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
