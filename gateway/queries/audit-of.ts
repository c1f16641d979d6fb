import { refusal } from '../../contract/errors'
import type { QueryResult } from '../../contract/queries'
import { mayDo, seesCompany } from '../../domain/access/rights'
import { policyId } from '../approval/policy'
import { visibleCompanyOf } from './aggregate-company'
import type { Answerer } from './answerer'
import { badKeyset } from './cursor'

/** What has happened to a requisition, an order, a user or the approval rules, newest first. */
export const auditOf: Answerer<'audit.of'> = async (context, who, params) => {
  const after = params.after === null ? null : Number(params.after)
  if (after !== null && !Number.isSafeInteger(after)) return { ok: false, error: badKeyset() }
  const companyId = await visibleCompanyOf(context.db, params.aggregateId)
  // A user, or nothing at all: only who manages users is told which.
  const maySee =
    companyId === null
      ? mayDo(who.viewer, params.aggregateId === policyId ? 'try_policy' : 'manage_users')
      : seesCompany(who.viewer, companyId)
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
    .select(['seq', 'at', 'type', 'actor', 'version', 'data', 'origin'])
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
      rows: page.map(({ origin, ...row }) => ({
        ...row,
        at: row.at.toISOString(),
        ...doorOf(origin),
      })),
      next: rows.length > params.limit && last ? String(last.seq) : null,
    },
  }
}

type Told = QueryResult<'audit.of'>['rows'][number]

/** By which door it came. From which address or device is not everybody's business. */
function doorOf(origin: unknown): { readonly origin?: NonNullable<Told['origin']> } {
  if (typeof origin !== 'object' || origin === null) return {}
  const { via, shop, task } = origin as Readonly<Record<string, unknown>>
  if (typeof via !== 'string') return {}
  return {
    origin: {
      via,
      ...(typeof shop === 'string' && { shop }),
      ...(typeof task === 'string' && { task }),
    },
  }
}
