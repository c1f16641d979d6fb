import { sql } from 'kysely'
import type { Requisition } from '../../contract/entities'
import { answered, question, type Question } from '../database/together'

/**
 * Which of some lines stand in other parts of what a requisition was split from, with the number of the
 * part, by line id. What was rejected, withdrawn or has expired stands in nobody's way.
 */
export function linesElsewhere(
  { id, restOf, rest }: Pick<Requisition, 'id' | 'restOf' | 'rest'>,
  lineIds: readonly string[],
): Question<ReadonlyMap<string, string>> {
  if (!restOf && !rest) return answered(new Map())
  // Every part knows the one it was split from and those split from it.
  const found = sql<{ readonly line: string; readonly number: string }>`
    with recursive part (id) as (
      select ${id}::uuid
      union
      select beside.id from part
      join requisition r on r.id = part.id
      cross join lateral (
        select (r.body->'restOf'->>'id')::uuid as id
        union all
        select (one->>'id')::uuid from jsonb_array_elements(coalesce(r.body->'rest', '[]')) one
      ) beside
      where beside.id is not null
    )
    select line->>'id' as line, r.number
    from part
    join requisition r on r.id = part.id
    cross join lateral jsonb_array_elements(r.body->'lines') line
    where part.id <> ${id} and r.state not in ('rejected', 'withdrawn', 'expired')
      and line->>'id' = any(${lineIds as string[]}::text[])`
  return question(found, (rows) => new Map(rows.map(({ line, number }) => [line, number])))
}
