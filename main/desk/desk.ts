import { onlineOnlyCommands } from '../../contract/command-rules'
import type { CommandEnvelope } from '../../contract/commands'
import type { ConnectionState, OutboxEntry, SendResult } from '../../contract/console'
import type { User } from '../../contract/entities'
import { refusal, type Outcome } from '../../contract/errors'
import { protocolVersion, type Cursor, type Welcome } from '../../contract/feed'
import type { QueryAnswer } from '../../contract/queries'
import { retryDelay } from '../connection/backoff'
import { createConnection, type Connection, type ConnectionTiming } from '../connection/connection'
import { createGatewayClock, type GatewayClock } from '../connection/gateway-clock'
import type { Log } from '../log'
import { notWritten, type SendOutcome } from '../outbox/outbox'
import type { Disk } from '../storage/disk'
import { emptyWindow, type TellWindow } from '../window-port'
import { askQuery, parseCommand, sendCommand } from './gateway-calls'
import { openHoldings, type Holdings } from './holdings'

export interface DeskOptions {
  /** The user-data folder. */
  readonly folder: string
  /** The console's version. */
  readonly app: string
  readonly device: string
  /** Origin of the gateway; may change when the embedded one starts anew. */
  readonly address: () => string
  readonly token: string
  readonly user: User
  /** The gateway's own id; null before its first welcome. */
  readonly gatewayId: string | null
  /** Whether the window listens and wants the replica without asking. */
  readonly isWindowReady: () => boolean
  readonly tell: TellWindow
  /** The gateway said who it is and who we are; the user's roles may have changed. */
  readonly welcomed: (gatewayId: string, user: User) => void
  readonly sessionEnded: (why: 'expired' | 'revoked') => void
  /** A damaged outbox was put aside. */
  readonly recovered: (file: string, keptAs: string) => void
  /** What all of it is kept on. */
  readonly disk?: Disk | undefined
  readonly log: Log
  readonly timing?: Partial<ConnectionTiming>
}

/** How long a person who gives a command waits for the gateway before it counts as queued, in ms. */
const answerWithin = 5_000

/** Everything that lives while a user is signed in: the line, the replica and the outbox. */
export class Desk {
  readonly #options: DeskOptions
  readonly #connection: Connection
  readonly #clock: GatewayClock
  #holdings: Holdings | null
  /** The cursor the last handshake carried. */
  #sentCursor: Cursor | null = null
  /** The window is to have everything again, and the disk does not have it. */
  #needsAll = false

