import { spawn } from 'node:child_process'

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** Noted at once: by the time a program is run, the parent may have gone. */
const PARENT = process.ppid

/**
 * Runs a program with this process's standard streams until it ends, and passes on the signals it
 * ought to end at. When the parent goes, the program is told to end as well: `npm run` dies of a
 * signal without passing it on, and would leave the program running with nobody to stop it.
 *
 * @returns the program's exit code, 1 when a signal ended it
 */
export async function runChild(
  command: string,
  args: readonly string[],
  options: {
    readonly cwd?: string
    readonly env?: Readonly<Record<string, string | undefined>>
  } = {},
): Promise<number> {
  const child = spawn(command, args, {
    stdio: 'inherit',
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
  })
  const forward = (signal: NodeJS.Signals) => void child.kill(signal)
  for (const signal of SIGNALS) process.on(signal, forward)
  const watch = setInterval(() => {
    if (process.ppid === PARENT) return
    clearInterval(watch)
    child.kill('SIGTERM')
  }, 250)
  try {
    return await new Promise<number>((settle, fail) => {
      child.on('error', fail).on('close', (code) => settle(code ?? 1))
    })
  } finally {
    clearInterval(watch)
    for (const signal of SIGNALS) process.off(signal, forward)
  }
}
