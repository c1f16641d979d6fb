import { protocolVersion } from '../../contract/feed'
import type { ConnectionState } from '../../contract/console'
import type { Refusal } from '../../contract/errors'
import type { LineEnd } from './line'

type OfflineReason = Extract<ConnectionState, { kind: 'offline' }>['reason']

/** What follows from a line's end: another try, no sooner than so many ms, or the session's end. */
export type AfterEnd =
  | { readonly kind: 'retry'; readonly reason: OfflineReason; readonly atLeast: number }
  | { readonly kind: 'other_protocol'; readonly reason: 'protocol_older' | 'protocol_newer' }
  | { readonly kind: 'session_ended'; readonly why: 'expired' | 'revoked' }

/** A gateway that says that it shuts down needs a moment to come up again, in ms. */
const restartTime = 1_000

/** No gateway's wish keeps a console away for longer, in ms. */
const longestWish = 60_000

export function afterEnd(end: LineEnd): AfterEnd {
  switch (end.kind) {
    case 'closed':
    case 'unreachable':
    case 'dropped':
      return { kind: 'retry', reason: 'unreachable', atLeast: 0 }
    case 'violated':
      return { kind: 'retry', reason: 'unavailable', atLeast: 0 }
    case 'goodbye':
      // When the session has ended, the next handshake is told so, with its reason.
      return end.reason === 'shutting_down' || end.reason === 'unavailable'
        ? { kind: 'retry', reason: 'unavailable', atLeast: restartTime }
        : { kind: 'retry', reason: 'unreachable', atLeast: 0 }
    case 'refused':
      return afterRefusal(end.refusal)
  }
}

function afterRefusal({ code, details }: Refusal): AfterEnd {
  if (code === 'session_expired') return { kind: 'session_ended', why: 'expired' }
  if (code === 'unauthenticated' || code === 'user_disabled') {
    return { kind: 'session_ended', why: 'revoked' }
  }
  if (code === 'protocol_mismatch') {
    const theirs = details['gateway']
    const isOlder = typeof theirs !== 'number' || theirs > protocolVersion
    return { kind: 'other_protocol', reason: isOlder ? 'protocol_older' : 'protocol_newer' }
  }
  const isItsOwn = code === 'unavailable' || code === 'internal'
  return { kind: 'retry', reason: isItsOwn ? 'unavailable' : 'refused', atLeast: wishOf(details) }
}

/** `retryAfterSeconds`, as `too_many_requests` carries it. */
function wishOf(details: Refusal['details']): number {
  const seconds = details['retryAfterSeconds']
  return typeof seconds === 'number' && seconds > 0 ? Math.min(seconds * 1_000, longestWish) : 0
}
