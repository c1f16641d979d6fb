import { readFile } from 'node:fs/promises'
import { descendantsOf } from '../../test/support/processes'

/** Linux counts a process's time in these. */
const tickMs = 10

/** What a process and all that it started have cost so far. */
export interface ProcessCost {
  /** CPU milliseconds, of the system's time too; what has ended meanwhile is in its parent's. */
  readonly cpuMs: number
  /** Proportional set size: memory with what is shared divided among those who share it, in MiB. */
  readonly pssMiB: number
}

/** Read from `/proc`. A process that ends while it is read counts as nothing. */
export async function costOf(pid: number): Promise<ProcessCost> {
  const pids = [pid, ...(await descendantsOf(pid))]
  const costs = await Promise.all(pids.map(costOfOne))
  return {
    cpuMs: costs.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    pssMiB: costs.reduce((sum, { pssMiB }) => sum + pssMiB, 0),
  }
}

async function costOfOne(pid: number): Promise<ProcessCost> {
  const [stat, rollup] = await Promise.all(
    ['stat', 'smaps_rollup'].map((file) =>
      readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => ''),
    ),
  )
  // After the name, which stands in parentheses: utime, stime, cutime and cstime are 14th to 17th of all.
  const fields = (stat ?? '').slice((stat ?? '').lastIndexOf(')') + 2).split(' ')
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
  const pssKiB = Number(/^Pss:\s+(\d+)/m.exec(rollup ?? '')?.[1] ?? 0)
  return { cpuMs: (ticks || 0) * tickMs, pssMiB: pssKiB / 1_024 }
}
