import { createHash } from 'node:crypto'
import { canonicalJson } from '../canonical-json'

/** SHA-256, like every hash here. */
export const hashBytes = 32
/** A salt is a random UUID. Another length would let bytes pass over from payload to salt. */
export const saltBytes = 16
/** What the first seal follows, and the first line of an anchor. */
export const nothingBefore = Buffer.alloc(hashBytes)

/** What an entry says of a person, and what can be erased. */
export interface Payload {
  readonly actor: unknown
  readonly data: unknown
  readonly origin: unknown
}

/** What an entry keeps for ever. */
export interface EntryFacts {
  readonly seq: number
  /** UTC, with all six decimals that the database keeps of a second. */
  readonly at: string
  readonly type: string
  readonly aggregateKind: string
  readonly aggregateId: string
  readonly version: number
}

/** SHA-256(salt ‖ JSON of the payload): tells nobody anything who does not have both. */
export function digestPayload(salt: Buffer, { actor, data, origin }: Payload): Buffer {
  return createHash('sha256')
    .update(salt)
    .update(canonicalJson({ actor, data, origin }), 'utf8')
    .digest()
}

/** SHA-256(JSON of the facts ‖ digest of the payload). */
export function hashEntry(entry: EntryFacts, payloadDigest: Buffer): Buffer {
  const { seq, at, type, aggregateKind, aggregateId, version } = entry
  return createHash('sha256')
    .update(JSON.stringify([seq, at, type, aggregateKind, aggregateId, version]), 'utf8')
    .update(payloadDigest)
    .digest()
}

/**
 * SHA-256(previous ‖ n ‖ at ‖ entry hashes), numbers as 8 bytes, most significant first.
 *
 * @param at in whole milliseconds
 * @param entryHashes those of the seal's entries in their order, 32 bytes each
 */
export function hashSeal(seal: {
  readonly previous: Buffer
  readonly n: number
  readonly at: Date
  readonly entryHashes: Buffer
}): Buffer {
  const numbers = Buffer.alloc(16)
  numbers.writeBigInt64BE(BigInt(seal.n), 0)
  numbers.writeBigInt64BE(BigInt(seal.at.getTime()), 8)
  return createHash('sha256')
    .update(seal.previous)
    .update(numbers)
    .update(seal.entryHashes)
    .digest()
}
