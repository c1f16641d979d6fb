/** What a seller's customers are shown of stock, as it travels. See `domain/availability/stock-display`. */
import type { DisplayRule, StockDisplay } from '../domain/availability/stock-display'
import { LARGEST_QUANTITY } from '../domain/quantity'
import { integerSchema, keySchema } from './primitives'
import { z } from './zod'

const displayRuleSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('exact') }),
  z.strictObject({
    kind: z.literal('capped'),
    /** In thousandths of an article's unit. */
    at: integerSchema.min(1).max(LARGEST_QUANTITY),
  }),
  z.strictObject({ kind: z.literal('yes_no') }),
]) satisfies z.ZodType<DisplayRule>

export const stockDisplaySchema = z.strictObject({
  rule: displayRuleSchema,
  groups: z
    .array(z.strictObject({ groupId: keySchema, rule: displayRuleSchema }))
    .max(500)
    .refine(
      (groups) => new Set(groups.map(({ groupId }) => groupId)).size === groups.length,
      'each group has one rule',
    ),
  staleAfterHours: z
    .number()
    .int()
    .min(1)
    .max(24 * 365)
    .nullable(),
}) satisfies z.ZodType<StockDisplay>
