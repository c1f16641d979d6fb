import type { Kysely } from 'kysely'
import { Server, type Socket } from 'socket.io'
import { commandSchemas } from '../../contract/commands'
import { refusal, type Refusal } from '../../contract/errors'
import { handshakeSchema, protocolVersion, type Goodbye, type Handshake } from '../../contract/feed'
import { querySchemas } from '../../contract/queries'
import { findSignedIn, hashToken, type SignedIn } from '../access/signed-in'
import { databaseAway } from '../database/lost'
import { executeCommand } from '../commands/execute'
import type { Database } from '../database/schema'
import { ConsoleTooSlow, subscribe } from '../feed/subscription'
import type { FeedTail } from '../feed/tail'
import type { GatewayContext } from '../gateway-context'
import type { Metrics } from '../metrics'
import { askQuery } from '../queries/ask'
import { clientAddress } from '../http/client-address'
import type { WebServer } from '../http/listen'
import { tokenBuckets, type Pace } from '../http/token-buckets'
import { openSockets } from './open-sockets'
import { originAllowed } from './origin'
import { perSecond } from './pace'
import { closingDown, failure, sessionEnded, tooMany } from './refusals'

/** How long a console may take to say that it has a batch. */
const ackTimeoutMs = 30_000
/** A command is small; what is larger than this is no command. */
const maximumMessageBytes = 4 * 1024 * 1024
/** How long someone may hold a connection without getting into the namespace. */
const connectTimeoutMs = 10_000
/** From one address, behind which there may be a whole office. */
const handshakePace: Pace = { perSecond: 50, burst: 200 }
/** A console has one; this leaves room for those it lost and the gateway has not missed yet. */
const socketsPerSession = 16
/**
 * Against a client that does not wait for its answers. One that does must never meet it: a command takes
 * some milliseconds to its commit and back, also where the machine is quick.
 */
const commandsPerSecond = 250
const queriesPerSecond = 50

interface Parts {
  readonly context: GatewayContext
  readonly tail: FeedTail
  readonly installation: { readonly gateway: string; readonly epoch: string }
  readonly metrics: Metrics
  readonly allowedOrigins: readonly string[]
  /** Proxies of ours in front; see `clientAddress`. */
  readonly trustedHops: number
  /** For questions, which may take only so long. */
  readonly questions: Kysely<Database>
}

export interface ConsoleNamespace {
  /**
   * Finish the commands and queries at hand in the time given, say goodbye to every console and close
   * the sockets and the server.
   */
  close(withinMs: number): Promise<void>
}

/**
 * Namespace `/console`: commands and queries in, the change feed out. The socket is only the pipe:
 * recovery of connection state stays off, since completeness comes from the cursor.
 */
