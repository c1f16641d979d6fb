import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { utilityProcess } from 'electron'

import type { Log } from '../log'
import type { GatewayProcess } from './gateway-run'

/** Longest line of the gateway's log that is passed on, in characters. */
const lineAtMost = 4_000

/** Start the bundled gateway in a utility process of Electron's. */
export function forkGateway(log: Log): GatewayProcess {
  const child = utilityProcess.fork(join(__dirname, 'gateway.cjs'), [], {
    serviceName: 'Kontor gateway',
    stdio: 'pipe',
  })
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue
    createInterface({ input: stream }).on('line', (line) => log.info(line.slice(0, lineAtMost)))
  }
  return {
    // No ports go along.
    send: (message) => child.postMessage(message, []),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', listener),
    kill: () => void child.kill(),
  }
}
