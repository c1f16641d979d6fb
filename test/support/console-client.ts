import { randomUUID } from 'node:crypto'
import { io, type Socket } from 'socket.io-client'
import type { CommandAnswer } from '../../contract/commands'
import type { EntityKind, EntityOf, Requisition } from '../../contract/entities'
import { protocolVersion, type Change, type Cursor, type Welcome } from '../../contract/feed'
import type { QueryAnswer } from '../../contract/queries'
import type { SeenFigures } from '../../domain/requisition/figures'
import { seenIn } from './seen'
import { wellFormed, type SharedChanges } from './shared-changes'

export interface ConsoleClientOptions {
  readonly cursor?: Cursor | null
  readonly protocol?: number
  /** With those of the same process that are told the same. */
  readonly shared?: SharedChanges | undefined
}

/** A console reduced to its protocol: a replica that applies what the feed says, and commands. */
export class ConsoleClient {
  readonly socket: Socket
  readonly changes: Change[] = []
  /** Each time the cursor was moved: when, where to, and how many changes had come by then. */
  readonly moves: { readonly at: number; readonly seq: number; readonly changes: number }[] = []
  readonly welcomes: Welcome[] = []
  cursor: Cursor | null
  goodbye: string | null = null
  caughtUp = false
  private readonly held = new Map<string, Change>()
  private readonly shared: SharedChanges | undefined
  private readonly waiting = new Set<() => void>()

