import { isUtf8 } from 'node:buffer'
import {
  maximumLines,
  anyStorefrontEventSchema,
  type AnyStorefrontEvent,
} from '../../contract/storefront'
import { describeShape, tooManyLines } from './describe-shape'
import { valueAt } from '../http/json-pointer'
import type { ProblemError } from './problem'

export type ParsedEvent =
  | { readonly ok: true; readonly event: AnyStorefrontEvent }
  | { readonly ok: false; readonly errors: readonly [ProblemError, ...ProblemError[]] }

/** A body as an event, or everything that is wrong with its shape. */
export function parseEvent(body: Buffer): ParsedEvent {
  const fail = (...errors: readonly [ProblemError, ...ProblemError[]]) =>
    ({ ok: false, errors }) as const
  if (!isUtf8(body)) return fail({ code: 'malformed_json', detail: 'The body is not UTF-8.' })
  let value: unknown
  try {
    value = JSON.parse(body.toString('utf8'))
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it cannot be read'
    return fail({ code: 'malformed_json', detail: `The body is not JSON: ${why.slice(0, 200)}.` })
  }
  // Before the lines are looked at: there is room for a million broken ones in a body.
  const lines = valueAt(value, ['data', 'lines'])
  if (Array.isArray(lines) && lines.length > maximumLines) {
    return fail(tooManyLines('/data/lines'))
  }
  const parsed = anyStorefrontEventSchema.safeParse(value)
  if (parsed.success) return { ok: true, event: parsed.data }
  const [first, ...more] = describeShape(parsed.error.issues, value)
  return fail(first ?? { code: 'invalid_value', detail: 'The body is not an event.' }, ...more)
}
