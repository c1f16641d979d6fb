import type { Server as HttpServer } from 'node:http'
import { Server, type Socket } from 'socket.io'
import { commandSchemas } from '../../contract/commands'
import { refusal, type Refusal } from '../../contract/errors'
import { handshakeSchema, protocolVersion, type Handshake } from '../../contract/feed'
import { findSignedIn, hashToken, type SignedIn } from '../access/signed-in'
import { executeCommand } from '../commands/execute'
import { sqlState } from '../database/transaction'
import { subscribe, type FeedInstallation } from '../feed/subscription'
import type { FeedTail } from '../feed/tail'
import type { GatewayContext } from '../gateway-context'
import type { Metrics } from '../metrics'
import { askQuery } from '../queries/ask'
import { originAllowed } from './origin'
import { perSecond } from './pace'

/** How long a console may take to say that it has a batch. */
const ackTimeoutMs = 30_000
/** A command is small; what is larger than this is no command. */
const maximumMessageBytes = 1024 * 1024
/** How long a gateway that closes waits for what is at hand. */
const drainMs = 5_000
const commandsPerSecond = 50
const queriesPerSecond = 50

interface Parts {
  readonly context: GatewayContext
  readonly tail: FeedTail
  readonly installation: FeedInstallation
  readonly metrics: Metrics
  readonly allowedOrigins: readonly string[]
}

export interface ConsoleNamespace {
  /** Say goodbye to every console and close the sockets. */
  close(): Promise<void>
}

/**
 * Namespace `/console`: commands and queries in, the change feed out. The socket is only the pipe:
 * recovery of connection state stays off, since completeness comes from the cursor.
 */
export function serveConsoles(server: HttpServer, parts: Parts): ConsoleNamespace {
  const { context, metrics } = parts
  const io = new Server(server, {
    transports: ['websocket'],
    serveClient: false,
    pingInterval: 5_000,
    pingTimeout: 4_000,
    maxHttpBufferSize: maximumMessageBytes,
    // CORS does not cover WebSocket, so the origin is judged here.
    allowRequest: (request, done) =>
      done(null, originAllowed(request.headers.origin, parts.allowedOrigins)),
  })
  // Nobody has any business on the root namespace.
  io.use((_socket, next) => next(new Error('Connect to /console.')))
  const consoles = io.of('/console')

  let isClosing = false
  /** Commands and queries that have not been answered yet. */
  const atHand = new Set<Promise<void>>()
  const keep = (work: Promise<void>) => {
    atHand.add(work)
    void work.finally(() => atHand.delete(work))
  }

  consoles.use((socket, next) => {
    admit(context, socket).then(
      (refused) => {
        if (!refused) return next()
        metrics.refusedConnections.inc({ code: refused.code })
        next(Object.assign(new Error(refused.message), { data: refused }))
      },
      (error: unknown) =>
        next(Object.assign(new Error('unavailable'), { data: failure(context, error, 'connect') })),
    )
  })

  consoles.on('connection', (socket) => {
    const { signedIn, handshake } = socket.data as Admitted
    const log = context.log.child({ user: signedIn.user.username, device: handshake.device })
    metrics.consoles.inc()
    const address = socket.handshake.address
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
      keep(
        findSignedIn(context.db, signedIn.tokenHash, context.now())
          .then((fresh) =>
            fresh ? askQuery(context, fresh, input) : { ok: false as const, error: sessionEnded() },
          )
          .catch((error: unknown) => ({
            ok: false as const,
            error: failure(context, error, 'query'),
          }))
          .then(answer)
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
          await socket.timeout(ackTimeoutMs).emitWithAck('changes', changes)
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
      stop()
      metrics.consoles.dec()
    })
  })

  return {
    async close() {
      isClosing = true
      await Promise.race([
        Promise.all(atHand),
        new Promise((resolve) => setTimeout(resolve, drainMs).unref()),
      ])
      consoles.emit('goodbye', { reason: 'shutting_down' })
      consoles.disconnectSockets(true)
      await io.close()
    },
  }
}

interface Admitted {
  readonly signedIn: SignedIn
  readonly handshake: Handshake
}

/** Judge a handshake; null when the console may come in. */
async function admit(context: GatewayContext, socket: Socket): Promise<Refusal | null> {
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
  socket.data = { signedIn, handshake: handshake.data } satisfies Admitted
  return null
}

/** What a failure on our side is told as; the log has the rest under the same reference. */
function failure(context: GatewayContext, error: unknown, doing: string): Refusal {
  const reference = Math.random().toString(36).slice(2, 10)
  context.log.error({ err: error, reference, doing }, 'something failed')
  const state = sqlState(error)
  const isConnection =
    state === null || state.startsWith('08') || state.startsWith('57') || state.startsWith('53')
  return isConnection && isDatabaseTrouble(error)
    ? refusal(
        'unavailable',
        'The gateway lost its database. Whether it was done is not known; send it again with the same id.',
        { reference },
      )
    : refusal('internal', 'Something failed in the gateway. Send it again with the same id.', {
        reference,
      })
}

function isDatabaseTrouble(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown }
  return typeof code === 'string' || /connect|terminat|timeout/i.test(String(message))
}

function commandType(input: unknown): string {
  const type = (input as { type?: unknown } | null)?.type
  return typeof type === 'string' && Object.hasOwn(commandSchemas, type) ? type : 'unknown'
}

function closingDown(): Refusal {
  return refusal('unavailable', 'The gateway is closing. Nothing was done; try again soon.')
}

function sessionEnded(): Refusal {
  return refusal('session_expired', 'The session has ended. Sign in again.')
}

function tooMany(): Refusal {
  return refusal('too_many_requests', 'Too many at once. Wait a second.', { retryAfterSeconds: 1 })
}
