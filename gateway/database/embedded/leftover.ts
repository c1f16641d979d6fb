import { execFile } from 'node:child_process'
import { readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { failure, systemCode, type DatabaseLog, type Failure } from './outcome'
import { clockSlackMs, describeProcess, isAlive, isKnown } from './process-life'

/**
 * Deals with a server that a former owner left behind when it was killed. One that still runs is
 * stopped in order. A postmaster.pid whose process is gone is left to the new server, which takes
 * it over after making sure that no process of the old one still uses the cluster.
 *
 * To be called by the owner of the data folder only: whatever serves the cluster is nobody's then.
 */
export async function settleLeftover(
  cluster: string,
  pgCtl: string,
  log: DatabaseLog,
): Promise<{ readonly ok: true } | Failure> {
  const path = join(cluster, 'postmaster.pid')
  const recorded = await readPostmasterFile(path)
  if (recorded === undefined || !isKnown(recorded.pid)) return { ok: true }

  switch (await identify(cluster, recorded)) {
    case 'the server':
      log.warn({ pid: recorded.pid }, 'stopping a database server that its owner left running')
      return stopLeftover(cluster, recorded.pid, pgCtl, log)
    case 'another program':
      await disown(path, recorded)
      return { ok: true }
    case 'unknown':
      return failure(
        'data_dir_in_use',
        `Another process (pid ${recorded.pid}) may be serving the database.`,
        { pid: recorded.pid },
      )
  }
}

interface PostmasterFile {
  readonly pid: number
  readonly startedAt: number
  readonly lines: readonly string[]
}

/** Lines of postmaster.pid: pid, data directory, start (epoch seconds), port, … */
async function readPostmasterFile(path: string): Promise<PostmasterFile | undefined> {
  try {
    const lines = (await readFile(path, 'utf8')).split('\n')
    const pid = Number(lines[0])
    const startedAt = Number(lines[2]) * 1_000
    // A torn one is the new server's to refuse, in its own words.
    return Number.isInteger(pid) && pid > 0 ? { pid, startedAt, lines } : undefined
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT') return undefined
    throw thrown
  }
}

/** After a crash of the machine the number may belong to any program. Never signal that one. */
async function identify(
  cluster: string,
  recorded: PostmasterFile,
): Promise<'the server' | 'another program' | 'unknown'> {
  if (process.platform === 'linux') {
    try {
      // The server works in its cluster, and nobody else does.
      return (await readlink(`/proc/${recorded.pid}/cwd`)) === cluster
        ? 'the server'
        : 'another program'
    } catch {
      // Gone, a zombie, or of a user that could not have opened the cluster.
      return 'another program'
    }
  }
  const seen = await describeProcess(recorded.pid)
  if (seen === undefined) return 'unknown'
  const isOlder = seen.startedAt <= recorded.startedAt + clockSlackMs
  return isOlder && /postgres/i.test(seen.command) ? 'the server' : 'another program'
}

/**
 * The server gives up when postmaster.pid names a process that is alive, whatever it is. A file
 * that names the new server's own parent it takes over, still checking the shared memory recorded
 * there; so rather than deleting the file we put our own number in it.
 */
async function disown(path: string, recorded: PostmasterFile): Promise<void> {
  if (process.platform === 'win32') await rm(path, { force: true })
  else await writeFile(path, [process.pid, ...recorded.lines.slice(1)].join('\n'))
}

async function stopLeftover(
  cluster: string,
  pid: number,
  pgCtl: string,
  log: DatabaseLog,
): Promise<{ readonly ok: true } | Failure> {
  const stages = [
    ['SIGINT', 10_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const
  for (const [signal, patienceMs] of stages) {
    await signalServer(pid, signal, pgCtl)
    const deadline = Date.now() + patienceMs
    while (Date.now() < deadline) {
      // Its file may still be there, and name what has ended but lies uncollected.
      if (!(await isAlive(pid))) return settleLeftover(cluster, pgCtl, log)
      await sleep(10)
    }
  }
  return failure(
    'data_dir_in_use',
    `The database server left running (pid ${pid}) does not stop.`,
    {
      pid,
    },
  )
}

/**
 * Signals a server: SIGINT stops it in order and at once, SIGQUIT without tidying up. Windows has
 * no signals; PostgreSQL emulates them, and pg_ctl knows how.
 */
export async function signalServer(
  pid: number,
  signal: 'SIGINT' | 'SIGQUIT' | 'SIGKILL',
  pgCtl: string,
): Promise<void> {
  if (process.platform === 'win32' && signal !== 'SIGKILL') {
    await new Promise<void>((resolve) => {
      const args = ['kill', signal.slice('SIG'.length), String(pid)]
      execFile(pgCtl, args, { windowsHide: true }, () => resolve())
    })
    return
  }
  try {
    process.kill(pid, signal)
  } catch (thrown) {
    // It ended by itself meanwhile.
    if (systemCode(thrown) !== 'ESRCH') throw thrown
  }
}
