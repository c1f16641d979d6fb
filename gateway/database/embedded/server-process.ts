import { spawn, type ChildProcess } from 'node:child_process'
import { realpath } from 'node:fs/promises'
import type { Account } from './account'

/** Where and as whom PostgreSQL's programs run on a cluster. */
export interface Workplace {
  /** The cluster, without symbolic links. */
  readonly cluster: string
  readonly account: Account | undefined
}

export const workplaceFor = async (
  cluster: string,
  account: Account | undefined,
): Promise<Workplace> => ({ cluster: await realpath(cluster), account })

/**
 * What `-D` is given. As root on Linux the cluster may lie under folders that the server's user
 * cannot pass (a home of root's, a private temporary folder). A process is put in its working
 * directory before it gives up root, and reaches it by this name from then on without passing
 * anything.
 */
export const clusterArgument = ({ cluster, account }: Workplace): string =>
  account !== undefined && process.platform === 'linux' ? '/proc/self/cwd' : cluster

/** Starts one of PostgreSQL's programs in the cluster, as the account, in a bare environment. */
export function spawnServerProgram(
  workplace: Workplace,
  program: string,
  args: readonly string[],
  stdin: 'ignore' | 'pipe',
): ChildProcess {
  return spawn(program, args, {
    cwd: workplace.cluster,
    env: bareEnvironment(),
    stdio: [stdin, 'ignore', 'pipe'],
    // Out of reach of Ctrl-C in our terminal: when the server stops is for its owner to say. On
    // Windows a process that is not detached ends with its parent, which is what we want there.
    detached: process.platform !== 'win32',
    windowsHide: true,
    ...workplace.account,
  })
}

/** Nothing of ours may steer the server: no PG* variables, no locale, no library path. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'TMPDIR', 'SystemRoot', 'SystemDrive', 'TEMP', 'TMP', 'USERNAME']
  const env: NodeJS.ProcessEnv = { LC_ALL: 'C', TZ: 'UTC' }
  for (const name of kept) {
    const value = process.env[name]
    if (value !== undefined) env[name] = value
  }
  return env
}

export interface ProgramEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** Set when it could not be started at all. */
  readonly problem?: string
}

export const endOf = (child: ChildProcess): Promise<ProgramEnd> =>
  new Promise((resolve) => {
    child.once('error', (error) => {
      if (child.pid === undefined) resolve({ code: null, signal: null, problem: error.message })
    })
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
