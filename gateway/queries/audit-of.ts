import { refusal } from '../../contract/errors'
import { mayDo, seesCompany } from '../../domain/access/rights'
import { visibleCompanyOf } from './aggregate-company'
import type { Answerer } from './answerer'
import { badKeyset } from './cursor'

/** What has happened to a requisition, an order or a user, newest first. */
export const auditOf: Answerer<'audit.of'> = async (context, who, params) => {
  const after = params.after === null ? null : Number(params.after)
  if (after !== null && !Number.isSafeInteger(after)) return { ok: false, error: badKeyset() }
  const companyId = await visibleCompanyOf(context.db, params.aggregateId)
  // A user, or nothing at all: only who manages users is told which.
  const maySee =
    companyId === null ? mayDo(who.viewer, 'manage_users') : seesCompany(who.viewer, companyId)
  if (!maySee) {
    return {
      ok: false,
      error: refusal('not_found', 'There is no such thing, or you may not see it.', {
        aggregateId: params.aggregateId,
      }),
    }
  }
  let query = context.db
    .selectFrom('audit')
    .select(['seq', 'at', 'type', 'actor', 'version', 'data'])
    .where('aggregate_id', '=', params.aggregateId)
    .orderBy('seq', 'desc')
    .limit(params.limit + 1)
  if (after !== null) query = query.where('seq', '<', after)
  const rows = await query.execute()
  const page = rows.slice(0, params.limit)
  const last = page.at(-1)
  return {
    ok: true,
    value: {
      rows: page.map((row) => ({ ...row, at: row.at.toISOString() })),
      next: rows.length > params.limit && last ? String(last.seq) : null,
    },
  }
}
