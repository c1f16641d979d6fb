import { describe, expect, it } from 'vitest'

import { refusal } from '../../../../contract/errors'
import { protocolVersion } from '../../../../contract/feed'
import { afterEnd } from '../../../../main/connection/after-end'

const refused = (...what: Parameters<typeof refusal>) =>
  afterEnd({ kind: 'refused', refusal: refusal(...what) })

describe('afterEnd', () => {
  it('ends the session when the gateway no longer knows it', () => {
    expect(refused('session_expired', '')).toEqual({ kind: 'session_ended', why: 'expired' })
    expect(refused('unauthenticated', '')).toEqual({ kind: 'session_ended', why: 'revoked' })
    expect(refused('user_disabled', '')).toEqual({ kind: 'session_ended', why: 'revoked' })
  })

  it('says which of the two is the older', () => {
    const told = (gateway: unknown) => refused('protocol_mismatch', '', { gateway })
    expect(told(protocolVersion + 1)).toMatchObject({ reason: 'protocol_older' })
    expect(told(protocolVersion - 1)).toMatchObject({ reason: 'protocol_newer' })
    expect(told(undefined)).toMatchObject({ reason: 'protocol_older' })
  })

  it('waits as long as it is asked to, within reason', () => {
    const wish = (retryAfterSeconds: unknown) =>
      refused('too_many_requests', '', { retryAfterSeconds })
    expect(wish(7)).toEqual({ kind: 'retry', reason: 'refused', atLeast: 7_000 })
    expect(wish(9_999)).toMatchObject({ atLeast: 60_000 })
    expect(wish('soon')).toMatchObject({ atLeast: 0 })
  })

  it('tries again after everything else', () => {
    expect(afterEnd({ kind: 'dropped', detail: '' })).toMatchObject({ reason: 'unreachable' })
    expect(afterEnd({ kind: 'violated', detail: '' })).toMatchObject({ reason: 'unavailable' })
    expect(refused('unavailable', '')).toMatchObject({ kind: 'retry', reason: 'unavailable' })
    expect(refused('forbidden', '')).toMatchObject({ kind: 'retry', reason: 'refused' })
    expect(afterEnd({ kind: 'goodbye', reason: 'shutting_down' })).toMatchObject({ atLeast: 1_000 })
    expect(afterEnd({ kind: 'goodbye', reason: 'too_many_sockets' })).toMatchObject({ atLeast: 0 })
  })
})
