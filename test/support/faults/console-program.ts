/**
 * A console's main process without its window, in a process of its own that can be killed or put to
 * sleep: the real line, outbox and replica over a folder on disk. Whoever started it is the window.
 */
import type { CommandEnvelope } from '../../../contract/commands'
import type { User } from '../../../contract/entities'
import type { Log } from '../../../main/log'
import { Desk } from '../../../main/desk/desk'
import { watchDisk } from '../../../main/storage/disk'
import { changesInWhole } from '../feed-changes'
import type { Asked, ConsoleSettings, Said } from './console-process'

const [, , settings = ''] = process.argv
const { folder, address, token, user, gatewayId } = JSON.parse(settings) as ConsoleSettings

const say = (said: Said) => process.send?.(said)
const logAs =
  (level: 'info' | 'warn' | 'error') =>
  (...what: readonly unknown[]) =>
    say({ kind: 'log', line: `${level} ${what.map(worded).join(' ')}` })
const log: Log = { info: logAs('info'), warn: logAs('warn'), error: logAs('error') }

function worded(what: unknown): string {
  if (what instanceof Error) return what.stack ?? what.message
  return typeof what === 'string' ? what : JSON.stringify(what)
}

let told: Promise<unknown> = Promise.resolve()

/** Tells the window in order, and of requisitions all that it could ask for. */
function tell(name: string, payload: unknown): void {
  told = told.then(async () => {
    const { requisition } = await opened
    const whole =
      name === 'replica.changes'
        ? await changesInWhole(payload as readonly string[], requisition)
        : payload
    say({ kind: 'told', name, payload: whole })
  })
}

const opening = Desk.open({
  folder,
  app: '1.0.0',
  device: '0190a5e0-0000-7000-8000-0000000000d1',
  address: () => address,
  token,
  user: user as User,
  gatewayId,
  isWindowReady: () => true,
  tell,
  welcomed: (id) => say({ kind: 'welcomed', gatewayId: id }),
  sessionEnded: (why) => say({ kind: 'log', line: `error the session ended: ${why}` }),
  recovered: (file, keptAs) => say({ kind: 'log', line: `error ${file} was damaged: ${keptAs}` }),
  disk: watchDisk({
    folder,
    changed: (state) => say({ kind: 'told', name: 'storage.changed', payload: state }),
    log,
  }),
  log,
})
const opened = opening.then((desk) => ({ requisition: (id: string) => desk.requisition(id) }))
const desk = await opening

process.on('message', (asked: Asked) => {
  switch (asked.kind) {
    case 'send':
      void desk.send(asked.command as CommandEnvelope).then((result) => {
        say({ kind: 'result', ask: asked.ask, result })
      })
      return
    case 'discard':
      void desk.discard(asked.id)
      return
    case 'awake':
      desk.reconnect('dropped')
  }
})
// Whoever watched is gone.
process.on('disconnect', () => process.exit())
