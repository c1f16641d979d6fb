import { sql } from 'kysely'
import type { Order } from '../../contract/entities'
import { refusal } from '../../contract/errors'
import { seesCompany } from '../../domain/access/rights'
import { foldForSearch } from '../requisitions/search-text'
import type { Answerer } from './answerer'
import { badKeyset, readKeyset, writeKeyset } from './cursor'
import { matchesWords, visibleCompanies } from './search-terms'

/** Orders of any age, newest first, a page at a time. */
export const searchOrders: Answerer<'order.search'> = async ({ db }, who, params) => {
  const after = params.after === null ? null : readKeyset(params.after)
  if (params.after !== null && !after) return { ok: false, error: badKeyset() }
  let query = db
    .selectFrom('sales_order')
    .select([
      'id',
      'version',
      'placed_at',
      sql<Omit<Order, 'lines'>>`body - 'lines'`.as('head'),
      sql<number>`jsonb_array_length(body->'lines')`.as('line_count'),
    ])
    .where(visibleCompanies('company_id', who.viewer))
    .where(matchesWords('search', foldForSearch([params.text])))
    .orderBy('placed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(params.limit + 1)
  if (params.companyId !== null) query = query.where('company_id', '=', params.companyId)
  if (params.states.length > 0) query = query.where('state', 'in', params.states)
  if (after)
    query = query.where(
      sql<boolean>`(placed_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`,
    )
  const rows = await query.execute()
  const page = rows.slice(0, params.limit)
  const last = page.at(-1)
  return {
    ok: true,
    value: {
      rows: page.map(({ head, version, line_count }) => ({
        ...head,
        version,
        lineCount: line_count,
      })),
      next:
        rows.length > params.limit && last
          ? writeKeyset({ at: last.placed_at.toISOString(), id: last.id })
          : null,
    },
  }
}

/** One order whole, however old. */
export const getOrder: Answerer<'order.get'> = async ({ db }, who, { id }) => {
  const row = await db
    .selectFrom('sales_order')
    .select(['body', 'version', 'company_id'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row || !seesCompany(who.viewer, row.company_id)) {
    return {
      ok: false,
      error: refusal('not_found', 'There is no such order, or you may not see it.', { id }),
    }
  }
  return { ok: true, value: { version: row.version, value: row.body } }
}
