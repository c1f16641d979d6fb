import { refusal } from '../../contract/errors'
import { seesCompany } from '../../domain/access/rights'
import { resolveCompanyPrice as resolve } from '../requisitions/load-prices'
import type { Answerer } from './answerer'

/** The company's own price of an article now, and why. */
export const resolveCompanyPrice: Answerer<'price.resolve'> = async ({ db, now }, who, params) => {
  const notFound = refusal(
    'not_found',
    'There is no such company or article, or you may not see it.',
    { ...params },
  )
  if (!seesCompany(who.viewer, params.companyId)) return { ok: false, error: notFound }
  const answer = await resolve(db, { ...params, now: now() })
  return answer ? { ok: true, value: answer } : { ok: false, error: notFound }
}
