import { spawn } from 'node:child_process'
import type { Account } from './account'
import type { DatabaseLog } from './outcome'

/**
 * Stops the server in order when we are gone without having done so, however that came about: a
 * small shell waits for the end of a pipe that only we hold, and the system closes it with us. On
 * Windows the server ends with its parent and needs none.
 */
export function watchOver(
  serverPid: number,
  account: Account | undefined,
  log: DatabaseLog,
): { dismiss(): void } {
  if (process.platform === 'win32') return { dismiss: () => undefined }
  const shell = spawn('/bin/sh', ['-c', 'read -r _; kill -INT "$1"', 'sh', String(serverPid)], {
    cwd: '/',
    env: {},
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    ...account,
  })
  // Without it the next start stops what was left running.
  shell.once('error', (error) => log.warn({ error: error.message }, 'no watch over the database'))
  shell.stdin?.on('error', () => undefined)
  shell.unref()
  return { dismiss: () => void shell.kill('SIGKILL') }
}
