import { sql } from 'kysely'
import type { Transaction } from '../database/transaction'
import type { Problems } from './problems'

/** How far the seals reach, in the order of transactions. */
export interface Place {
  readonly n: number
  readonly throughXid: string
  readonly throughSeq: string
}

/** More are not looked for: one is bad enough. */
const mostStrays = 101

/**
 * Look for entries that no seal covers although the seals have passed them by, and for entries that
 * several cover. Returns how many wait behind the last seal, as they should.
 */
export async function findStrays(
  tx: Transaction,
  last: Place | null,
  problems: Problems,
): Promise<number> {
  if (last === null) {
    const { rows } = await sql<{ count: number }>`select count(*) as count from audit`.execute(tx)
    return rows[0]?.count ?? 0
  }
  const place = sql`(${last.throughXid}::xid8, ${last.throughSeq}::bigint)`
  // The planner takes the arrays for much shorter than they are, and would look each entry up in all.
  await sql`set local enable_nestloop = off`.execute(tx)
  const behind = await sql<{ seq: number }>`
    select a.seq from audit a
    where (a.xid, a.seq) <= ${place} and not exists (
      select from (select unnest(seqs) as seq from audit_seal) s where s.seq = a.seq)
    order by a.seq limit ${sql.lit(mostStrays)}`.execute(tx)
  for (const { seq } of behind.rows) {
    problems.add({
      code: 'behind',
      seal: null,
      seq,
      message: `Entry ${seq} stands behind seal ${last.n} and is in none.`,
    })
  }
  const twice = await sql<{ seq: number; n: number }>`
    select seq, max(n) as n from (select n, unnest(seqs) as seq from audit_seal) s
    group by seq having count(*) > 1 order by seq limit ${sql.lit(mostStrays)}`.execute(tx)
  for (const { seq, n } of twice.rows) {
    problems.add({
      code: 'seal_broken',
      seal: n,
      seq,
      message: `Entry ${seq} was sealed before seal ${n} already.`,
    })
  }
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from audit a where (a.xid, a.seq) > ${place}`.execute(tx)
  return rows[0]?.count ?? 0
}
