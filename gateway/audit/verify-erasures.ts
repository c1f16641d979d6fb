import { sql } from 'kysely'
import type { Transaction } from '../database/transaction'
import { erasure } from './entry-rows'
import { isProven, type Telling } from './erasure-proof'
import type { Problems } from './problems'
import type { Place } from './verify-strays'

/** An erased entry with one of the entries that tell of it; all of its fields are null without any. */
interface Row extends Telling {
  readonly told: number | null
  /** Whether the telling entry has been sealed. */
  readonly isSealed: boolean | null
  readonly at: Date | null
}

/** How erased entries are judged. */
export interface ErasureRules {
  /** The anchors' keys; without any, an erasure only has to be told of. */
  readonly keys: readonly Buffer[]
  /** For how long what tells of an erasure may wait for its seal, where there is no key. */
  readonly lagMs: number
}

/** What was found of erased entries. */
export interface Erasures {
  readonly count: number
  /** The first hundred of them. */
  readonly entries: readonly number[]
}

const mostTold = 100
const rowsAtOnce = 500

/**
 * See that every sealed entry that has been erased was erased by somebody who may: with a key, that the
 * audit has an entry about it that was written with this key; without one, that there is a sealed entry
 * about it. What these entries say themselves is checked where they are sealed.
 */
export async function checkErasures(
  tx: Transaction,
  last: Place | null,
  rules: ErasureRules,
  problems: Problems,
): Promise<Erasures> {
  const entries: number[] = []
  let count = 0
  let tellings: Row[] = []
  const judge = () => {
    const [first] = tellings
    if (!first) return
    count += 1
    if (entries.length < mostTold) entries.push(first.seq)
    const fault = faultOf(tellings, rules)
    if (fault === null) return
    problems.add({
      code: 'erasure_unproven',
      seal: null,
      seq: first.seq,
      message: `Entry ${first.seq} was erased ${fault}.`,
    })
  }
  for await (const row of readErased(tx, last)) {
    if (row.seq !== tellings[0]?.seq) {
      judge()
      tellings = []
    }
    tellings.push(row)
  }
  judge()
  return { count, entries }
}

/** What is wrong with an erasure that these rows tell of; null when nothing is. */
function faultOf(tellings: readonly Row[], { keys, lagMs }: ErasureRules): string | null {
  const told = tellings.filter((row) => row.told !== null)
  if (told.length === 0) return 'without a word of it in the audit'
  if (keys.length > 0) {
    if (told.some((row) => isProven(keys, row))) return null
    return 'by somebody who did not have the anchor’s key'
  }
  const since = Date.now() - lagMs
  const counts = told.some(({ isSealed, at }) => isSealed === true || (at?.getTime() ?? 0) > since)
  return counts ? null : 'and what the audit says of it was never sealed'
}

async function* readErased(tx: Transaction, last: Place | null): AsyncGenerator<Row> {
  if (last === null) return
  const place = sql`(${last.throughXid}::xid8, ${last.throughSeq}::bigint)`
  await sql`
    declare erased no scroll cursor for
    select a.seq, a.digest, e.seq as told, e.actor, e.data, e.origin,
      (e.xid, e.seq) <= ${place} as "isSealed", e.at
    from audit a left join audit e on e.aggregate_id = a.seq::text
      and e.aggregate_kind = ${erasure.aggregateKind} and e.type = ${erasure.type}
    where a.digest is not null and (a.xid, a.seq) <= ${place}
    order by a.seq`.execute(tx)
  for (;;) {
    const { rows } = await sql<Row>`fetch ${sql.lit(rowsAtOnce)} from erased`.execute(tx)
    yield* rows
    if (rows.length < rowsAtOnce) return
  }
}
