import { refusal, type Outcome } from '../../contract/errors'
import { readBody as readBytes } from './read-body'

/**
 * Read a request's body as text, at most `maximum` bytes: a longer one is refused as soon as that is
 * known, by its header or by what has arrived, and is never held whole.
 */
export async function readBody(request: Request, maximum: number): Promise<Outcome<string>> {
  const read = await readBytes(request, maximum)
  if (!read.ok) {
    const error =
      read.problem === 'too_large'
        ? refusal('too_large', `The body is larger than ${maximum} bytes. Send it in parts.`, {
            maximum,
          })
        : refusal('unavailable', 'The body came too slowly. Send it again.')
    return { ok: false, error }
  }
  try {
    return {
      ok: true,
      value: new TextDecoder('utf-8', { fatal: true }).decode(read.body),
    }
  } catch {
    return { ok: false, error: refusal('malformed', 'The body is not valid UTF-8.') }
  }
}

/** The same, parsed as JSON. */
export async function readJson(request: Request, maximum: number): Promise<Outcome<unknown>> {
  const body = await readBody(request, maximum)
  if (!body.ok) return body
  try {
    return { ok: true, value: JSON.parse(body.value) as unknown }
  } catch {
    return { ok: false, error: refusal('malformed', 'The body is not valid JSON.') }
  }
}