export function serveConsoles(server: WebServer, parts: Parts): ConsoleNamespace {
  const { context, metrics } = parts
  const io = new Server(server, {
    transports: ['websocket'],
    serveClient: false,
    pingInterval: 5_000,
    pingTimeout: 4_000,
    connectTimeout: connectTimeoutMs,
    maxHttpBufferSize: maximumMessageBytes,
    // CORS does not cover WebSocket, so the origin is judged here.
    allowRequest: (request, done) =>
      done(null, originAllowed(request.headers.origin, parts.allowedOrigins)),
  })
  // Nobody has any business on the root namespace.
  io.use((_socket, next) => next(new Error('Connect to /console.')))
  const consoles = io.of('/console')

  const wait = tokenBuckets(handshakePace)
  const open = openSockets(socketsPerSession)
  let isClosing = false
  /** Commands and queries that have not been answered yet. */
  const atHand = new Set<Promise<void>>()
  const keep = (work: Promise<void>) => {
    atHand.add(work)
    void work.finally(() => atHand.delete(work))
  }

  consoles.use((socket, next) => {
    const address = clientAddress(socket.request, parts.trustedHops)
    const seconds = wait(address)
    const admitted = isClosing
      ? Promise.resolve(closingDown())
      : seconds > 0
        ? Promise.resolve(tooMany(seconds))
        : parts.tail.healthy()
          ? admit(context, socket, address)
          : Promise.resolve(databaseAway())
    admitted.then(
      (refused) => {
        if (!refused) return next()
        metrics.refusedConnections.inc({ code: refused.code })
        context.log.info({ address, code: refused.code }, 'a console was turned away')
        next(Object.assign(new Error(refused.message), { data: refused }))
      },
      (error: unknown) =>
        next(Object.assign(new Error('unavailable'), { data: failure(context, error, 'connect') })),
    )
  })

  consoles.on('connection', (socket) => {
    const { signedIn, handshake, address } = socket.data as Admitted
    const log = context.log.child({
      user: signedIn.user.username,
      device: handshake.device,
      address,
    })
    metrics.consoles.inc()
    const leave = open.enter(signedIn.tokenHash.toString('hex'), () => {
      log.warn('too many sockets in one session: the oldest goes')
      socket.emit('goodbye', { reason: 'too_many_sockets' } satisfies Goodbye)
      socket.disconnect(true)
    })
    const origin = { via: 'console', device: handshake.device, address } as const
    const mayCommand = perSecond(commandsPerSecond)
    const mayAsk = perSecond(queriesPerSecond)
    let who = signedIn

    socket.on('command', (input: unknown, acknowledge: unknown) => {
      if (typeof acknowledge !== 'function') return
      const answer = acknowledge as (answer: unknown) => void
      if (isClosing) return answer({ ok: false, error: closingDown() })
      if (!mayCommand()) return answer({ ok: false, error: tooMany() })
      const stop = metrics.commandSeconds.startTimer()
      keep(
        executeCommand(context, signedIn.tokenHash, input, origin)
          .catch((error: unknown) => ({
            ok: false as const,
            error: failure(context, error, 'command'),
          }))
          .then((result) => {
            stop({ type: commandType(input), outcome: result.ok ? 'ok' : result.error.code })
            answer(result)
          })
          .catch((error: unknown) => log.error({ err: error }, 'an answer could not be given')),
      )
    })

    socket.on('query', (input: unknown, acknowledge: unknown) => {
      if (typeof acknowledge !== 'function') return
      const answer = acknowledge as (answer: unknown) => void
      if (isClosing) return answer({ ok: false, error: closingDown() })
      if (!mayAsk()) return answer({ ok: false, error: tooMany() })
      const stopTimer = metrics.querySeconds.startTimer()
      keep(
        findSignedIn(context.db, signedIn.tokenHash, context.now())
          .then((fresh) =>
            fresh
              ? askQuery({ ...context, db: parts.questions }, fresh, input)
              : { ok: false as const, error: sessionEnded() },
          )
          .catch((error: unknown) => ({
            ok: false as const,
            error: failure(context, error, 'query'),
          }))
          .then((result) => {
            stopTimer({ type: queryType(input), outcome: result.ok ? 'ok' : result.error.code })
            answer(result)
          })
          .catch((error: unknown) => log.error({ err: error }, 'an answer could not be given')),
      )
    })

    const stop = subscribe(signedIn, handshake.cursor, {
      db: context.db,
      tail: parts.tail,
      installation: parts.installation,
      now: context.now,
      socket: {
        welcome: (welcome) => socket.emit('welcome', welcome),
        async changes(changes) {
          await acknowledged(socket, changes)
          metrics.changesSent.inc(changes.length)
        },
        caughtUp: (caughtUp) => socket.emit('caught_up', caughtUp),
        goodbye(reason) {
          socket.emit('goodbye', { reason })
          socket.disconnect(true)
        },
      },
      async refresh() {
        const fresh = await findSignedIn(context.db, signedIn.tokenHash, context.now())
        if (fresh) who = fresh
        return fresh
      },
      onError: (error) =>
        log.warn({ err: error, user: who.user.username }, 'a console cannot be fed'),
    })
    // A session also ends by time alone.
    const expiry = setTimeout(
      () => {
        socket.emit('goodbye', { reason: 'session_ended' })
        socket.disconnect(true)
      },
      Math.min(signedIn.expiresAt.getTime() - context.now().getTime(), 2 ** 31 - 1),
    )
    socket.on('disconnect', () => {
      clearTimeout(expiry)
      leave()
      stop()
      metrics.consoles.dec()
    })
  })

  return {
    async close(withinMs) {
      isClosing = true
      await Promise.race([
        Promise.all(atHand),
        new Promise((resolve) => setTimeout(resolve, withinMs).unref()),
      ])
      consoles.emit('goodbye', { reason: 'shutting_down' })
      consoles.disconnectSockets(true)
      await io.close()
    },
  }
}

/** Send changes and wait until the console has them, or is gone. */
function acknowledged(socket: Socket, changes: readonly Buffer[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (settled: () => void) => {
      clearTimeout(timer)
      socket.off('disconnect', gone)
      settled()
    }
    const gone = () => settle(resolve)
    const timer = setTimeout(
      () => settle(() => reject(new ConsoleTooSlow('changes were not acknowledged'))),
      ackTimeoutMs,
    )
    socket.once('disconnect', gone)
    socket.emit('changes', arrayOf(changes), () => settle(resolve))
  })
}

const [opening, comma, closing] = ['[', ',', ']'].map((sign) => Buffer.from(sign)) as [
  Buffer,
  Buffer,
  Buffer,
]

/** The JSON text of an array, of that of its elements. */
function arrayOf(elements: readonly Buffer[]): Buffer {
  const parts = elements.flatMap((element, index) => [index === 0 ? opening : comma, element])
  return Buffer.concat([...parts, closing])
}

interface Admitted {
  readonly signedIn: SignedIn
  readonly handshake: Handshake
  readonly address: string
}

/** Judge a handshake; null when the console may come in. */
async function admit(
  context: GatewayContext,
  socket: Socket,
  address: string,
): Promise<Refusal | null> {
  const auth = socket.handshake.auth as { protocol?: unknown }
  // The version comes first: a console of another version may well have another handshake.
  if (auth.protocol !== protocolVersion) {
    return refusal('protocol_mismatch', `This gateway speaks protocol ${protocolVersion}.`, {
      gateway: protocolVersion,
      console: typeof auth.protocol === 'number' ? auth.protocol : null,
    })
  }
  const handshake = handshakeSchema.safeParse(auth)
  if (!handshake.success) return refusal('malformed', 'The handshake is not well-formed.')
  const signedIn = await findSignedIn(context.db, hashToken(handshake.data.token), context.now())
  if (!signedIn) return refusal('unauthenticated', 'The session has ended. Sign in again.')
  socket.data = { signedIn, handshake: handshake.data, address } satisfies Admitted
  return null
}

function queryType(input: unknown): string {
  const type = (input as { type?: unknown } | null)?.type
  return typeof type === 'string' && Object.hasOwn(querySchemas, type) ? type : 'unknown'
}

function commandType(input: unknown): string {
  const type = (input as { type?: unknown } | null)?.type
  return typeof type === 'string' && Object.hasOwn(commandSchemas, type) ? type : 'unknown'
}
