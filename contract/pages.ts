/** What customers send from the pages that mails link to: forms, as browsers send them. */
import { textSchema } from './primitives'
import { z } from './zod'

/** A reason may be this long. */
export const maximumReason = 1_000

/** A form of a returned requisition's page; `action` says which of its buttons was pressed. */
export const requisitionAnswerSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('accept') }),
  z.strictObject({
    action: z.literal('withdraw'),
    reason: textSchema(maximumReason)
      .default('')
      .transform((text) => text || null),
  }),
])
