import { sql } from 'kysely'
import { refusal, type Refusal } from '../../contract/errors'
import type { Transaction } from '../database/transaction'

/** Refuses customer groups that there are none of: nobody is kept out by a slip of the pen, nor let in. */
export async function unknownGroups(
  tx: Transaction,
  ids: readonly string[],
  pointer: string,
): Promise<Refusal | null> {
  if (ids.length === 0) return null
  const { rows } = await sql<{ id: string }>`
    select id from unnest(${ids as string[]}::text[]) as asked (id)
    where not exists (select from customer_group g where g.id = asked.id)`.execute(tx)
  if (rows.length === 0) return null
  return refusal('invalid', 'It names customer groups that there are none of.', {
    issues: rows.map(({ id }) => ({ pointer, message: `there is no customer group “${id}”` })),
  })
}
