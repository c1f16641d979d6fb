import { sql, type Kysely } from 'kysely'
import { refusal, type Outcome } from '../../contract/errors'
import type { Database } from '../database/schema'
import { inTransaction } from '../database/transaction'
import { erasure } from './entry-rows'
import { eraseEntry } from './erase'

/** Entries from a number to a number, both among them. */
type Range = readonly [first: number, last: number]

/** Which entries of the audit are meant. */
export type WhichEntries =
  | { readonly kind: 'numbered'; readonly ranges: readonly Range[] }
  /** All that have exactly this text somewhere among what they say. */
  | { readonly kind: 'having'; readonly text: string }

export interface ErasureCommand {
  readonly which: WhichEntries
  /** Null when they are only to be listed. */
  readonly why: string | null
}

/** As many are listed; all are counted, and erased. */
const mostListed = 100
/** Erased in one transaction, which holds the feed back meanwhile. */
const erasedAtOnce = 100

/** The numbers in a text like `12,40-44`; null for anything else. */
export function readNumbers(text: string): readonly Range[] | null {
  const ranges = text.split(',').map((part): Range | null => {
    const [, first, last = first] = /^\s*(\d{1,15})(?:-(\d{1,15}))?\s*$/.exec(part) ?? []
    if (first === undefined || Number(first) > Number(last)) return null
    return [Number(first), Number(last)]
  })
  return ranges.every((range) => range !== null) ? ranges : null
}

/**
 * Erase what the chosen entries say, or only list them. Those that have been erased before, and those
 * that tell of an erasure, are left out; broken off, it is done by being started again.
 *
 * @returns what is to be printed, or `not_found` when there is nothing to be erased
 */
export async function eraseEntries(
  db: Kysely<Database>,
  { which, why }: ErasureCommand,
  key: Buffer,
): Promise<Outcome<object>> {
  const chosen = await choose(db, which)
  if (chosen.length === 0) {
    const message = 'The audit has no such entry whose payload could be erased.'
    return { ok: false, error: refusal('not_found', message) }
  }
  const entries = chosen.slice(0, mostListed)
  if (why === null) return { ok: true, value: { toErase: chosen.length, entries } }
  for (let at = 0; at < chosen.length; at += erasedAtOnce) {
    await inTransaction(db, async (tx) => {
      for (const { seq } of chosen.slice(at, at + erasedAtOnce)) {
        // Whoever else has erased it meanwhile has done what was asked for.
        await eraseEntry(tx, seq, {
          reason: why,
          actor: { kind: 'system', name: 'gateway' },
          origin: { via: 'gateway', task: 'erase-audit' },
          key,
        })
      }
    })
  }
  return { ok: true, value: { erased: chosen.length, entries } }
}

interface Chosen {
  readonly seq: number
  readonly at: Date
  readonly type: string
}

async function choose(db: Kysely<Database>, which: WhichEntries): Promise<readonly Chosen[]> {
  const isMeant =
    which.kind === 'having'
      ? sql`jsonb_path_exists(jsonb_build_array(actor, data, origin), 'strict $.** ? (@ == $text)',
          jsonb_build_object('text', ${which.text}::text))`
      : sql.join(
          which.ranges.map(([first, last]) => sql`seq between ${first} and ${last}`),
          sql` or `,
        )
  const { rows } = await sql<Chosen>`
    select seq, at, type from audit
    where salt is not null and type <> ${erasure.type} and (${isMeant}) order by seq`.execute(db)
  return rows
}
