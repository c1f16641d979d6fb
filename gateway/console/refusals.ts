import { refusal, type Refusal } from '../../contract/errors'
import { databaseLost, isDatabaseLost, isTooSlow } from '../database/lost'
import type { GatewayContext } from '../gateway-context'

/** What a failure on our side is told as; the log has the rest under the same reference. */
export function failure(context: GatewayContext, error: unknown, doing: string): Refusal {
  const reference = Math.random().toString(36).slice(2, 10)
  context.log.error({ err: error, reference, doing }, 'something failed')
  if (isDatabaseLost(error)) return databaseLost(error, reference)
  // Only questions have a time to be answered in: nothing was to be done.
  if (isTooSlow(error)) {
    return refusal(
      'unavailable',
      'The answer took too long to find. Ask for something more particular.',
      { reference, reason: 'too_slow' },
    )
  }
  return refusal('internal', 'Something failed in the gateway. Send it again with the same id.', {
    reference,
  })
}

export function closingDown(): Refusal {
  return refusal('unavailable', 'The gateway is closing. Nothing was done; try again soon.')
}

export function sessionEnded(): Refusal {
  return refusal('session_expired', 'The session has ended. Sign in again.')
}

export function tooMany(retryAfterSeconds = 1): Refusal {
  return refusal('too_many_requests', 'Too many at once. Wait a second.', { retryAfterSeconds })
}
