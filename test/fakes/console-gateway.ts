import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { Server, type Socket } from 'socket.io'

import {
  commandEnvelopeSchema,
  type CommandAnswer,
  type CommandEnvelope,
} from '../../contract/commands'
import type { User } from '../../contract/entities'
import { refusal, type Refusal } from '../../contract/errors'
import {
  handshakeSchema,
  protocolVersion,
  type Change,
  type Goodbye,
  type Handshake,
} from '../../contract/feed'
import { queryEnvelopeSchema, type QueryAnswer } from '../../contract/queries'
import type { Session } from '../../contract/session'
import { Recorder } from '../support/recorder'

export const anna: User = {
  id: '0190a5e0-0000-7000-8000-000000000001',
  username: 'anna',
  displayName: 'Anna Ek',
  roles: ['approver'],
  team: null,
  status: 'active',
}

export const bo: User = {
  ...anna,
  id: '0190a5e0-0000-7000-8000-000000000002',
  username: 'bo',
  displayName: 'Bo Alm',
  roles: ['rep'],
}

/** How often the gateway pings and how long it waits: as the real one, but fifty times as fast. */
const pingInterval = 100
const pingTimeout = 80

/**
 * A small gateway that speaks the console's side of the contract over real HTTP and real sockets: its
 * feed is a list in memory, and a test can make it misbehave.
 */
export class FakeGateway {
  readonly handshakes = new Recorder<Handshake>()
  readonly commands = new Recorder<CommandEnvelope>()
  /** Sequence numbers of batches that a console has acknowledged. */
  readonly acknowledged = new Recorder<number>()
  readonly signOuts = new Recorder<string>()
  /** Why each socket that was connected went away. */
  readonly departures = new Recorder<string>()
  readonly #http: HttpServer
  readonly #io: Server
  readonly #feed: Change[] = []
  readonly #answers = new Map<string, CommandAnswer>()
  gateway = 'gateway-1'
  epoch = 'epoch-1'
  protocol = protocolVersion
  /** Cursors before this are too old. */
  floor = 0
  users = new Map<string, { user: User; password: string }>([
    ['anna', { user: anna, password: 'anna-password-1' }],
    ['bo', { user: bo, password: 'bo-password-12' }],
  ])
  /** Tokens that hold, and whose they are. */
  readonly tokens = new Map<string, User>()
  /** Refuse every handshake with this. */
  refuseWith: Refusal | null = null
  answerCommand: (command: CommandEnvelope) => CommandAnswer | Promise<CommandAnswer> = () => ({
    ok: true,
    result: {},
    version: 2,
  })
  answerQuery: (query: { type: string; params: Record<string, unknown> }) => unknown = () =>
    ({ ok: false, error: refusal('unknown_query', 'None here.') }) satisfies QueryAnswer
  /** Swallow acknowledgements of commands, as a line that breaks at the wrong moment does. */
  isMute = false
  /** Sends these instead of `welcome`, for a gateway that speaks nonsense. */
  welcomeWith: unknown = undefined

