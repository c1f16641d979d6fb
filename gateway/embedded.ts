/**
 * The gateway as the console runs it, in a utility process of its own. It says what it is doing over
 * the port to its parent (contract/embedded-gateway.ts) and ends when told to or when left alone.
 */
import { mkdir } from 'node:fs/promises'
import { toEmbeddedGatewaySchema, type FromEmbeddedGateway } from '../contract/embedded-gateway'
import { refusal } from '../contract/errors'
import { createGateway, GatewayStartError, type Gateway } from './create-gateway'
import { startDemo } from './demo'
import { createLog } from './log'

/** The part of Electron's `process.parentPort` that is used; the gateway does not import Electron. */
interface ParentPort {
  postMessage(message: FromEmbeddedGateway): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void
}

const parent = (process as unknown as { parentPort?: ParentPort }).parentPort
if (!parent) throw new Error('This file is run by the console, in a utility process.')

const log = createLog({ level: process.env['KONTOR_LOG_LEVEL'] ?? 'info' })
let gateway: Gateway | null = null
let stopping = false

parent.on('message', ({ data }) => {
  const message = toEmbeddedGatewaySchema.safeParse(data)
  if (!message.success)
    return log.error({ issues: message.error.issues }, 'the console sent what cannot be understood')
  if (message.data.kind === 'stop') void stop(0)
  else void start(parent, message.data.dataDir, message.data.demo)
})
process.once('SIGTERM', () => void stop(0))

async function start(port: ParentPort, dataDir: string, demo: boolean): Promise<void> {
  try {
    port.postMessage({ kind: 'progress', step: 'database' })
    await mkdir(dataDir, { recursive: true, mode: 0o700 })
    gateway = await createGateway({ dataDir, log })
    if (demo) port.postMessage({ kind: 'progress', step: 'demo_data' })
    port.postMessage({
      kind: 'ready',
      url: gateway.url,
      demo: demo ? await startDemo(gateway, dataDir) : null,
    })
  } catch (error) {
    log.error({ err: error }, 'the gateway could not start')
    const known = error instanceof GatewayStartError
    port.postMessage({
      kind: 'failed',
      error: refusal('unavailable', known ? error.message : 'The gateway could not start.', {
        code: known ? error.code : 'internal',
      }),
    })
    await stop(1)
  }
}

async function stop(code: number): Promise<void> {
  if (stopping) return
  stopping = true
  await gateway?.close()
  process.exit(code)
}
