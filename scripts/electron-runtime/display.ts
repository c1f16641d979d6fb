import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { Readable } from 'node:stream'

import { ensureXvfb } from './libraries'
import { SetupProblem, say } from './setup-problem'

export interface Display {
  /** To be added to the environment of what is started. */
  readonly env: Readonly<Record<string, string>>
  readonly close: () => Promise<void>
}

/** Wide enough for a window of 1600 by 1000 and its neighbours' dialogs. */
const SCREEN = '1920x1200x24'

/** The display there is, or a virtual one that stops with `close` or with this process. */
export async function ensureDisplay(): Promise<Display> {
  const present = process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']
  if (process.platform !== 'linux' || present) return { env: {}, close: async () => {} }
  ensureXvfb()
  return startXvfb()
}

async function startXvfb(): Promise<Display> {
  const xvfb = ['Xvfb', '-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-noreset']
  // So that the server goes even when this process is killed without a chance to clean up.
  const tied = existsSync('/usr/bin/setpriv') ? ['setpriv', '--pdeathsig', 'TERM', ...xvfb] : xvfb
  const [command = 'Xvfb', ...args] = tied
  const server = spawn(command, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const ended = new Promise<void>((settle) => server.on('close', () => settle()))
  const stop = () => void server.kill('SIGTERM')
  process.on('exit', stop)
  // The server must not keep this process alive.
  server.unref()

  const number = await new Promise<string>((settle, fail) => {
    const gone = () => fail(new SetupProblem('Xvfb could not be started'))
    server.on('error', gone).on('exit', gone)
    const pipe = server.stdio[3] as Readable
    let text = ''
    pipe.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      if (text.endsWith('\n')) settle(text.trim())
    })
  })
  ;(server.stdio[3] as Readable).destroy()
  say(`no display; drawing on Xvfb :${number}`)
  return {
    env: { DISPLAY: `:${number}` },
    close: async () => {
      process.off('exit', stop)
      server.ref()
      stop()
      await ended
    },
  }
}
