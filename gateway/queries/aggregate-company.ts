import { sql, type Kysely } from 'kysely'
import type { Database } from '../database/schema'
import { uuidOrNil } from '../database/uuid'

/** The company that a requisition, a quote or an order belongs to; null for anything else. */
export async function visibleCompanyOf(
  db: Kysely<Database>,
  aggregateId: string,
): Promise<string | null> {
  const { rows } = await sql<{ company_id: string }>`
    select company_id from requisition where id = ${uuidOrNil(aggregateId)}
    union all
    select company_id from sales_order where id = ${uuidOrNil(aggregateId)}
    union all
    select company_id from quote where id = ${uuidOrNil(aggregateId)}
    limit 1`.execute(db)
  return rows[0]?.company_id ?? null
}
