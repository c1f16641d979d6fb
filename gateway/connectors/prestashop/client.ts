import { failure, failureOf, isWorthRetrying, type Answer, type PrestaShopFailure } from './failure'
import type { PrestaShopOptions } from './options'

/** Parameters of a list, in the order they are sent: `['filter[id]', '>[5]']`. */
export type Query = readonly (readonly [name: string, value: string])[]

/** Reads lists of one shop, one request at a time and no faster than the options allow. */
export interface PrestaShopClient {
  /** The rows of a list, unparsed. Reads only; what may succeed later is tried again first. */
  list(resource: string, query: Query): Promise<Answer<readonly unknown[]>>
  /** Requests sent so far, repeated ones included. */
  readonly requests: () => number
}

const longestPauseMs = 60_000

/**
 * A client for `<url>/api`. The key goes in the Authorization header only: in the address it would
 * end up in logs. `signal` stops the request under way and every pause.
 */
export function createPrestaShopClient(
  options: PrestaShopOptions,
  signal?: AbortSignal,
): PrestaShopClient {
  const authorization = `Basic ${Buffer.from(`${options.key}:`).toString('base64')}`
  const gapMs = 1000 / options.requestsPerSecond
  let requests = 0
  let nextStart = 0

  const attempt = async (resource: string, address: string): Promise<Attempt> => {
    await pause(nextStart - Date.now(), signal)
    if (signal?.aborted) return { error: stopped(resource), retryAfterMs: 0 }
    nextStart = Date.now() + gapMs
    requests += 1
    return await request(resource, address, authorization, options, signal)
  }

  return {
    requests: () => requests,
    async list(resource, query) {
      const address = `${options.url}/api/${resource}?${encode([...query, ...shared(options)])}`
      for (let tried = 0; ; tried += 1) {
        const result = await attempt(resource, address)
        if ('rows' in result) return { ok: true, value: result.rows }
        const { error, retryAfterMs } = result
        if (tried >= options.retries || !isWorthRetrying(error)) return { ok: false, error }
        // Half of the pause is left to chance, so that several gateways do not come back in step.
        const backoffMs = options.retryDelayMs * 2 ** tried * (0.5 + Math.random() / 2)
        await pause(Math.min(longestPauseMs, Math.max(backoffMs, retryAfterMs)), signal)
      }
    },
  }
}

type Attempt =
  | { readonly rows: readonly unknown[] }
  | { readonly error: PrestaShopFailure; readonly retryAfterMs: number }

async function request(
  resource: string,
  address: string,
  authorization: string,
  options: PrestaShopOptions,
  signal: AbortSignal | undefined,
): Promise<Attempt> {
  // One controller for both reasons to stop: `AbortSignal.any` is younger than our oldest runtime.
  const controller = new AbortController()
  const stop = () => controller.abort()
  signal?.addEventListener('abort', stop)
  let timedOut = false
  const timer = setTimeout(() => {
    timedOut = true
    controller.abort()
  }, options.timeoutMs)
  try {
    const response = await fetch(address, {
      headers: { authorization, accept: 'application/json' },
      redirect: 'manual',
      signal: controller.signal,
    })
    const body = await response.text()
    if (response.status === 200) return readRows(resource, body)
    const error = failureOf({
      resource,
      status: response.status,
      body,
      location: response.headers.get('location'),
      namesShop: options.shop !== undefined,
    })
    return { error, retryAfterMs: retryAfter(response.headers.get('retry-after')) }
  } catch (cause) {
    if (signal?.aborted) return { error: stopped(resource), retryAfterMs: 0 }
    const error = timedOut
      ? failure('timed_out', `The shop did not answer in ${options.timeoutMs} ms.`, { resource })
      : failure('unreachable', `The shop cannot be reached: ${reasonOf(cause)}.`, { resource })
    return { error, retryAfterMs: 0 }
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
  }
}

/** `{"products":[…]}`, or a bare `[]` when there is nothing. */
function readRows(resource: string, body: string): Attempt {
  let parsed: unknown = null
  try {
    parsed = JSON.parse(body)
  } catch {
    // Said below.
  }
  const rows: unknown =
    parsed && typeof parsed === 'object' && resource in parsed
      ? (parsed as Record<string, unknown>)[resource]
      : parsed
  if (Array.isArray(rows)) return { rows }
  const error = failure('unreadable', `The answer for ${resource} is not a list in JSON.`, {
    resource,
    status: 200,
  })
  return { error, retryAfterMs: 0 }
}

function shared({ shop }: PrestaShopOptions): Query {
  // Upper case: any other spelling is answered in XML.
  const format = ['output_format', 'JSON'] as const
  return shop === undefined ? [format] : [['id_shop', String(shop)], format]
}

/** Percent-encoded but for the brackets, commas and bars the webservice's own syntax is made of. */
function encode(query: Query): string {
  const part = (text: string) =>
    encodeURIComponent(text).replace(/%(?:5B|5D|7C|2C|3A)/g, (code) => decodeURIComponent(code))
  return query.map(([name, value]) => `${part(name)}=${part(value)}`).join('&')
}

/** Seconds or an HTTP date → milliseconds from now; 0 when not said. */
function retryAfter(header: string | null): number {
  if (!header) return 0
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now()
  return Number.isFinite(ms) ? Math.max(0, ms) : 0
}

function stopped(resource: string): PrestaShopFailure {
  return failure('stopped', 'Reading was stopped.', { resource })
}

/** The system's word for it (`ECONNREFUSED`, `CERT_HAS_EXPIRED`): fetch itself says “fetch failed”. */
function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  if (!(inner instanceof Error)) return String(inner)
  const { code } = inner as NodeJS.ErrnoException
  return code ? `${code} (${inner.message})` : inner.message
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  if (ms <= 0 || signal?.aborted) return
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal?.addEventListener('abort', done)
  })
}
