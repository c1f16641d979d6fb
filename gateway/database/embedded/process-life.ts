import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'

/**
 * Who wrote a claim, so that it can be told later whether that very process still runs and not
 * another one that was given the same number.
 */
export interface ProcessMark {
  readonly pid: number
  /** Linux: boot id and start in clock ticks, which no change of the clock can disturb. */
  readonly started?: string
  /** When the mark was made, epoch milliseconds. The process had started by then. */
  readonly at: number
}

export async function markOfThisProcess(): Promise<ProcessMark> {
  const started = await linuxStart(process.pid)
  return { pid: process.pid, at: Date.now(), ...(started === undefined ? {} : { started }) }
}

/** Whether the process that made the mark still runs. When it cannot be told: yes. */
export async function isStillRunning(mark: ProcessMark): Promise<boolean> {
  if (!(await isAlive(mark.pid))) return false
  if (process.platform === 'linux') {
    const started = await linuxStart(mark.pid)
    return started === undefined || mark.started === undefined || mark.started === started
  }
  const seen = await describeProcess(mark.pid)
  return seen === undefined || seen.startedAt <= mark.at + clockSlackMs
}

/** Start times are told in whole seconds, and rounding goes both ways. */
export const clockSlackMs = 2_000

/** Whether the system knows the number, be it of a process that has ended and lies uncollected. */
export const isKnown = (pid: number): boolean => reach(pid) !== 'nobody'

/** Whether a process with this number runs. */
export async function isAlive(pid: number): Promise<boolean> {
  const reached = reach(pid)
  if (reached !== 'signalled' || process.platform !== 'linux') return reached !== 'nobody'
  return (await linuxStart(pid)) !== undefined
}

function reach(pid: number): 'nobody' | 'signalled' | 'forbidden' {
  try {
    process.kill(pid, 0)
    return 'signalled'
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM' ? 'forbidden' : 'nobody'
  }
}

/** Undefined for a process that is gone, or a zombie that its parent has not collected. */
async function linuxStart(pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // proc(5): the name in parentheses may itself hold spaces and parentheses. After it come
    // state (field 3) and, as field 22, the start in ticks since boot.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined
    const bootId = await readFile('/proc/sys/kernel/random/boot_id', 'utf8')
    return `${bootId.trim()}/${fields[19]}`
  } catch {
    return undefined
  }
}

/** Start (epoch ms) and program of another process, asked of the system's own tools. Not Linux. */
export async function describeProcess(
  pid: number,
): Promise<{ readonly startedAt: number; readonly command: string } | undefined> {
  const answer =
    process.platform === 'win32'
      ? await ask('powershell.exe', [
          '-NoProfile',
          '-NonInteractive',
          '-Command',
          `$p = Get-Process -Id ${pid}; $p.StartTime.ToUniversalTime().ToString('r') + '|' + $p.ProcessName`,
        ])
      : // lstart is always 24 characters wide and local to TZ.
        (await ask('ps', ['-o', 'lstart=,comm=', '-p', String(pid)]))?.replace(
          /^(.{24})\s*/,
          '$1 UTC|',
        )
  const [start = '', command = ''] = answer?.trim().split('|') ?? []
  const startedAt = Date.parse(start)
  return Number.isNaN(startedAt) ? undefined : { startedAt, command }
}

const ask = (program: string, args: readonly string[]): Promise<string | undefined> =>
  new Promise((resolve) => {
    const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' }
    execFile(program, args, { env, timeout: 10_000, windowsHide: true }, (error, stdout) =>
      resolve(error ? undefined : stdout),
    )
  })
