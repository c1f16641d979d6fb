import { readdir, readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'

/** What Linux holds a process to. */
export interface Confinement {
  readonly pid: number
  /** Its arguments, with spaces between them. */
  readonly command: string
  /** Effective user. */
  readonly uid: number
  readonly seccomp: 'off' | 'strict' | 'filter'
  readonly noNewPrivileges: boolean
  /** Effective capabilities, one bit each. */
  readonly capabilities: bigint
  readonly namespaces: { readonly user: string; readonly pid: string; readonly net: string }
}

/** Read from `/proc`. */
export async function confinementOf(pid: number): Promise<Confinement> {
  const folder = join('/proc', String(pid))
  const [status, command, user, pids, net] = await Promise.all([
    readFile(join(folder, 'status'), 'utf8'),
    readFile(join(folder, 'cmdline'), 'utf8'),
    ...['user', 'pid', 'net'].map((name) => readlink(join(folder, 'ns', name))),
  ])
  const field = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? ''
  return {
    pid,
    command: command.replaceAll('\0', ' ').trim(),
    uid: Number(field('Uid').split(/\s+/)[1]),
    seccomp: (['off', 'strict', 'filter'] as const)[Number(field('Seccomp'))] ?? 'off',
    noNewPrivileges: field('NoNewPrivs') === '1',
    capabilities: BigInt(`0x${field('CapEff')}`),
    namespaces: { user: user ?? '', pid: pids ?? '', net: net ?? '' },
  }
}

/** Every process started by a process, by those, and so on. */
export async function descendantsOf(pid: number): Promise<readonly number[]> {
  const parents = new Map<number, number[]>()
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = await readFile(join('/proc', name, 'stat'), 'utf8').catch(() => null)
    // What stands between parentheses is the program's name and may hold anything.
    const parent = Number(stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    parents.set(parent, [...(parents.get(parent) ?? []), Number(name)])
  }
  const found: number[] = []
  for (let next = [pid]; next.length > 0;) {
    next = next.flatMap((one) => parents.get(one) ?? [])
    found.push(...next)
  }
  return found
}
