import { createHmac, timingSafeEqual } from 'node:crypto'
import { canonicalJson } from '../canonical-json'
import type { Payload } from './digest'

/** What the audit says of an erasure, and which entry it was of. */
export interface Telling extends Payload {
  /** The entry that was erased, and the digest that its payload left behind. */
  readonly seq: number
  readonly digest: Buffer
}

/**
 * What only somebody with the anchor's key can put beside an erasure:
 * HMAC-SHA-256(key, ‘audit.erased’ ‖ JSON of entry, its digest, who erased it, why and from where).
 * It goes into the data of the entry that tells of it, as `proof`.
 */
export function proveErasure(key: Buffer, telling: Telling): string {
  return macOf(key, telling).toString('hex')
}

/** Whether an erasure was proven with one of the keys, by this person and for this reason. */
export function isProven(keys: readonly Buffer[], { data, ...telling }: Telling): boolean {
  if (typeof data !== 'object' || data === null || !('proof' in data)) return false
  const { proof, ...told } = data
  if (typeof proof !== 'string' || !/^[0-9a-f]{64}$/.test(proof)) return false
  const given = Buffer.from(proof, 'hex')
  return keys.some((key) => timingSafeEqual(given, macOf(key, { ...telling, data: told })))
}

function macOf(key: Buffer, { seq, digest, actor, data, origin }: Telling): Buffer {
  const text = canonicalJson({ seq, digest: digest.toString('hex'), actor, data, origin })
  return createHmac('sha256', key).update('audit.erased').update(text, 'utf8').digest()
}
