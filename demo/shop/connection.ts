import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { calendarDateSchema } from '../../contract/primitives'
import { z } from '../../contract/zod'
import { shopConnectionFile } from '../data-folder'
import { demoSeed } from '../seller/generate-demo'

/** A webhook secret as Standard Webhooks writes it: `whsec_` and base64 of 24 to 64 bytes. */
export const webhookSecretSchema = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, 'must be whsec_ followed by base64')

/** The gateway's address, without what comes after `/storefront`. */
export const gatewayUrlSchema = z.url({ protocol: /^https?$/ })

/** What a running demo leaves in its data folder for the shop to find. */
export const shopConnectionSchema = z.object({
  url: gatewayUrlSchema,
  secret: webhookSecretSchema,
  /** What the demo seller was made with, so that the shop has the same customers and prices. */
  seed: z.number().int().default(demoSeed),
  today: calendarDateSchema.optional(),
})
export type ShopConnection = z.infer<typeof shopConnectionSchema>

export type ConnectionProblem =
  | { readonly code: 'no_running_demo'; readonly files: readonly string[] }
  | { readonly code: 'unreadable_file'; readonly file: string; readonly detail: string }
  | { readonly code: 'malformed_url'; readonly value: string }
  | { readonly code: 'malformed_secret' }

export type Connection =
  | { readonly ok: true; readonly value: ShopConnection }
  | { readonly ok: false; readonly error: ConnectionProblem }

/** What was asked for on the command line; the rest is taken from the running demo. */
export interface AskedConnection {
  readonly url: string | undefined
  readonly secret: string | undefined
  readonly secretFile: string | undefined
}

/**
 * Finds the gateway and the secret: as asked for, else those of the demo that runs.
 *
 * @param folders where a demo may have left its file
 */
export async function findConnection(
  asked: AskedConnection,
  folders: readonly string[],
): Promise<Connection> {
  const given = asked.secretFile === undefined ? ok(asked.secret) : await readText(asked.secretFile)
  if (!given.ok) return given
  // The file may be the bare secret, or a demo's own, which knows the address as well.
  const named = shopConnectionSchema.safeParse(tryJson(given.value ?? ''))
  const secret = named.success ? named.data.secret : given.value?.trim()
  const isWhole = asked.url !== undefined && secret !== undefined
  const running = named.success ? ok(named.data) : isWhole ? null : await readRunningDemo(folders)
  if (running && !running.ok) return running
  const url = gatewayUrlSchema.safeParse(asked.url ?? running?.value.url)
  if (!url.success) return failed({ code: 'malformed_url', value: asked.url ?? '' })
  const parsed = webhookSecretSchema.safeParse(secret ?? running?.value.secret)
  if (!parsed.success) return failed({ code: 'malformed_secret' })
  return ok({ seed: demoSeed, ...running?.value, url: url.data, secret: parsed.data })
}

/** The demo that answers; where none does the first that was there, so that it is said of its address. */
async function readRunningDemo(folders: readonly string[]): Promise<Connection> {
  const files = folders.map((folder) => join(folder, shopConnectionFile))
  let first: Connection | null = null
  for (const file of files) {
    const found = await readDemoFile(file)
    if (found === null) continue
    first ??= found
    if (found.ok && (files.length === 1 || (await answers(found.value.url)))) return found
  }
  return first ?? failed({ code: 'no_running_demo', files })
}

/** Null where there is none. */
async function readDemoFile(file: string): Promise<Connection | null> {
  const text = await readText(file)
  if (!text.ok) return text.error.detail.includes('ENOENT') ? null : text
  const parsed = shopConnectionSchema.safeParse(tryJson(text.value))
  if (parsed.success) return ok(parsed.data)
  return failed({ code: 'unreadable_file', file, detail: z.prettifyError(parsed.error) })
}

/** Whether anything answers at an address of this computer, where a second is long. */
async function answers(url: string): Promise<boolean> {
  try {
    await fetch(new URL('healthz', url), { signal: AbortSignal.timeout(1_000) })
    return true
  } catch {
    return false
  }
}

async function readText(file: string) {
  try {
    return ok(await readFile(file, 'utf8'))
  } catch (error) {
    return failed({ code: 'unreadable_file', file, detail: String(error) })
  }
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function ok<T>(value: T) {
  return { ok: true, value } as const
}

function failed<E extends ConnectionProblem>(error: E) {
  return { ok: false, error } as const
}
