/**
 * Every way the gateway refuses, by code. The code is for programs and for support; the message is an
 * English sentence; the console words it in the user's language from `details`.
 */
import { errorCodes, type Refusal } from './refusal'
import { z } from './zod'

export { errorCodes, refusal, type ErrorCode, type Outcome, type Refusal } from './refusal'

export const refusalSchema = z.object({
  /** A later version of the other end may have more codes; what they ask for is not known here. */
  code: z.enum(errorCodes).catch('internal'),
  message: z.string(),
  details: z.record(z.string(), z.unknown()),
}) satisfies z.ZodType<Refusal>
