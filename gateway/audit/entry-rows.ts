import { sql } from 'kysely'
import type { Actor } from '../../contract/primitives'
import { canonicalJson } from '../canonical-json'
import { digestPayload, hashEntry, saltBytes, type EntryFacts, type Payload } from './digest'

/** An entry as it stands in the table, with all that its hash is made of. */
export interface EntryRow extends EntryFacts, Payload {
  readonly salt: Buffer | null
  /** What an erased payload left behind. */
  readonly digest: Buffer | null
}

/** The columns of an `EntryRow` from table `audit` as `a`; a time as JavaScript has it loses decimals. */
export const entryColumns = sql`
  a.seq, to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, a.type,
  a.aggregate_kind as "aggregateKind", a.aggregate_id as "aggregateId", a.version,
  a.actor, a.data, a.origin, a.salt, a.digest`

/** What stands in an entry whose payload has been erased. */
export const erasedPayload = {
  actor: { kind: 'system', name: 'erased' } satisfies Actor,
  data: { erased: true },
  origin: { erased: true },
} as const

/** The type of the entry that tells of an erasure; its aggregate is the entry that was erased. */
export const erasure = { type: 'audit.erased', aggregateKind: 'audit_entry' } as const

const erasedJson = canonicalJson(erasedPayload)

export function isErased({ actor, data, origin }: Payload): boolean {
  return canonicalJson({ actor, data, origin }) === erasedJson
}

/**
 * The entry's hash, or null when there can be none: without a salt and a digest, or with something
 * else in place of a payload that is said to have been erased.
 */
export function hashOf(row: EntryRow): Buffer | null {
  if (row.digest !== null) return isErased(row) ? hashEntry(row, row.digest) : null
  if (row.salt?.length !== saltBytes) return null
  return hashEntry(row, digestPayload(row.salt, row))
}
