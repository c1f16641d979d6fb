import { refusal } from '../../contract/errors'
import type { Outcome } from '../../contract/errors'
import { querySchemas } from '../../contract/queries'
import type { QueryParams, QueryResult, QueryType } from '../../contract/queries'
import type { Desk } from '../desk'

/**
 * Asks the gateway what the replica does not hold. Out of reach, refused and unreadable are all
 * answers of the same shape: a query never throws.
 */
export async function ask<T extends QueryType>(
  { bridge, report }: Pick<Desk, 'bridge' | 'report'>,
  type: T,
  params: QueryParams<T>,
): Promise<Outcome<QueryResult<T>>> {
  try {
    const answer = await bridge.request('query.ask', { type, params })
    if (!answer.ok) return answer
    const result = querySchemas[type].result.parse(answer.result) as QueryResult<T>
    return { ok: true, value: result }
  } catch (error) {
    const reference = report(error)
    return { ok: false, error: refusal('internal', 'The answer could not be read', { reference }) }
  }
}