  private constructor(http: HttpServer) {
    this.#http = http
    this.#io = new Server(http, {
      transports: ['websocket'],
      serveClient: false,
      pingInterval,
      pingTimeout,
    })
    const consoles = this.#io.of('/console')
    consoles.use((socket, next) => {
      const refused = this.#refuse(socket)
      next(
        refused === null ? undefined : Object.assign(new Error(refused.message), { data: refused }),
      )
    })
    consoles.on('connection', (socket) => this.#serve(socket))
    http.on('request', (request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        if (request.url !== '/api/session') return
        const [status, body] =
          request.method === 'DELETE'
            ? this.#signOut(request.headers.authorization ?? '')
            : this.#signIn(Buffer.concat(chunks).toString())
        const type = status < 400 ? 'application/json' : 'application/problem+json'
        response
          .writeHead(status, { 'content-type': type })
          .end(body === null ? '' : JSON.stringify(body))
      })
    })
  }

  static async start(port = 0): Promise<FakeGateway> {
    const http = createServer()
    const fake = new FakeGateway(http)
    await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve))
    return fake
  }

  get port(): number {
    return (this.#http.address() as AddressInfo).port
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** A token for a user, as if they had signed in. */
  token(user: User): string {
    const token = `token-of-${user.username}-${this.tokens.size + 1}`
    this.tokens.set(token, user)
    return token
  }

  /** Commit changes: they go into the feed and out to every console, followed by the cursor. */
  commit(...changes: Change[]): void {
    this.#feed.push(...changes)
    for (const socket of this.#io.of('/console').sockets.values()) void this.#send(socket, changes)
  }

  /** Send something as it is to every console; changes go as JSON text in UTF-8. */
  emit(event: string, payload: unknown): void {
    const sent = event === 'changes' ? Buffer.from(JSON.stringify(payload)) : payload
    this.#io.of('/console').emit(event, sent)
  }

  sayGoodbye(reason: Goodbye['reason']): void {
    this.emit('goodbye', { reason })
    this.#io.of('/console').disconnectSockets(true)
  }

  /** Begin anew on the open connections, as after a change of rights. */
  beginAnew(epoch: string): void {
    this.epoch = epoch
    for (const socket of this.#io.of('/console').sockets.values()) this.#welcome(socket, null)
  }

  async stop(): Promise<void> {
    this.#io.of('/console').disconnectSockets(true)
    // Kept-alive connections of `fetch` would hold the server for seconds.
    this.#http.closeAllConnections()
    await this.#io.close()
  }

  #refuse(socket: Socket): Refusal | null {
    const handshake = handshakeSchema.safeParse(socket.handshake.auth)
    if (!handshake.success) return refusal('malformed', 'The handshake is not well-formed.')
    this.handshakes.push(handshake.data)
    if (handshake.data.protocol !== this.protocol) {
      return refusal('protocol_mismatch', 'Another protocol.', { gateway: this.protocol })
    }
    if (this.refuseWith !== null) return this.refuseWith
    const user = this.tokens.get(handshake.data.token)
    if (user === undefined) return refusal('unauthenticated', 'The session has ended.')
    socket.data = { user, cursor: handshake.data.cursor }
    return null
  }

  #serve(socket: Socket): void {
    socket.on('disconnect', this.departures.push)
    socket.on('command', async (raw: unknown, acknowledge: (answer: CommandAnswer) => void) => {
      const command = commandEnvelopeSchema.parse(raw)
      this.commands.push(command)
      const answer = this.#answers.get(command.id) ?? (await this.answerCommand(command))
      this.#answers.set(command.id, answer)
      if (!this.isMute) acknowledge(answer)
    })
    socket.on('query', (raw: unknown, acknowledge: (answer: unknown) => void) =>
      acknowledge(this.answerQuery(queryEnvelopeSchema.parse(raw))),
    )
    const { cursor } = socket.data as { cursor: Handshake['cursor'] }
    this.#welcome(socket, cursor)
  }

  #welcome(socket: Socket, cursor: Handshake['cursor']): void {
    const isUsable = cursor !== null && cursor.epoch === this.epoch && cursor.seq >= this.floor
    const { user } = socket.data as { user: User }
    const { gateway, epoch } = this
    const serverTime = new Date().toISOString()
    const welcome = { gateway, epoch, reset: !isUsable, serverTime, user }
    socket.emit('welcome', this.welcomeWith === undefined ? welcome : this.welcomeWith)
    const after = isUsable ? cursor.seq : 0
    const missed = new Map<string, Change>()
    for (const change of this.#feed) {
      if (change.seq > after) missed.set(`${change.kind}:${change.id}`, change)
    }
    void this.#send(
      socket,
      [...missed.values()].sort((a, b) => a.seq - b.seq),
    )
  }

  async #send(socket: Socket, changes: readonly Change[]): Promise<void> {
    const seq = this.#feed.at(-1)?.seq ?? 0
    try {
      if (changes.length > 0)
        await socket.timeout(5_000).emitWithAck('changes', Buffer.from(JSON.stringify(changes)))
    } catch {
      return
    }
    this.acknowledged.push(seq)
    socket.emit('caught_up', { epoch: this.epoch, seq, serverTime: new Date().toISOString() })
  }

  #signIn(body: string): readonly [number, unknown] {
    const { username, password } = JSON.parse(body) as { username: string; password: string }
    const known = this.users.get(username)
    if (known === undefined || known.password !== password) {
      const detail = 'Wrong name or password.'
      return [
        401,
        { type: 'urn:x', title: 'x', status: 401, code: 'wrong_credentials', detail, details: {} },
      ]
    }
    const token = this.token(known.user)
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString()
    return [201, { token, user: known.user, expiresAt } satisfies Session]
  }

  #signOut(authorization: string): readonly [number, unknown] {
    const token = authorization.replace('Bearer ', '')
    this.tokens.delete(token)
    this.signOuts.push(token)
    return [204, null]
  }
}
