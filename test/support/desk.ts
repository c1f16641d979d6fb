import type { EventPayload } from '../../contract/bridge'
import type { CommandEnvelope } from '../../contract/commands'
import type { OutboxEntry, SendResult } from '../../contract/console'
import type { User } from '../../contract/entities'
import type { Change } from '../../contract/feed'
import { Desk } from '../../main/desk/desk'
import { changesInWhole } from './feed-changes'
import { silentLog } from './silent-log'

/** A console's main process without its window: line, outbox and replica as they are, on a disk. */
export interface RunningDesk {
  readonly state: Desk['connectionState']['kind']
  readonly outbox: readonly OutboxEntry[]
  /** The gateway is found elsewhere from now on; it gets there by itself. */
  moveTo(address: string): void
  send(command: CommandEnvelope): Promise<SendResult>
  /** What a window is given now, by kind and id, as `ConsoleClient.snapshot` has it. */
  held(): Promise<Readonly<Record<string, unknown>>>
  close(): Promise<void>
}

export async function openDesk(options: {
  /** The user-data folder. */
  readonly folder: string
  /** The console's version. */
  readonly app?: string
  readonly address: string
  readonly token: string
  readonly user: User
  readonly gatewayId: string
}): Promise<RunningDesk> {
  const { folder, token, user, gatewayId } = options
  let { address } = options
  let came: string[] = []
  let loaded = (): void => undefined
  const desk = await Desk.open({
    folder,
    app: options.app ?? '0.0.0',
    device: '0190a5e0-0000-7000-8000-00000000000d',
    address: () => address,
    token,
    user,
    gatewayId,
    isWindowReady: () => true,
    tell: (name, payload) => {
      if (name === 'replica.reset') came = []
      if (name === 'replica.changes') came.push(...(payload as EventPayload<'replica.changes'>))
      if (name === 'replica.loaded') loaded()
    },
    welcomed: () => undefined,
    sessionEnded: (why) => {
      throw new Error(`the session has ${why}`)
    },
    recovered: (file) => {
      throw new Error(`the ${file} was damaged`)
    },
    log: silentLog(),
  })
  return {
    get state() {
      return desk.connectionState.kind
    },
    get outbox() {
      return desk.outbox
    },
    moveTo(next) {
      address = next
    },
    send: (command) => desk.send(command),
    async held() {
      const all = new Promise<void>((resolve) => (loaded = resolve))
      await desk.loadReplica()
      await all
      return contentOf(await changesInWhole(came, (id) => desk.requisition(id)))
    },
    close: () => desk.close({ wipe: false }),
  }
}

function contentOf(changes: readonly Change[]): Readonly<Record<string, unknown>> {
  const newest = new Map<string, Change>()
  for (const change of changes) {
    const key = `${change.kind} ${change.id}`
    if ((newest.get(key)?.version ?? -1) < change.version) newest.set(key, change)
  }
  return Object.fromEntries(
    [...newest]
      .filter(([, { value }]) => value !== null)
      .map(([key, { version, value }]) => [key, { version, value }] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}
