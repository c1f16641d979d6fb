import type { ConnectionState } from '../../contract/console'
import type { CaughtUp, Change, Handshake, Welcome } from '../../contract/feed'
import type { Log } from '../log'
import { retryDelay } from './backoff'
import { afterEnd, type AfterEnd } from './after-end'
import { openLine, type Line, type LineAnswer, type LineLimits } from './line'

export interface ConnectionOptions {
  /** Origin of the gateway; asked before each try. */
  readonly address: () => string
  /** Built afresh for each try, so that it carries the cursor as it is then. */
  readonly handshake: () => Handshake
  /** Handed what the gateway sends, in order; throwing drops the line. */
  readonly welcome: (welcome: Welcome) => Promise<void>
  readonly changes: (changes: readonly Change[]) => Promise<void>
  readonly caughtUp: (caughtUp: CaughtUp) => Promise<void>
  readonly stateChanged: (state: ConnectionState) => void
  /** The session no longer holds; the connection has stopped. */
  readonly sessionEnded: (why: 'expired' | 'revoked') => void
  /** When the replica was last complete, from before this start. */
  readonly lastInStep: string | null
  readonly log: Log
  readonly timing?: Partial<ConnectionTiming>
  readonly random?: () => number
  /** The gateway's time in ms, for all that is told; this computer's without it. */
  readonly clock?: () => number
}

export interface ConnectionTiming extends LineLimits {
  /** A line that was in step for this long counts as having held, in ms. */
  readonly heldAfter: number
  /** Wait before trying a gateway of another protocol again, in ms. */
  readonly otherProtocol: number
  /** Wait before the next try after so many failures, in ms. */
  readonly retryDelay: (failures: number, random: number) => number
}

export const connectionTiming: ConnectionTiming = {
  welcomeWithin: 8_000,
  messageSize: 32 * 1024 * 1024,
  pendingSize: 64 * 1024 * 1024,
  heldAfter: 5_000,
  otherProtocol: 60_000,
  retryDelay,
}

export interface Connection {
  readonly state: ConnectionState
  start(): void
  /** End for good. Resolves when nothing more is handed over. */
  stop(): Promise<void>
  /**
   * Try now. With `dropped`, also when the line is believed to be open: after sleep, a socket that
   * looks well may long be dead.
   */
  reconnect(how: 'if_waiting' | 'dropped'): void
  /** Send an event and wait for its acknowledgement; nothing is kept for later. */
  ask(event: string, payload: unknown, within: number): Promise<LineAnswer>
}

/** Keeps a line to the gateway: opens it, says how it is, and opens it again. */
export function createConnection(options: ConnectionOptions): Connection {
  const timing = { ...connectionTiming, ...options.timing }
  const random = options.random ?? Math.random
  const clock = options.clock ?? Date.now
  const now = () => new Date(clock()).toISOString()
  let state: ConnectionState = {
    kind: 'connecting',
    since: now(),
    lastInStep: options.lastInStep,
  }
  let lastInStep = options.lastInStep
  let line: Line | null = null
  let ending: Promise<void> = Promise.resolve()
  let timer: ReturnType<typeof setTimeout> | null = null
  let failures = 0
  let isStopped = true

  function become(next: ConnectionState): void {
    state = next
    options.stateChanged(next)
  }

  function leaveLive(heardAt: number | null): void {
    if (state.kind === 'live')
      lastInStep =
        heardAt === null ? now() : new Date(clock() - (Date.now() - heardAt)).toISOString()
  }

  function open(): void {
    clearTimer()
    const opened = openLine({
      address: options.address(),
      handshake: options.handshake(),
      limits: timing,
      receiver: {
        async welcome(welcome) {
          leaveLive(opened.heardAt())
          await options.welcome(welcome)
          become({ kind: 'catching_up', since: now(), lastInStep })
        },
        changes: options.changes,
        async caughtUp(caughtUp) {
          await options.caughtUp(caughtUp)
          if (state.kind !== 'live') become({ kind: 'live', since: now() })
        },
      },
    })
    line = opened
    ending = opened.ended.then((end) => {
      if (line !== opened) return
      line = null
      if (isStopped) return
      leaveLive(opened.heardAt())
      if (end.kind !== 'closed') options.log.info('The line to the gateway ended', end)
      const held = state.kind === 'live' && clock() - Date.parse(state.since) >= timing.heldAfter
      if (held) failures = 0
      goOn(afterEnd(end))
    })
  }

  function goOn(next: AfterEnd): void {
    if (next.kind === 'session_ended') {
      isStopped = true
      options.sessionEnded(next.why)
      return
    }
    const wait =
      next.kind === 'other_protocol'
        ? timing.otherProtocol
        : Math.max(next.atLeast, timing.retryDelay(failures, random()))
    const isFirst = failures === 0 && next.reason === 'unreachable'
    failures += 1
    if (isFirst) become({ kind: 'connecting', since: now(), lastInStep })
    else {
      const nextTryAt = new Date(clock() + wait).toISOString()
      const since = state.kind === 'offline' ? state.since : now()
      become({ kind: 'offline', since, lastInStep, nextTryAt, reason: next.reason })
    }
    timer = setTimeout(() => {
      if (state.kind === 'offline') become({ ...state, nextTryAt: null })
      open()
    }, wait)
  }

  function clearTimer(): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
  }

  /** Close what is there and open anew, in order: the old one may still be handing something over. */
  function openAnew(): void {
    clearTimer()
    const old = line
    leaveLive(old?.heardAt() ?? null)
    line = null
    old?.close()
    failures = 0
    become({ kind: 'connecting', since: now(), lastInStep })
    ending = ending.then(() => {
      if (!isStopped && line === null && timer === null) open()
    })
  }

  return {
    get state() {
      return state
    },
    start() {
      if (!isStopped) return
      isStopped = false
      openAnew()
    },
    async stop() {
      isStopped = true
      clearTimer()
      line?.close()
      await ending
    },
    reconnect(how) {
      if (isStopped) return
      if (how === 'dropped' || timer !== null) openAnew()
    },
    async ask(event, payload, within) {
      return line === null ? { kind: 'offline' } : line.ask(event, payload, within)
    },
  }
}
