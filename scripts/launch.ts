import { spawn } from 'node:child_process'

import { buildIfStale, projectFolder } from './build'
import { ensureDisplay } from './electron-runtime/display'
import { resolveElectron } from './electron-runtime/resolve'

/**
 * Builds when needed, finds Electron and a display, and runs the application until it ends.
 *
 * @returns the application's exit code
 */
export async function launch(args: readonly string[]): Promise<number> {
  const [runtime] = await Promise.all([resolveElectron(), buildIfStale()])
  const display = await ensureDisplay()
  try {
    return await run(runtime.executablePath, [...runtime.args, projectFolder, ...args], display.env)
  } finally {
    await display.close()
  }
}

async function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...env } })
  // The application closes in order by itself; this process only has to outlive it.
  const forward = (signal: NodeJS.Signals) => void child.kill(signal)
  const signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, forward)
  try {
    return await new Promise<number>((settle, fail) => {
      child.on('error', fail).on('close', (code) => settle(code ?? 1))
    })
  } finally {
    for (const signal of signals) process.off(signal, forward)
  }
}
