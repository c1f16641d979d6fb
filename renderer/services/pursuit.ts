import { onlineOnlyCommands } from '../../contract/command-rules'
import type { CommandType } from '../../contract/commands'
import type { SendResult } from '../../contract/console'
import type { ErrorCode, Refusal } from '../../contract/errors'

/** How long a command without a clear answer is sent again by itself, in milliseconds. */
export const PURSUE_MILLISECONDS = 60_000

const FIRST_PAUSE_MILLISECONDS = 1_000
const LONGEST_PAUSE_MILLISECONDS = 8_000

/** Says nothing of whether the command was carried out. */
const unclear: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['unavailable', 'internal'])

/** Refused before the gateway looks up what became of the id, so it tells of this asking alone. */
const unasked: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'too_many_requests',
  'unauthenticated',
  'session_expired',
  'protocol_mismatch',
])

/** The end of a command: it was carried out, refused, kept for later, or never left. */
export type KnownEnd = Exclude<SendResult, { kind: 'unanswered' }>

/** What the first answer says of a command; null where it leaves open whether it was carried out. */
export function clearAnswer(type: CommandType, result: SendResult): KnownEnd | null {
  if (result.kind === 'unanswered') return null
  // What may wait is in the outbox's care, which sends it again itself.
  const isOpen =
    result.kind === 'refused' && onlineOnlyCommands.has(type) && unclear.has(result.error.code)
  return isOpen ? null : result
}

/** The same of a command sent again: that this asking did not get there says nothing of the first. */
function answerAgain(type: CommandType, result: SendResult): KnownEnd | null {
  if (result.kind === 'offline') return null
  if (result.kind === 'refused' && unasked.has(result.error.code)) return null
  return clearAnswer(type, result)
}

export interface PursuitOptions {
  readonly type: CommandType
  /** Sends the very same command, under the same id: the gateway answers that alike, for ever. */
  readonly sendAgain: () => Promise<SendResult>
  readonly canReach: () => boolean
  /** Began to ask, or gave up for now; `error` is what the gateway last said instead of an answer. */
  readonly moved: (to: 'asking' | 'unknown', error: Refusal | null) => void
  /** The answer came. Called once; nothing follows. */
  readonly found: (end: KnownEnd) => void
}

/** Finding out what became of a command that got no clear answer. */
export interface Pursuit {
  /** Something has changed that makes it worth asking now: the line is back, or the feed moved on. */
  readonly wake: () => void
  /** Asks anew, at once and then for as long as the first time. */
  readonly again: () => void
  readonly stop: () => void
}

/**
 * Sends a command again until it has a clear answer, for a bounded time: soon, then more seldom, and
 * at once when woken. After that it is left to a person to ask again.
 */
export function pursue({ type, sendAgain, canReach, moved, found }: PursuitOptions): Pursuit {
  let until = 0
  let failures = 0
  let error: Refusal | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let isAsking = false
  let isWoken = false
  let isOver = false

  const begin = () => {
    until = Date.now() + PURSUE_MILLISECONDS
    failures = 0
    moved('asking', error)
  }
  const rest = () => {
    const left = until - Date.now()
    if (left <= 0) {
      moved('unknown', error)
      return
    }
    // Without a line there is nothing to do but wait for it.
    const pause = canReach()
      ? Math.min(FIRST_PAUSE_MILLISECONDS * 2 ** failures, LONGEST_PAUSE_MILLISECONDS)
      : left
    timer = setTimeout(() => (canReach() ? void ask() : rest()), Math.min(pause, left))
  }
  const ask = async () => {
    clearTimeout(timer)
    isAsking = true
    isWoken = false
    const result = await sendAgain()
    isAsking = false
    if (isOver) return
    const end = answerAgain(type, result)
    if (end) {
      isOver = true
      found(end)
      return
    }
    failures += 1
    error = result.kind === 'refused' ? result.error : error
    if (isWoken && canReach() && Date.now() < until) void ask()
    else rest()
  }
  const askNow = () => {
    if (isAsking) isWoken = true
    else void ask()
  }

  begin()
  rest()
  return {
    wake: () => {
      if (!isOver && Date.now() < until && canReach()) askNow()
    },
    again: () => {
      if (isOver) return
      begin()
      askNow()
    },
    stop: () => {
      isOver = true
      clearTimeout(timer)
    },
  }
}
