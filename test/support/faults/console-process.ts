import { fork, type ChildProcess } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { CommandEnvelope } from '../../../contract/commands'
import type { ConnectionState, OutboxEntry, SendResult } from '../../../contract/console'
import type { EntityKind, EntityOf, User } from '../../../contract/entities'
import type { Change } from '../../../contract/feed'

export interface ConsoleSettings {
  /** Outlives every process: outbox and replica are kept there. */
  readonly folder: string
  readonly address: string
  readonly token: string
  readonly user: User
  readonly gatewayId: string | null
}

export type Asked =
  | { readonly kind: 'send'; readonly ask: number; readonly command: CommandEnvelope }
  | { readonly kind: 'discard'; readonly id: string }
  | { readonly kind: 'awake' }

export type Said =
  | { readonly kind: 'told'; readonly name: string; readonly payload: unknown }
  | { readonly kind: 'result'; readonly ask: number; readonly result: SendResult }
  | { readonly kind: 'welcomed'; readonly gatewayId: string }
  | { readonly kind: 'log'; readonly line: string }

const program = fileURLToPath(new URL('console-program.ts', import.meta.url))

/**
 * A console's main process, over and over on one folder, seen from its window: what it tells is what
 * a window is told, and when it is killed the window is gone as well and the next begins empty.
 */
export class ConsoleProcess {
  readonly #settings: Omit<ConsoleSettings, 'gatewayId'>
  readonly #told: (entries: readonly OutboxEntry[]) => void
  readonly #held = new Map<string, Change>()
  readonly #asks = new Map<number, (result: SendResult | null) => void>()
  #child: ChildProcess | null = null
  #asked = 0
  #gatewayId: string | null = null
  #wasLive = false
  #log: string[] = []
  connection: ConnectionState['kind'] = 'connecting'
  outbox: readonly OutboxEntry[] = []
  /** Times everything was sent anew, or had to be, though the disk should have had it. */
  resets = 0

  /** @param told the outbox as the window is told of it, whenever it changes */
  constructor(
    settings: Omit<ConsoleSettings, 'gatewayId'>,
    told: (entries: readonly OutboxEntry[]) => void,
  ) {
    this.#settings = settings
    this.#told = told
  }

  get isRunning(): boolean {
    return this.#child !== null
  }

  start(): void {
    const settings = { ...this.#settings, gatewayId: this.#gatewayId }
    const child = fork(program, [JSON.stringify(settings)], {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    this.#child = child
    child.stderr?.setEncoding('utf8').on('data', (text: string) => this.#keep(text))
    // `disconnect` comes after the last of what it said before it was killed.
    child.once('disconnect', () => {
      if (this.#child === child) this.#gone()
    })
    child.on('message', (said: Said) => this.#heard(said))
  }

  /** Ends it at once, as a power cut does; resolves when it has. */
  async kill(): Promise<void> {
    const child = this.#child
    if (!child) return
    const gone = new Promise((resolve) => child.once('disconnect', resolve))
    child.kill('SIGKILL')
    await gone
  }

  /** Puts it to sleep, as a computer that is closed. */
  sleep(): void {
    this.#child?.kill('SIGSTOP')
  }

  /** @param isTold whether it hears that it slept, which not every system tells */
  wake(isTold: boolean): void {
    this.#child?.kill('SIGCONT')
    if (isTold) this.#ask({ kind: 'awake' })
  }

  /** Give it a command; null when it was killed before it answered. */
  give(command: CommandEnvelope): Promise<SendResult | null> {
    if (!this.#child) return Promise.resolve(null)
    this.#asked += 1
    const ask = this.#asked
    return new Promise((resolve) => {
      this.#asks.set(ask, resolve)
      this.#ask({ kind: 'send', ask, command })
    })
  }

  discard(id: string): void {
    this.#ask({ kind: 'discard', id })
  }

  all<K extends EntityKind>(kind: K): { id: string; version: number; value: EntityOf<K> }[] {
    return [...this.#held.values()]
      .filter((change) => change.kind === kind && change.value !== null)
      .map(({ id, version, value }) => ({ id, version, value: value as EntityOf<K> }))
  }

  /** What its window holds, comparable with that of any other console. */
  snapshot(): Readonly<Record<string, unknown>> {
    return Object.fromEntries(
      [...this.#held.values()]
        .filter(({ value }) => value !== null)
        .map(({ kind, id, version, value }) => [`${kind} ${id}`, { version, value }] as const),
    )
  }

  /** Resolves once it holds, and rejects with what was logged last when it does not come to that. */
  async until(what: string, holds: () => boolean, ms = 60_000): Promise<void> {
    const giveUpAt = Date.now() + ms
    while (!holds()) {
      if (Date.now() > giveUpAt)
        throw new Error(
          `in vain for ${what}; ${this.connection}, ${this.outbox.length} waiting:\n${this.#log.join('\n')}`,
        )
      await wait(20)
    }
  }

  #ask(asked: Asked): void {
    // It may be gone already; then nobody hears it.
    this.#child?.send(asked, () => undefined)
  }

  #heard(said: Said): void {
    switch (said.kind) {
      case 'told':
        return this.#tell(said.name, said.payload)
      case 'result':
        this.#asks.get(said.ask)?.(said.result)
        this.#asks.delete(said.ask)
        return
      case 'welcomed':
        this.#gatewayId = said.gatewayId
        return
      case 'log':
        this.#keep(said.line)
    }
  }

  #tell(name: string, payload: unknown): void {
    switch (name) {
      case 'replica.reset':
        this.#held.clear()
        return
      case 'replica.changes':
        for (const change of payload as readonly Change[]) {
          const key = `${change.kind} ${change.id}`
          if ((this.#held.get(key)?.version ?? -1) < change.version) this.#held.set(key, change)
        }
        return
      case 'replica.loaded':
        if ((payload as { cursor: unknown }).cursor === null && this.#wasLive) this.resets += 1
        return
      case 'connection.changed':
        this.connection = (payload as ConnectionState).kind
        this.#wasLive ||= this.connection === 'live'
        return
      case 'outbox.changed':
        this.outbox = payload as readonly OutboxEntry[]
        this.#told(this.outbox)
    }
  }

  #gone(): void {
    this.#child = null
    this.connection = 'connecting'
    this.#held.clear()
    for (const resolve of this.#asks.values()) resolve(null)
    this.#asks.clear()
  }

  #keep(line: string): void {
    this.#log = [...this.#log, line].slice(-30)
  }
}
