import { refusal } from '../../contract/errors'
import {
  queryEnvelopeSchema,
  querySchemas,
  type QueryAnswer,
  type QueryType,
} from '../../contract/queries'
import { mayDo, type Deed } from '../../domain/access/rights'
import type { SignedIn } from '../access/signed-in'
import type { GatewayContext } from '../gateway-context'
import type { Answerer, ParsedParams } from './answerer'
import { jsonPointer } from '../http/json-pointer'
import { companyAllowances } from './allowances'
import { auditOf } from './audit-of'
import { getOrder, searchOrders } from './orders'
import { getPolicy, tryPolicy } from './policy'
import { resolveCompanyPrice } from './price'
import { getQuote, getQuoteVersions, searchQuotes } from './quotes'
import { getRequisition, searchRequisitions } from './requisitions'
import { revalidateRequisition } from './revalidate'

const answerers: {
  readonly [T in QueryType]: { readonly deed: Deed; readonly answer: Answerer<T> }
} = {
  'requisition.search': { deed: 'read_requisition', answer: searchRequisitions },
  'requisition.get': { deed: 'read_requisition', answer: getRequisition },
  'requisition.revalidate': { deed: 'read_requisition', answer: revalidateRequisition },
  'order.search': { deed: 'read_requisition', answer: searchOrders },
  'order.get': { deed: 'read_requisition', answer: getOrder },
  'quote.search': { deed: 'read_requisition', answer: searchQuotes },
  'quote.get': { deed: 'read_requisition', answer: getQuote },
  'quote.versions': { deed: 'read_requisition', answer: getQuoteVersions },
  'price.resolve': { deed: 'resolve_price', answer: resolveCompanyPrice },
  'company.allowances': { deed: 'read_requisition', answer: companyAllowances },
  'policy.get': { deed: 'try_policy', answer: getPolicy },
  'policy.try': { deed: 'try_policy', answer: tryPolicy },
  'audit.of': { deed: 'read_requisition', answer: auditOf },
}

/** Answer one query as it came over the wire. */
export async function askQuery(
  context: GatewayContext,
  who: SignedIn,
  input: unknown,
): Promise<QueryAnswer> {
  const envelope = queryEnvelopeSchema.safeParse(input)
  if (!envelope.success)
    return { ok: false, error: refusal('malformed', 'The query is not well-formed.') }
  const { type } = envelope.data
  if (!isQueryType(type))
    return { ok: false, error: refusal('unknown_query', `There is no query “${type}”.`, { type }) }
  // Before the params are parsed: whoever may not ask costs nothing.
  const { deed, answer } = answerers[type]
  if (!mayDo(who.viewer, deed)) {
    return {
      ok: false,
      error: refusal('forbidden', `Your roles do not allow “${type}”.`, {
        type,
        roles: who.user.roles,
      }),
    }
  }
  const params = querySchemas[type].params.safeParse(envelope.data.params)
  if (!params.success) {
    const issues = params.error.issues.map(({ path, message }) => ({
      pointer: `/params${jsonPointer(path)}`,
      message,
    }))
    return {
      ok: false,
      error: refusal('invalid', `The query “${type}” cannot be answered as it was sent.`, {
        issues,
      }),
    }
  }
  const answered = await (answer as Answerer<QueryType>)(
    context,
    who,
    params.data as ParsedParams<QueryType>,
  )
  return answered.ok ? { ok: true, result: answered.value } : answered
}

function isQueryType(type: string): type is QueryType {
  return Object.hasOwn(answerers, type)
}
