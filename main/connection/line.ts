import { io, type ManagerOptions, type SocketOptions } from 'socket.io-client'

import type { Refusal } from '../../contract/errors'
import {
  caughtUpSchema,
  goodbyeSchema,
  welcomeSchema,
  type CaughtUp,
  type Change,
  type Goodbye,
  type Handshake,
  type Welcome,
} from '../../contract/feed'
import { parse, parseChanges, refusalOf, type Parsed } from './inbound'

/** Who is handed what comes in: one thing at a time and in order, the next after a promise resolves. */
export interface LineReceiver {
  welcome(welcome: Welcome): Promise<void>
  changes(changes: readonly Change[]): Promise<void>
  caughtUp(caughtUp: CaughtUp): Promise<void>
}

/** Why a line ended. `detail` is for the log. */
export type LineEnd =
  | { readonly kind: 'closed' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'unreachable'; readonly detail: string }
  | { readonly kind: 'dropped'; readonly detail: string }
  | { readonly kind: 'goodbye'; readonly reason: Goodbye['reason'] }
  /** What came could not be understood, or not be taken in. */
  | { readonly kind: 'violated'; readonly detail: string }

export type LineAnswer =
  | { readonly kind: 'answered'; readonly value: unknown }
  | { readonly kind: 'offline' }
  | { readonly kind: 'unanswered' }

export interface LineOptions {
  /** Origin of the gateway. */
  readonly address: string
  readonly handshake: Handshake
  readonly receiver: LineReceiver
  readonly limits: LineLimits
}

export interface LineLimits {
  /** From the first packet out to the end of `welcome`, in ms. */
  readonly welcomeWithin: number
  /** One message, in bytes; the socket closes on a larger one. */
  readonly messageSize: number
  /** Received but not taken in yet, in bytes of text. */
  readonly pendingSize: number
}

export interface Line {
  /** Send and wait for the acknowledgement, in ms; only once welcomed, nothing is ever buffered. */
  ask(event: string, payload: unknown, within: number): Promise<LineAnswer>
  /** End it, whatever the socket believes of itself. */
  close(): void
  /** Resolves once, when nothing more is handed to the receiver. */
  readonly ended: Promise<LineEnd>
  /** When something was last heard from the gateway, in ms of the epoch; null before the first. */
  heardAt(): number | null
}

/**
 * One socket from its opening to its end; a new try is a new line, so neither Socket.IO's buffer nor
 * its reconnection nor its retries ever send anything on their own. The gateway's pings every few
 * seconds tell a living line from a half-open one: engine.io closes it when they stay away.
 */
export function openLine({ address, handshake, receiver, limits }: LineOptions): Line {
  let end: LineEnd | null = null
  let isWelcomed = false
  let heardAt: number | null = null
  let pendingSize = 0
  let pendingTasks = 0
  let tasks: Promise<void> = Promise.resolve()
  let settle: (end: LineEnd) => void
  const ended = new Promise<LineEnd>((resolve) => (settle = resolve))

  const settings: Partial<ManagerOptions & SocketOptions> & { readonly maxPayload: number } = {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    autoConnect: false,
    timeout: limits.welcomeWithin,
    auth: handshake,
    // Handed on to `ws`, whose own limit is 100 MiB.
    maxPayload: limits.messageSize,
  }
  const socket = io(`${address}/console`, settings)

  function finish(reason: LineEnd): void {
    if (end !== null) return
    end = reason
    clearTimeout(deadline)
    socket.removeAllListeners()
    socket.io.removeAllListeners()
    socket.disconnect()
    void tasks.then(() => settle(reason))
  }

  const deadline = setTimeout(
    () => finish({ kind: 'unreachable', detail: 'no welcome in time' }),
    limits.welcomeWithin,
  )

  /** Take something in after everything that came before it. */
  function enqueue(task: () => Promise<void> | void): void {
    pendingTasks += 1
    tasks = tasks.then(async () => {
      try {
        if (end === null) await task()
      } catch (error) {
        finish({ kind: 'violated', detail: error instanceof Error ? error.message : String(error) })
      }
      pendingTasks -= 1
      if (pendingTasks === 0) pendingSize = 0
    })
  }

  function take<T>(parsed: Parsed<T>, event: string, task: (value: T) => Promise<void> | void) {
    if (parsed.ok) return task(parsed.value)
    return finish({ kind: 'violated', detail: `${event}: ${parsed.why}` })
  }

  socket.io.on('open', () => {
    heardAt = Date.now()
    socket.io.engine.on('packet', () => (heardAt = Date.now()))
    socket.io.engine.on('data', (data: unknown) => {
      pendingSize += typeof data === 'string' ? data.length : limits.messageSize
      if (pendingSize <= limits.pendingSize || pendingTasks === 0) return
      finish({ kind: 'violated', detail: 'more was sent than could be taken in' })
    })
  })
  socket.on('connect_error', (error) => {
    const refusal = refusalOf(error)
    finish(
      refusal === null
        ? { kind: 'unreachable', detail: describeError(error) }
        : { kind: 'refused', refusal },
    )
  })
  socket.on('disconnect', (reason) => enqueue(() => finish({ kind: 'dropped', detail: reason })))
  socket.on('welcome', (raw: unknown) =>
    enqueue(() =>
      take(parse(welcomeSchema, raw), 'welcome', async (welcome) => {
        await receiver.welcome(welcome)
        isWelcomed = true
        clearTimeout(deadline)
      }),
    ),
  )
  socket.on('changes', (raw: unknown, acknowledge: unknown) =>
    enqueue(() =>
      take(parseChanges(raw), 'changes', async (changes) => {
        if (!isWelcomed) throw new Error('changes came before the welcome')
        await receiver.changes(changes)
        if (typeof acknowledge === 'function') acknowledge()
      }),
    ),
  )
  socket.on('caught_up', (raw: unknown) =>
    enqueue(() =>
      take(parse(caughtUpSchema, raw), 'caught_up', async (caughtUp) => {
        if (!isWelcomed) throw new Error('caught_up came before the welcome')
        await receiver.caughtUp(caughtUp)
      }),
    ),
  )
  socket.on('goodbye', (raw: unknown) =>
    enqueue(() =>
      take(parse(goodbyeSchema, raw), 'goodbye', ({ reason }) =>
        finish({ kind: 'goodbye', reason }),
      ),
    ),
  )
  socket.connect()

  return {
    async ask(event, payload, within) {
      if (end !== null || !isWelcomed || !socket.connected) return { kind: 'offline' }
      try {
        const value: unknown = await socket.timeout(within).emitWithAck(event, payload)
        return { kind: 'answered', value }
      } catch {
        return { kind: 'unanswered' }
      }
    },
    close: () => finish({ kind: 'closed' }),
    ended,
    heardAt: () => heardAt,
  }
}

function describeError(error: Error): string {
  // engine.io wraps what `ws` said twice: TransportError → ErrorEvent → Error.
  const description: unknown = 'description' in error ? error.description : null
  const message =
    typeof description === 'object' && description !== null && 'message' in description
      ? description.message
      : null
  return typeof message === 'string' && message !== '' ? message : error.message
}
