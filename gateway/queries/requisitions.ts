import { sql } from 'kysely'
import type { Requisition } from '../../contract/entities'
import { refusal } from '../../contract/errors'
import { seesCompany } from '../../domain/access/rights'
import { requisitionOf } from '../requisitions/aggregate'
import { foldForSearch } from '../requisitions/search-text'
import type { Answerer } from './answerer'
import { badKeyset, readKeyset, writeKeyset } from './cursor'
import { matchesWords, visibleCompanies } from './search-terms'

/** Requisitions of any age, newest first, a page at a time. */
export const searchRequisitions: Answerer<'requisition.search'> = async ({ db }, who, params) => {
  const after = params.after === null ? null : readKeyset(params.after)
  if (params.after !== null && !after) return { ok: false, error: badKeyset() }
  let query = db
    .selectFrom('requisition')
    .select([
      'id',
      'version',
      'received_at',
      // A proposal has as many lines as a document.
      sql<Omit<Requisition, 'lines'>>`((body - 'lines') || progress) #- '{outcome,proposal}'`.as(
        'head',
      ),
      sql<number>`jsonb_array_length(body->'lines')`.as('line_count'),
    ])
    .where(visibleCompanies('company_id', who.viewer))
    .orderBy('received_at', 'desc')
    .orderBy('id', 'desc')
    .limit(params.limit + 1)
  if (params.companyId !== null) query = query.where('company_id', '=', params.companyId)
  if (params.states.length > 0) query = query.where('state', 'in', params.states)
  const sought = foldForSearch([params.text])
  if (sought !== '') {
    query = query
      .innerJoin('requisition_words', 'requisition_words.requisition_id', 'requisition.id')
      .where(matchesWords('words', sought))
  }
  if (after)
    query = query.where(
      sql<boolean>`(received_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`,
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
          ? writeKeyset({ at: last.received_at.toISOString(), id: last.id })
          : null,
    },
  }
}

/** One requisition whole, however old. */
export const getRequisition: Answerer<'requisition.get'> = async ({ db }, who, { id }) => {
  const row = await db
    .selectFrom('requisition')
    .select(['body', 'progress', 'version', 'company_id'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row || !seesCompany(who.viewer, row.company_id)) {
    return {
      ok: false,
      error: refusal('not_found', 'There is no such requisition, or you may not see it.', { id }),
    }
  }
  return { ok: true, value: { version: row.version, value: requisitionOf(row) } }
}
