import type { ErrorCode, Refusal } from '../../contract/errors'

/** Says nothing of the command itself: the same command may be taken in a moment. */
const passing: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'unavailable',
  'too_many_requests',
  // The line will end over these; the command waits for the next session or the next version.
  'unauthenticated',
  'session_expired',
  'protocol_mismatch',
])

/** Worth trying again unchanged when a person asks for it: what stood in the way may be gone. */
const retryable: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'internal',
  'forbidden',
  'user_disabled',
  'above_limit',
  'claimed_by_other',
  'company_on_hold',
  'company_blocked',
  'not_found',
])

/** A fault of the gateway's may be a bad moment; after so many tries it is about this command. */
const internalTries = 3

/** Whether a refused command is to be sent again by itself, after a while. */
export function isPassing({ code }: Refusal, attempts: number): boolean {
  return passing.has(code) || (code === 'internal' && attempts < internalTries)
}

/** Whether a person may send it again as it is. A stale version never becomes current again. */
export function isRetryable({ code }: Refusal): boolean {
  return retryable.has(code)
}
