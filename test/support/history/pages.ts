import { sql, type Kysely } from 'kysely'
import type { Database } from '../../../gateway/database/schema'
import type { History } from './history'

/** What was done by a link was done once and used it up; what was acknowledged was done. */
export async function checkPages(db: Kysely<Database>, { pages }: History): Promise<string[]> {
  const { rows } = await sql<{ id: string; isUsed: boolean; deeds: number }>`
    select l.id::text, l.used_at is not null as "isUsed", count(a.seq)::integer as deeds
    from customer_link l left join audit a
      on a.aggregate_kind = 'requisition' and a.origin->>'link' = l.id::text
    group by l.id`.execute(db)
  const wrong = rows.flatMap(({ id, isUsed, deeds }) =>
    deeds === (isUsed ? 1 : 0)
      ? []
      : [`link ${id} is ${isUsed ? 'used' : 'not used'} and has done ${deeds} things`],
  )
  const used = new Set(rows.flatMap(({ id, isUsed }) => (isUsed ? [id] : [])))
  for (const [id, answers] of pages) {
    const done = answers.filter((status) => status === seeOther).length
    if (done > 1) wrong.push(`link ${id} was acknowledged ${done} times`)
    if (done > 0 && !used.has(id)) wrong.push(`link ${id} was acknowledged and is not used`)
    const odd = answers.filter((status) => !known.includes(status))
    if (odd.length > 0) wrong.push(`link ${id} was answered ${odd.join()}`)
  }
  return wrong
}

const seeOther = 303
/** Done; too late, or not theirs to do; and of a revision that is no longer current. */
const known = [seeOther, 409, 410]
