import { randomUUID } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import {
  storefrontChangeSchema,
  storefrontReceiptSchema,
  type ProblemDocument,
  type StorefrontChangesPage,
  type StorefrontEventInput,
  type StorefrontReceipt,
} from '../../contract/storefront'
import { z } from '../../contract/zod'

/** Why a request did not do what it was sent for. */
export type ShopFailure =
  /** Nobody answered at the address. */
  | { readonly code: 'unreachable'; readonly url: string; readonly detail: string }
  /** The gateway said no, as a rule with a problem document that says why. */
  | { readonly code: 'refused'; readonly status: number; readonly problem: ProblemDocument | null }
  /** The answer is not what a gateway gives, or is not signed by it. */
  | { readonly code: 'unexpected_answer'; readonly status: number; readonly detail: string }

export type ShopResult<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ShopFailure }

export interface SentEvent {
  readonly webhookId: string
  /** 202, or 200 when the gateway had received it before. */
  readonly status: number
  readonly receipt: StorefrontReceipt
}

/** A webshop's server, as the gateway knows it. */
export interface ShopClient {
  /** Signs and sends an event; sending it again under the same id is safe. */
  send(event: StorefrontEventInput, id?: string): Promise<ShopResult<SentEvent>>
  /** What has become of documents after a cursor, or from the beginning; the answer's signature is verified. */
  changes(since?: string | null): Promise<ShopResult<StorefrontChangesPage>>
}

export interface ShopClientOptions {
  /** The gateway's address, e.g. `http://127.0.0.1:4100`. */
  readonly url: string
  /** `whsec_…`; throws when it is none. */
  readonly secret: string
  /** The shop's clock; only turned in tests. */
  readonly now?: () => Date
}

const timeoutMilliseconds = 30_000

const changesPageSchema = z.object({
  changes: z.array(z.object({ id: z.string(), change: storefrontChangeSchema })),
  cursor: z.string(),
  more: z.boolean(),
}) satisfies z.ZodType<StorefrontChangesPage>

const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  code: z.string(),
  errors: z
    .array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() }))
    .optional(),
})

/**
 * A shop that signs by Standard Webhooks (https://www.standardwebhooks.com): HMAC-SHA256 over
 * `id.timestamp.content`, where the content is the body of what is posted, and `GET ` with the path
 * and query of what is fetched.
 */
export function createShopClient({
  url,
  secret,
  now = () => new Date(),
}: ShopClientOptions): ShopClient {
  const webhook = new Webhook(secret)
  const base = url.endsWith('/') ? url : `${url}/`

  async function call(target: URL, body: string | null, id: string): Promise<ShopResult<Answer>> {
    const at = now()
    const content = body ?? `GET ${target.pathname}${target.search}`
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': webhook.sign(id, at, content),
    }
    try {
      const response = await fetch(target, {
        ...(body === null
          ? { headers }
          : {
              method: 'POST',
              headers: { ...headers, 'content-type': 'application/json; charset=utf-8' },
              body,
            }),
        signal: AbortSignal.timeout(timeoutMilliseconds),
      })
      const answer = {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        text: await response.text(),
      }
      return response.ok ? { ok: true, value: answer } : failed(refusalOf(answer))
    } catch (error) {
      return failed({ code: 'unreachable', url: target.origin, detail: causeOf(error) })
    }
  }

  return {
    async send(event, id = `msg_${randomUUID()}`) {
      const called = await call(new URL('storefront/v1/events', base), JSON.stringify(event), id)
      if (!called.ok) return called
      const { status, text } = called.value
      const receipt = storefrontReceiptSchema.safeParse(tryJson(text))
      return receipt.success
        ? { ok: true, value: { webhookId: id, status, receipt: receipt.data } }
        : failed(unexpected(called.value, z.prettifyError(receipt.error)))
    },

    async changes(since) {
      const target = new URL('storefront/v1/changes', base)
      if (since) target.searchParams.set('since', since)
      const called = await call(target, null, `msg_${randomUUID()}`)
      if (!called.ok) return called
      const { headers, text } = called.value
      try {
        webhook.verify(text, headers, { jsonParse: false })
      } catch (error) {
        return failed(unexpected(called.value, `its signature does not hold: ${messageOf(error)}`))
      }
      const page = changesPageSchema.safeParse(tryJson(text))
      return page.success
        ? { ok: true, value: page.data }
        : failed(unexpected(called.value, z.prettifyError(page.error)))
    },
  }
}

interface Answer {
  readonly status: number
  readonly headers: Record<string, string>
  readonly text: string
}

function refusalOf({ status, text }: Answer): ShopFailure {
  const problem = problemSchema.safeParse(tryJson(text))
  if (!problem.success) return { code: 'refused', status, problem: null }
  const { errors, ...rest } = problem.data
  return { code: 'refused', status, problem: errors ? { ...rest, errors } : rest }
}

function unexpected({ status }: Answer, detail: string): ShopFailure {
  return { code: 'unexpected_answer', status, detail }
}

function failed(error: ShopFailure) {
  return { ok: false, error } as const
}

/** fetch hides what went wrong on the network behind its own "fetch failed". */
function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return messageOf(cause)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error)
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
