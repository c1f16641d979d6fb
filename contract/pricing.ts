/** Prices as they travel: the shapes of `domain/pricing` as schemas. */
import type { DocumentTotals } from '../domain/money/totals'
import type { PriceResolution, PriceSource, PriceStep } from '../domain/pricing/rules'
import { currencySchema, instantSchema, integerSchema, unitPriceSchema } from './primitives'
import { z } from './zod'

export const priceSourceSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('synced'),
    ruleId: z.string(),
    source: z.string(),
    observedAt: instantSchema,
  }),
  z.object({ kind: z.literal('contract'), ruleId: z.string(), net: z.boolean() }),
  z.object({ kind: z.literal('company_price_list'), ruleId: z.string(), priceListId: z.string() }),
  z.object({ kind: z.literal('group_price_list'), ruleId: z.string(), priceListId: z.string() }),
  z.object({ kind: z.literal('list_price') }),
  z.object({ kind: z.literal('campaign'), ruleId: z.string(), campaign: z.string() }),
]) satisfies z.ZodType<PriceSource>

const priceStepSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('used'), rule: priceSourceSchema, price: unitPriceSchema }),
  z.object({ kind: z.literal('passed_over'), rule: priceSourceSchema, price: unitPriceSchema }),
  z.object({ kind: z.literal('rebate'), ruleId: z.string(), rebate: integerSchema }),
  z.object({ kind: z.literal('no_rebate_on_net_price') }),
]) satisfies z.ZodType<PriceStep>

export const priceResolutionSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('priced'),
    unitPrice: unitPriceSchema,
    rebate: integerSchema,
    listPrice: unitPriceSchema.nullable(),
    vatRate: integerSchema,
    source: priceSourceSchema,
    steps: z.array(priceStepSchema).readonly(),
    stale: z.boolean(),
  }),
  z.object({
    kind: z.literal('missing'),
    reason: z.enum(['no_rule', 'other_currency_only']),
    listPrice: unitPriceSchema.nullable(),
    vatRate: integerSchema,
  }),
]) satisfies z.ZodType<PriceResolution>

export const totalsSchema = z.object({
  currency: currencySchema,
  net: integerSchema,
  vat: z
    .array(z.object({ rate: integerSchema, base: integerSchema, amount: integerSchema }))
    .readonly(),
  gross: integerSchema,
  mode: z.enum(['per_rate_on_sum', 'per_row']),
}) satisfies z.ZodType<DocumentTotals>