  private constructor(options: DeskOptions, holdings: Holdings | null, clock: GatewayClock) {
    this.#options = options
    this.#clock = clock
    this.#holdings = holdings
    const { log, address, timing } = options
    this.#connection = createConnection({
      address,
      log,
      clock: () => clock.now(),
      lastInStep: holdings?.replica.inStepAt ?? null,
      handshake: () => {
        const { replica } = this.#holdings ?? {}
        // A disk with room again is given everything anew when the line begins anew anyway.
        const isWanted = this.#needsAll || replica?.isWorthRestarting === true
        this.#sentCursor = isWanted ? null : (replica?.cursor ?? null)
        const { token, device } = options
        return { token, device, protocol: protocolVersion, cursor: this.#sentCursor }
      },
      welcome: (welcome) => {
        clock.hear(welcome.serverTime)
        return this.#welcome(welcome)
      },
      changes: async (changes) => {
        const { replica, stream } = this.#held()
        await replica.append(changes, stream.follow)
      },
      caughtUp: (at) => {
        clock.hear(at.serverTime)
        return this.#held().replica.caughtUp(at)
      },
      stateChanged: (state) => {
        this.#tellOutbox(state)
        options.tell('connection.changed', state)
      },
      sessionEnded: options.sessionEnded,
      ...(timing === undefined ? {} : { timing }),
    })
  }

  /** Open what is on this computer and begin to connect. Reading works from here on, line or no line. */
  static async open(options: DeskOptions): Promise<Desk> {
    const { gatewayId } = options
    const clock = createGatewayClock((offset) => options.tell('clock.changed', { offset }))
    let desk: Desk | null = null
    const holdings =
      gatewayId === null
        ? null
        : await openHoldings(
            holdingsOptions(
              options,
              gatewayId,
              (command) => desk?.post(command),
              () => {
                if (desk !== null) desk.#outboxOpened()
              },
              clock,
            ),
          )
    desk = new Desk(options, holdings, clock)
    desk.#announce()
    desk.#connection.start()
    return desk
  }

  get connectionState(): ConnectionState {
    return this.#connection.state
  }

  /** How far the gateway's clock is ahead of this computer's, in ms. */
  get clockOffset(): number {
    return this.#clock.offset
  }

  get outbox(): readonly OutboxEntry[] {
    return this.#holdings?.outbox?.entries ?? []
  }

  /** Send a command from the window, or keep it when it may wait. */
  async send(envelope: CommandEnvelope): Promise<SendResult> {
    const command = parseCommand(envelope)
    if (!command.ok) return { kind: 'refused', error: command.error }
    if (!onlineOnlyCommands.has(command.value.type)) {
      if (this.#holdings === null) return { kind: 'offline' }
      const { outbox, outboxRefused } = this.#holdings
      if (outbox !== null) return outbox.give(command.value)
      return { kind: 'refused', error: notWritten(outboxRefused).error }
    }
    const sent = await this.post(command.value)
    if (sent.kind !== 'answered') return sent
    const { answer } = sent
    return answer.ok
      ? { kind: 'accepted', result: answer.result, version: answer.version }
      : { kind: 'refused', error: answer.error }
  }

  ask(query: {
    readonly type: string
    readonly params: Record<string, unknown>
  }): Promise<QueryAnswer> {
    return askQuery((...call) => this.#connection.ask(...call), query, this.#options.log)
  }

  async retry(id: string): Promise<Outcome<null>> {
    return (await this.#holdings?.outbox?.retry(id)) ?? noOutbox()
  }

  async discard(id: string): Promise<Outcome<null>> {
    return (await this.#holdings?.outbox?.discard(id)) ?? noOutbox()
  }

  /** Send the window everything; what the disk does not have is asked of the gateway again. */
  async loadReplica(): Promise<void> {
    const holdings = this.#holdings
    if (holdings === null) return emptyWindow(this.#options.tell)
    // Where nothing has begun yet, everything is on its way as it is.
    const hasBegun = holdings.replica.epoch !== null
    const isComplete = await holdings.stream.load()
    if (isComplete || !hasBegun || holdings !== this.#holdings) return
    this.#needsAll = true
    this.#connection.reconnect('dropped')
  }

  /** The whole of a requisition that the window knows in brief; null when it is not to be had here. */
  async requisition(
    id: string,
  ): Promise<{ readonly version: number; readonly text: string } | null> {
    const holdings = this.#holdings
    if (holdings === null) return null
    const found = await holdings.replica.requisition(id)
    if (found === null) this.#askForAllOf(holdings)
    return found
  }

  /** What the requisitions are searched by that the window knows in brief; null when not to be had here. */
  async words(): Promise<readonly string[] | null> {
    const holdings = this.#holdings
    if (holdings === null) return null
    const found = await holdings.replica.words()
    if (found === null) this.#askForAllOf(holdings)
    return found
  }

  /** The disk has lost what the window was told in brief: all of it is asked for again. */
  #askForAllOf(holdings: Holdings): void {
    if (holdings.replica.isPersisted || holdings !== this.#holdings || this.#needsAll) return
    this.#needsAll = true
    this.#connection.reconnect('dropped')
  }

  reconnect(how: 'if_waiting' | 'dropped'): void {
    this.#connection.reconnect(how)
  }

  async close(how: { readonly wipe: boolean }): Promise<void> {
    await this.#connection.stop()
    const holdings = this.#holdings
    this.#holdings = null
    await holdings?.close(how)
    emptyWindow(this.#options.tell)
    this.#options.tell('outbox.changed', [])
  }

  /** Send a command once and say how it went. */
  post(command: CommandEnvelope): Promise<SendOutcome> {
    return sendCommand((...call) => this.#connection.ask(...call), command, this.#options.log)
  }

  async #welcome(welcome: Welcome): Promise<void> {
    const { user, log } = this.#options
    if (welcome.user.id !== user.id) throw new Error('the gateway takes us for somebody else')
    const isOther = this.#holdings?.identity.gateway !== welcome.gateway
    if (isOther) await this.#moveTo(welcome.gateway)
    const { replica, stream } = this.#held()
    if (welcome.reset || this.#sentCursor === null) {
      log.info('Everything is sent anew', { epoch: welcome.epoch })
      await replica.restart(welcome.epoch)
      stream.restarted()
      this.#needsAll = false
    } else if (isOther || replica.epoch !== welcome.epoch) {
      this.#needsAll ||= !isOther
      throw new Error('the gateway goes on from a cursor that is not of its epoch')
    }
    this.#options.welcomed(welcome.gateway, welcome.user)
  }

  /** Another gateway answers at this address, or its id was not known: its own files, nothing mixed. */
  async #moveTo(gatewayId: string): Promise<void> {
    await this.#holdings?.close({ wipe: false })
    this.#holdings = null
    this.#holdings = await openHoldings(
      holdingsOptions(
        this.#options,
        gatewayId,
        (command) => this.post(command),
        () => this.#outboxOpened(),
        this.#clock,
      ),
    )
    this.#announce()
  }

  #announce(): void {
    const { outbox } = this.#holdings ?? {}
    if (outbox?.keptAs) this.#options.recovered('outbox', outbox.keptAs)
    this.#options.tell('outbox.changed', [...this.outbox])
    if (this.#options.isWindowReady()) void this.loadReplica()
  }

  #tellOutbox({ kind }: ConnectionState): void {
    this.#holdings?.outbox?.setOnline(kind === 'live' || kind === 'catching_up')
  }

  /** The disk had refused it, and does no longer. */
  #outboxOpened(): void {
    this.#options.tell('outbox.changed', [...this.outbox])
    this.#tellOutbox(this.#connection.state)
  }

  #held(): Holdings {
    if (this.#holdings === null) throw new Error('Nothing is open to be written to')
    return this.#holdings
  }
}

function holdingsOptions(
  options: DeskOptions,
  gateway: string,
  post: (command: CommandEnvelope) => Promise<SendOutcome> | undefined,
  outboxOpened: () => void,
  clock: GatewayClock,
) {
  const { folder, app, user, tell, disk, log } = options
  return {
    folder,
    app,
    tell,
    disk,
    log,
    outboxOpened,
    identity: { gateway, user: user.id },
    outbox: {
      clock: () => clock.now(),
      answerWithin,
      restAfter: (failures: number) => retryDelay(failures + 1, Math.random()),
      changed: (entries: readonly OutboxEntry[]) => tell('outbox.changed', [...entries]),
      send: async (command: CommandEnvelope) =>
        (await post(command)) ?? ({ kind: 'offline' } as const),
    },
  }
}

function noOutbox(): Outcome<never> {
  return { ok: false, error: refusal('not_found', 'There is no outbox.') }
}
