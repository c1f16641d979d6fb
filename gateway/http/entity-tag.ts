import { createHash } from 'node:crypto'

/** A strong entity tag of a body: the same bytes have the same, others another. */
export function entityTagOf(body: Uint8Array): string {
  return `"${createHash('sha256').update(body).digest('base64url')}"`
}

/** Whether an `If-None-Match` names the tag; it is compared weakly (RFC 9110, 13.1.2). */
export function isNamedBy(tag: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false
  if (ifNoneMatch.trim() === '*') return true
  return ifNoneMatch.split(',').some((one) => one.trim().replace(/^W\//, '') === tag)
}
