import { sql } from 'kysely'
import { askedFacts } from '../../domain/approval/asked-facts'
import { evaluate, keyOf, type DemandedStep } from '../../domain/approval/evaluate'
import type { ApprovalFacts } from '../../domain/approval/facts'
import { policyInForce } from '../approval/policy'
import { ask } from '../database/together'
import { sellerNow } from '../seller/load'
import { writable } from '../writable'
import type { Answerer } from './answerer'

/** The rules in force, and what the article groups are called that they can name. */
export const getPolicy: Answerer<'policy.get'> = async ({ db }) => {
  const { version, rules, setBy, setAt } = await ask(db, policyInForce(db))
  const groups = await db.selectFrom('article_group').selectAll().orderBy('id').execute()
  const value = {
    version,
    rules: writable([...rules]),
    setBy,
    setAt: setAt?.toISOString() ?? null,
    articleGroups: groups.map(({ id, name_sv: sv, name_en: en }) => ({
      id,
      name: { sv, en: en ?? sv },
    })),
  }
  return { ok: true, value }
}

/** Revisions that are tried at most, the newest of those days; some 10 µs each. */
const mostTried = 5_000
/** Of those that would go another way, so many are told one by one. */
const mostTold = 200
/** Nor more than this of JSON: rules may demand many steps for many reasons. */
const mostToldBytes = 4 * 1024 * 1024

/** Facts that are null where nobody looked. Of other facts null is what was found, then as it would be now. */
const wasNotLookedUp = ['shortLines', 'overOwnLimit', 'firstOrder'] as const

interface Tried {
  readonly requisitionId: string
  readonly revision: number
  readonly number: string
  readonly companyId: string
  readonly receivedAt: string
  readonly net: number
  readonly currency: string
  readonly needsPerson: boolean
  readonly facts: ApprovalFacts
  readonly found: number
}

/**
 * What other rules would have made of the requisitions of some days. Judged by the facts as they were when
 * each came in, so it is what would have happened and not what would happen now.
 */
export const tryPolicy: Answerer<'policy.try'> = async ({ db }, _who, { rules, from, to }) => {
  const inForce = await ask(db, policyInForce(db))
  const { timeZone } = await ask(db, sellerNow(db))
  const { rows } = await sql<Tried>`
    select requisition_id as "requisitionId", revision, body->>'number' as number,
      body->>'companyId' as "companyId", body->>'receivedAt' as "receivedAt",
      (body->'totals'->>'net')::bigint as net, body->>'currency' as currency,
      jsonb_array_length(body->'reasons') > 0 as "needsPerson", facts, found
    from (
      select *, count(*) over () as found from requisition_revision
      where facts is not null
        and received_at >= ${from}::date::timestamp at time zone ${timeZone}
        and received_at < (${to}::date + 1)::timestamp at time zone ${timeZone}
      order by received_at desc
      limit ${sql.lit(mostTried)}
    ) newest
    order by received_at desc`.execute(db)
  const asked = askedFacts({ rules: [...inForce.rules, ...rules] })
  const atOnce = { now: 0, would: 0 }
  let unknown = 0
  let changed = 0
  const told = []
  let bytes = 0
  for (const { facts, found: _found, ...row } of rows) {
    if (wasNotLookedUp.some((fact) => asked.has(fact) && (facts[fact] ?? null) === null)) {
      unknown += 1
      continue
    }
    const now = evaluate(inForce, facts)
    const would = evaluate({ rules }, facts)
    if (!row.needsPerson && now.length === 0) atOnce.now += 1
    if (!row.needsPerson && would.length === 0) atOnce.would += 1
    if (askedOf(now) === askedOf(would)) continue
    changed += 1
    if (told.length >= mostTold || bytes > mostToldBytes) continue
    const changedRow = { ...row, now, would }
    bytes += Buffer.byteLength(JSON.stringify(changedRow))
    if (bytes <= mostToldBytes) told.push(changedRow)
  }
  const found = rows[0]?.found ?? 0
  const value = { found, tried: rows.length, unknown, changed, atOnce, rows: writable(told) }
  return { ok: true, value }
}

/** Who is asked in which order, whatever the reasons; the same for steps that are the same. */
function askedOf(steps: readonly DemandedStep[]): string {
  return JSON.stringify(steps.map(({ tier, by }) => keyOf(tier, by)).sort())
}
