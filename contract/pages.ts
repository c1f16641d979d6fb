/** What customers send from the pages that mails link to: forms, as browsers send them. */
import { requiredTextSchema, textSchema } from './primitives'
import { z } from './zod'

/** A reason may be this long. */
export const maximumReason = 1_000

const reasonSchema = textSchema(maximumReason)
  .default('')
  .transform((text) => text || null)

/** A form of a returned requisition's page; `action` says which of its buttons was pressed. */
export const requisitionAnswerSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('accept') }),
  z.strictObject({ action: z.literal('withdraw'), reason: reasonSchema }),
])

/** The same of a page that asks one of the customer's people to approve what a colleague has sent. */
export const buyerStepFormSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('approve') }),
  z.strictObject({ action: z.literal('reject'), reason: requiredTextSchema(maximumReason) }),
])

/** The same of a quote's page. */
export const quoteAnswerFormSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('accept') }),
  z.strictObject({ action: z.literal('counter'), message: requiredTextSchema(maximumReason) }),
  z.strictObject({ action: z.literal('decline'), reason: reasonSchema }),
])
export type QuoteAnswerForm = z.infer<typeof quoteAnswerFormSchema>
