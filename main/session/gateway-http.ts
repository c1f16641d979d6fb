import {
  errorCodes,
  refusal,
  type ErrorCode,
  type Outcome,
  type Refusal,
} from '../../contract/errors'
import { sessionSchema, type Session, type SignIn } from '../../contract/session'

/** An answer longer than this, in bytes, is none of a gateway's. */
const answerSize = 256 * 1024

export interface GatewayHttp {
  /** `POST /api/session`. */
  signIn(origin: string, credentials: SignIn): Promise<Outcome<Session>>
  /** `DELETE /api/session`; a session that is gone already is gone. */
  signOut(origin: string, token: string): Promise<Outcome<null>>
}

/**
 * The gateway's session over HTTP. Whatever goes wrong comes back as a refusal; where there was no
 * usable answer its code is `unavailable` and `details.reason` says why: `timeout`, `unknown_host`,
 * `unreachable`, `unencrypted`, `certificate`, `redirected` or `not_a_gateway`.
 *
 * @param within how long to wait for a whole answer, in ms
 */
export function createGatewayHttp(options: { fetch: typeof fetch; within: number }): GatewayHttp {
  async function call(url: string, init: RequestInit): Promise<Outcome<Answer>> {
    const controller = new AbortController()
    const timer = setTimeout(() => controller.abort(), options.within)
    try {
      // Followed, a redirection would carry the password to wherever it points.
      const response = await options.fetch(url, {
        ...init,
        redirect: 'error',
        signal: controller.signal,
      })
      const body = await readBody(response)
      return { ok: true, value: { status: response.status, body } }
    } catch (error) {
      return { ok: false, error: noAnswer(error, controller.signal.aborted) }
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    async signIn(origin, credentials) {
      const answer = await call(`${origin}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(credentials),
      })
      if (!answer.ok) return answer
      const { status, body } = answer.value
      if (status !== 201) return { ok: false, error: refusalFrom(status, body) }
      const session = sessionSchema.safeParse(body)
      return session.success
        ? { ok: true, value: session.data }
        : { ok: false, error: notAGateway(status) }
    },
    async signOut(origin, token) {
      const answer = await call(`${origin}/api/session`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${token}` },
      })
      if (!answer.ok) return answer
      const { status, body } = answer.value
      const isGone = (status >= 200 && status < 300) || status === 401 || status === 404
      return isGone ? { ok: true, value: null } : { ok: false, error: refusalFrom(status, body) }
    },
  }
}

interface Answer {
  readonly status: number
  /** Parsed JSON; null when it was none. */
  readonly body: unknown
}

/** The JSON of an answer; null where it is none, or far too long. */
export async function readBody(response: Response): Promise<unknown> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length
    // Leaving the loop cancels the rest of the body.
    if (size > answerSize) return null
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString()) as unknown
  } catch {
    return null
  }
}

/** A problem document (RFC 9457) as a refusal. */
export function refusalFrom(status: number, body: unknown): Refusal {
  if (typeof body !== 'object' || body === null) return notAGateway(status)
  const { code, detail, details } = body as Record<string, unknown>
  if (!isErrorCode(code)) return notAGateway(status)
  return refusal(
    code,
    typeof detail === 'string' ? detail : `The gateway answered ${status}.`,
    typeof details === 'object' && details !== null ? (details as Refusal['details']) : {},
  )
}

function isErrorCode(code: unknown): code is ErrorCode {
  return (errorCodes as readonly unknown[]).includes(code)
}

/** An answer, but not a gateway's: another site, or a proxy in front of a gateway that is down. */
function notAGateway(status: number): Refusal {
  // A server says so by itself when what is sent comes too slowly.
  if (status === 408)
    return refusal('unavailable', 'The request took too long.', { reason: 'timeout', status })
  return refusal('unavailable', `The answer (${status}) is not that of a gateway.`, {
    reason: status === 502 || status === 503 || status === 504 ? 'unreachable' : 'not_a_gateway',
    status,
  })
}

/** Why there was no usable answer, from the error of the asking. */
export function noAnswer(error: unknown, isTimedOut: boolean): Refusal {
  if (isTimedOut) {
    return refusal('unavailable', 'The gateway did not answer in time.', { reason: 'timeout' })
  }
  const cause: unknown = error instanceof Error ? (error.cause ?? error) : error
  const code =
    typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : ''
  const text = cause instanceof Error ? cause.message : String(cause)
  return refusal('unavailable', 'The gateway could not be reached.', {
    reason: reasonOf(code, text),
    ...(code === '' ? {} : { system: code }),
  })
}

/** From Node's own codes, OpenSSL's verification codes and undici's words for a redirection. */
function reasonOf(code: string, text: string): string {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'unknown_host'
  if (code === 'ETIMEDOUT' || code.endsWith('_TIMEOUT')) return 'timeout'
  // Plain text where a handshake was awaited: OpenSSL reads its first bytes as a version.
  if (/WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH_TOO_LONG/.test(code)) return 'unencrypted'
  if (/wrong.version.number/i.test(text)) return 'unencrypted'
  if (/CERT|SSL|TLS|^UNABLE_TO_(GET|VERIFY)|SELF_SIGNED/.test(code)) return 'certificate'
  if (/redirect/i.test(text)) return 'redirected'
  return 'unreachable'
}
