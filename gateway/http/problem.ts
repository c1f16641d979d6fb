import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { ErrorCode, Refusal } from '../../contract/errors'

/** HTTP status of each refusal. */
const statusOf: Partial<Record<ErrorCode, ContentfulStatusCode>> = {
  malformed: 400,
  invalid: 422,
  too_large: 413,
  too_many_requests: 429,
  unauthenticated: 401,
  session_expired: 401,
  wrong_credentials: 401,
  user_disabled: 403,
  forbidden: 403,
  not_found: 404,
  already_exists: 409,
  attachment_unfit: 422,
  unavailable: 503,
  internal: 500,
}

/** A refusal as an RFC 9457 problem document. */
export function problem(c: Context, error: Refusal, status?: ContentfulStatusCode): Response {
  const code = status ?? statusOf[error.code] ?? 400
  const wait = error.details['retryAfterSeconds']
  if (typeof wait === 'number') c.header('Retry-After', String(wait))
  return c.body(
    JSON.stringify({
      type: `urn:kontor:problem:${error.code}`,
      title: error.code.replaceAll('_', ' '),
      status: code,
      detail: error.message,
      code: error.code,
      details: error.details,
    }),
    code,
    { 'Content-Type': 'application/problem+json; charset=utf-8' },
  )
}
