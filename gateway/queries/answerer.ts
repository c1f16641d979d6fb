import type { Refusal } from '../../contract/errors'
import type { QueryResult, querySchemas, QueryType } from '../../contract/queries'
import type { z } from '../../contract/zod'
import type { SignedIn } from '../access/signed-in'
import type { GatewayContext } from '../gateway-context'

export type Answered<T extends QueryType> =
  | { readonly ok: true; readonly value: QueryResult<T> }
  | { readonly ok: false; readonly error: Refusal }

export type ParsedParams<T extends QueryType> = z.output<(typeof querySchemas)[T]['params']>

/** Answers a query for one viewer, who is shown nothing that the feed would not show them. */
export type Answerer<T extends QueryType> = (
  context: GatewayContext,
  who: SignedIn,
  params: ParsedParams<T>,
) => Promise<Answered<T>>
