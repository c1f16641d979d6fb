import type { StorefrontChange } from '../../contract/storefront'
import { isPushUrl } from './push-url'
import { signedHeaders } from './signature'

/** What became of one attempt to push. */
export type Posted =
  | { readonly kind: 'delivered' }
  /** The shop wants nothing more at this address (410). */
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed'; readonly reason: string }
  /** Broken off by us: it says nothing about the shop. */
  | { readonly kind: 'aborted' }

export interface Push {
  readonly url: string
  readonly secrets: readonly string[]
  /** The same at every attempt, so that the shop can tell what it has had. */
  readonly changeId: string
  readonly change: StorefrontChange
}

/** Post a change to a shop, signed as of now. Any answer of the 200s is taken as its word. */
export async function postChange(
  push: Push,
  options: { readonly now: Date; readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<Posted> {
  if (!isPushUrl(push.url)) return { kind: 'failed', reason: 'the address is not allowed' }
  const body = Buffer.from(JSON.stringify(push.change))
  const controller = new AbortController()
  const abort = () => controller.abort()
  options.signal.addEventListener('abort', abort)
  const timer = setTimeout(abort, options.timeoutMs)
  try {
    const response = await fetch(push.url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Kontor',
        ...signedHeaders(push.secrets, push.changeId, options.now, body),
      },
      // Whoever the shop points at has not been given the secret.
      redirect: 'manual',
      signal: controller.signal,
    })
    await response.body?.cancel()
    if (response.ok) return { kind: 'delivered' }
    return response.status === 410
      ? { kind: 'gone' }
      : { kind: 'failed', reason: `answered with status ${response.status}` }
  } catch (error) {
    if (options.signal.aborted) return { kind: 'aborted' }
    if (controller.signal.aborted) {
      return { kind: 'failed', reason: `no answer within ${options.timeoutMs / 1_000} seconds` }
    }
    return { kind: 'failed', reason: reasonOf(error) }
  } finally {
    clearTimeout(timer)
    options.signal.removeEventListener('abort', abort)
  }
}

/** `fetch` wraps what happened to the connection. */
function reasonOf(error: unknown): string {
  const { cause, message } = error as { cause?: { code?: unknown }; message?: unknown }
  return String(cause?.code ?? message ?? error).slice(0, 200)
}
