import { refusal } from '../../contract/refusal'
import type { Outcome } from '../../contract/refusal'
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
    // Main has parsed it by the schema of this query's result.
    return { ok: true, value: answer.result as QueryResult<T> }
  } catch (error) {
    const reference = report(error)
    return { ok: false, error: refusal('internal', 'The answer could not be read', { reference }) }
  }
}
