import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * The Standard Webhooks signature scheme (https://www.standardwebhooks.com): HMAC-SHA256 over
 * `id.timestamp.content`, base64, as `v1,<signature>`. Computed over the bytes as they came, which
 * text would not keep, and with the time handed in.
 */

/** How far a signature's time may be from ours, before or after. */
export const toleranceSeconds = 5 * 60

export const signatureHeaders = {
  id: 'webhook-id',
  timestamp: 'webhook-timestamp',
  signature: 'webhook-signature',
} as const

/** Of a file: the SHA-256 of the body, in lower-case hexadecimal, which is signed in its place. */
export const digestHeader = 'webhook-digest'

/** What came in the three headers. */
export interface SignedHeaders {
  readonly id: string
  /** Seconds since 1970, as it was written: it is part of what is signed. */
  readonly timestamp: string
  readonly signatures: readonly string[]
}

export type SignatureProblem =
  | { readonly code: 'signature_missing' | 'signature_malformed' }
  /** How far the signature's time is ahead of ours, in seconds; negative when it is behind. */
  | { readonly code: 'signature_expired'; readonly ahead: number }

export type ReadSignature =
  | { readonly ok: true; readonly headers: SignedHeaders }
  | { readonly ok: false; readonly error: SignatureProblem }

/** Read the headers of a signed request and see that its time is near enough. */
export function readSignature(
  header: (name: string) => string | undefined,
  now: Date,
): ReadSignature {
  const id = header(signatureHeaders.id)
  const timestamp = header(signatureHeaders.timestamp)
  const signature = header(signatureHeaders.signature)
  const fail = (code: 'signature_missing' | 'signature_malformed') =>
    ({ ok: false, error: { code } }) as const
  if (!id || !timestamp || !signature) return fail('signature_missing')
  // Printable ASCII, so that an id is the same in a header, a log and the database.
  if (!/^[\x21-\x7e]{1,200}$/.test(id) || !/^\d{1,12}$/.test(timestamp)) {
    return fail('signature_malformed')
  }
  const signatures = signature.split(' ').filter((part) => part.startsWith('v1,'))
  if (signatures.length === 0 || signatures.length > 20) return fail('signature_malformed')
  const ahead = Math.round(Number(timestamp) - now.getTime() / 1_000)
  if (Math.abs(Number(timestamp) - now.getTime() / 1_000) > toleranceSeconds) {
    return { ok: false, error: { code: 'signature_expired', ahead } }
  }
  return { ok: true, headers: { id, timestamp, signatures } }
}

/** Whether one of the signatures is the secret's. Takes as long for a wrong one as for a right one. */
export function isSignedWith(
  secret: string,
  { id, timestamp, signatures }: SignedHeaders,
  content: Uint8Array,
): boolean {
  const expected = Buffer.from(signatureOf(secret, id, timestamp, content))
  let found = false
  for (const signature of signatures) {
    const given = Buffer.from(signature)
    const isSame = given.length === expected.length && timingSafeEqual(given, expected)
    found ||= isSame
  }
  return found
}

/** The headers that sign what the gateway itself sends, with every secret the shop may go by. */
export function signedHeaders(
  secrets: readonly string[],
  id: string,
  now: Date,
  content: Uint8Array,
): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1_000))
  return {
    [signatureHeaders.id]: id,
    [signatureHeaders.timestamp]: timestamp,
    [signatureHeaders.signature]: secrets
      .map((secret) => signatureOf(secret, id, timestamp, content))
      .join(' '),
  }
}

function signatureOf(secret: string, id: string, timestamp: string, content: Uint8Array): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(content)
  return `v1,${signature.digest('base64')}`
}