  constructor(url: string, token: string, options: ConsoleClientOptions = {}) {
    this.cursor = options.cursor ?? null
    this.shared = options.shared
    this.socket = io(`${url}/console`, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      auth: {
        token,
        device: randomUUID(),
        protocol: options.protocol ?? protocolVersion,
        cursor: this.cursor,
      },
    })
    this.socket.on('welcome', (welcome: Welcome) => {
      this.welcomes.push(welcome)
      if (welcome.reset) this.held.clear()
      this.tell()
    })
    this.socket.on('changes', (bytes: Buffer, acknowledge: () => void) => {
      const changes = JSON.parse(bytes.toString()) as Change[]
      this.changes.push(...changes)
      for (const change of changes) this.apply(change)
      // The cursor moves with what was applied; the last transaction may have more to come.
      const seq = changes.at(-1)?.seq
      const epoch = this.welcomes.at(-1)?.epoch
      if (seq !== undefined && epoch !== undefined) this.moveTo({ epoch, seq: seq - 1 })
      acknowledge()
      this.tell()
    })
    this.socket.on('caught_up', ({ epoch, seq }: Cursor) => {
      this.moveTo({ epoch, seq })
      this.caughtUp = true
      this.tell()
    })
    this.socket.on('goodbye', ({ reason }: { reason: string }) => {
      this.goodbye = reason
      this.tell()
    })
    this.socket.on('disconnect', () => this.tell())
  }

  /** Connect and catch up. Rejects with the refusal when the gateway does not let it in. */
  static async open(
    url: string,
    token: string,
    options: ConsoleClientOptions = {},
  ): Promise<ConsoleClient> {
    const client = new ConsoleClient(url, token, options)
    await new Promise<void>((resolve, reject) => {
      client.socket.once('connect_error', (error: Error & { data?: unknown }) => {
        client.close()
        reject(Object.assign(new Error(error.message), { refusal: error.data }))
      })
      client.socket.once('disconnect', (reason) => reject(new Error(reason)))
      client.socket.once('caught_up', () => resolve())
    })
    return client
  }

  /** Connect again with what another client held, cursor and all. */
  static async resume(url: string, token: string, before: ConsoleClient): Promise<ConsoleClient> {
    const client = new ConsoleClient(url, token, { cursor: before.cursor, shared: before.shared })
    for (const [key, change] of before.held) client.held.set(key, change)
    const refused = new Promise<never>((_resolve, reject) => {
      client.socket.once('connect_error', reject)
      client.socket.once('disconnect', (reason) => reject(new Error(reason)))
    })
    try {
      await Promise.race([client.until('catching up', () => client.caughtUp), refused])
      return client
    } catch (error) {
      client.close()
      throw error
    }
  }

  close(): void {
    this.socket.disconnect()
  }

  /** Keep what it holds, and not by which changes it came to that. */
  forgetTheWay(): void {
    this.changes.length = 0
    this.moves.length = 0
  }

  private moveTo(cursor: Cursor): void {
    this.cursor = cursor
    this.moves.push({ at: performance.now(), seq: cursor.seq, changes: this.changes.length })
  }

  private apply(change: Change): void {
    const key = `${change.kind} ${change.id}`
    const before = this.held.get(key)
    if (before && before.version >= change.version) return
    this.held.set(key, this.shared?.like(change) ?? wellFormed(change))
  }

  private tell(): void {
    for (const check of this.waiting) check()
  }

  get<K extends EntityKind>(kind: K, id: string): { version: number; value: EntityOf<K> } | null {
    const change = this.held.get(`${kind} ${id}`)
    return change && change.value !== null
      ? { version: change.version, value: change.value as EntityOf<K> }
      : null
  }

  all<K extends EntityKind>(
    kind: K,
  ): readonly { id: string; version: number; value: EntityOf<K> }[] {
    return [...this.held.values()]
      .filter((change) => change.kind === kind && change.value !== null)
      .map(({ id, version, value }) => ({ id, version, value: value as EntityOf<K> }))
  }

  /** Resolves with the first truthy answer, asked again whenever something arrives. */
  until<T>(what: string, answer: () => T | null | undefined | false, ms = 10_000): Promise<T> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const found = answer()
        if (!found) return
        clearTimeout(timer)
        this.waiting.delete(check)
        resolve(found)
      }
      const timer = setTimeout(() => {
        this.waiting.delete(check)
        const { goodbye, cursor } = this
        const state = JSON.stringify({ connected: this.socket.connected, goodbye, cursor })
        reject(new Error(`waited ${ms} ms in vain for ${what}: ${state}`))
      }, ms)
      this.waiting.add(check)
      check()
    })
  }

  /** The whole replica as comparable text, so that two consoles can be held against each other. */
  snapshot(): Readonly<Record<string, unknown>> {
    return Object.fromEntries(
      [...this.held.values()]
        .filter(({ value }) => value !== null)
        .map(({ kind, id, version, value }) => [`${kind} ${id}`, { version, value }] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    )
  }

  /** Who approves without saying what they saw has looked at the requisition, and at no stock. */
  async command(
    type: string,
    aggregateId: string,
    expectedVersion: number | null,
    payload: object = {},
    id: string = randomUUID(),
  ): Promise<CommandAnswer> {
    const isUnsaid = type === 'requisition.approve' && !('seen' in payload)
    const said = isUnsaid
      ? { seen: await this.look(aggregateId, expectedVersion), ...payload }
      : payload
    return this.send({ id, type, aggregateId, expectedVersion, payload: said })
  }

  /** What is seen at a version: this console may not have heard yet of what another has. */
  private async look(id: string, version: number | null): Promise<SeenFigures> {
    const held = this.get('requisition', id)
    if (held && (version === null || held.version >= version)) return seenIn(held.value)
    const answer = await this.query('requisition.get', { id })
    return answer.ok
      ? seenIn((answer.result as { readonly value: Requisition }).value)
      : { net: 0, lines: {} }
  }

  send(envelope: unknown): Promise<CommandAnswer> {
    return this.socket.timeout(10_000).emitWithAck('command', envelope) as Promise<CommandAnswer>
  }

  query(type: string, params: object): Promise<QueryAnswer> {
    return this.socket
      .timeout(10_000)
      .emitWithAck('query', { type, params }) as Promise<QueryAnswer>
  }
}
