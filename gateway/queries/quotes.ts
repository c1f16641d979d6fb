import { sql } from 'kysely'
import { refusal } from '../../contract/errors'
import type { Quote } from '../../contract/quotes'
import { seesCompany } from '../../domain/access/rights'
import { foldForSearch } from '../requisitions/search-text'
import type { Answerer } from './answerer'
import { badKeyset, readKeyset, writeKeyset } from './cursor'
import { matchesWords, visibleCompanies } from './search-terms'

/** Quotes of any age, newest first, a page at a time. */
export const searchQuotes: Answerer<'quote.search'> = async ({ db }, who, params) => {
  const after = params.after === null ? null : readKeyset(params.after)
  if (params.after !== null && !after) return { ok: false, error: badKeyset() }
  let query = db
    .selectFrom('quote')
    .select([
      'id',
      'version',
      'created_at',
      sql<Omit<Quote, 'lines'>>`body - 'lines'`.as('head'),
      sql<number>`jsonb_array_length(body->'lines')`.as('line_count'),
    ])
    .where(visibleCompanies('company_id', who.viewer))
    .where(matchesWords('search', foldForSearch([params.text])))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(params.limit + 1)
  if (params.companyId !== null) query = query.where('company_id', '=', params.companyId)
  if (params.states.length > 0) query = query.where('state', 'in', params.states)
  if (after)
    query = query.where(
      sql<boolean>`(created_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`,
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
          ? writeKeyset({ at: last.created_at.toISOString(), id: last.id })
          : null,
    },
  }
}

/** One quote whole, however old. */
export const getQuote: Answerer<'quote.get'> = async ({ db }, who, { id }) => {
  const row = await db
    .selectFrom('quote')
    .select(['body', 'version', 'company_id'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row || !seesCompany(who.viewer, row.company_id)) return { ok: false, error: notFound(id) }
  return { ok: true, value: { version: row.version, value: row.body } }
}

/** The versions of a quote as they went out, the newest first. */
export const getQuoteVersions: Answerer<'quote.versions'> = async ({ db }, who, params) => {
  const { id, limit } = params
  const after = params.after === null ? null : Number(params.after)
  if (after !== null && !Number.isSafeInteger(after)) return { ok: false, error: badKeyset() }
  const quote = await db
    .selectFrom('quote')
    .select('company_id')
    .where('id', '=', id)
    .executeTakeFirst()
  if (!quote || !seesCompany(who.viewer, quote.company_id)) {
    return { ok: false, error: notFound(id) }
  }
  let query = db
    .selectFrom('quote_revision')
    .select(['body', 'revision'])
    .where('quote_id', '=', id)
    .orderBy('revision', 'desc')
    .limit(limit + 1)
  if (after !== null) query = query.where('revision', '<', after)
  const rows = await query.execute()
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    ok: true,
    value: {
      rows: page.map(({ body }) => body),
      next: rows.length > limit && last ? String(last.revision) : null,
    },
  }
}

function notFound(id: string) {
  return refusal('not_found', 'There is no such quote, or you may not see it.', { id })
}
