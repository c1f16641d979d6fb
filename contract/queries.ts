/** Questions about what a replica does not hold. Lists come by keyset: pass `next` back as `after`. */
import { orderStates, requisitionStates } from '../domain/requisition/states'
import { orderSchema, requisitionSchema } from './entities'
import { quoteStates } from '../domain/quote/states'
import { refusalSchema } from './errors'
import { approvalRulesSchema, demandedStepSchema } from './policy'
import { companyStatusSchema, deliverySchema, heldStockSchema, seenFiguresSchema } from './figures'
import { priceResolutionSchema, totalsSchema } from './pricing'
import {
  actorSchema,
  calendarDateSchema,
  currencySchema,
  instantSchema,
  integerSchema,
  keySchema,
  uuidSchema,
  versionSchema,
} from './primitives'
import { quoteSchema } from './quotes'
import { z } from './zod'

const page = {
  after: z.string().max(400).nullable().default(null),
  limit: z.number().int().min(1).max(200).default(50),
}
const pageOf = <T extends z.ZodType>(row: T) =>
  z.object({ rows: z.array(row), next: z.string().nullable() })

export const querySchemas = {
  /** Requisitions of any age, newest first, by text, company and state. */
  'requisition.search': {
    params: z.strictObject({
      text: z.string().max(200).default(''),
      companyId: keySchema.nullable().default(null),
      states: z.array(z.enum(requisitionStates)).default([]),
      ...page,
    }),
    result: pageOf(
      requisitionSchema
        .omit({ lines: true })
        .extend({ version: z.number().int(), lineCount: z.number().int() }),
    ),
  },
  'requisition.get': {
    params: z.strictObject({ id: uuidSchema }),
    result: z.object({ version: z.number().int(), value: requisitionSchema }),
  },
  /** A requisition that waits for a decision, as proposed against now. */
  'requisition.revalidate': {
    params: z.strictObject({ id: uuidSchema }),
    result: z.object({
      version: versionSchema,
      revision: z.number().int(),
      at: instantSchema,
      /** The whole statement of what is told here, to approve on. */
      seen: seenFiguresSchema,
      lines: z.array(
        z.object({
          id: z.string(),
          /** The company's own price now, and why; left out where it is all as when it came in. */
          resolved: priceResolutionSchema.optional(),
          /** Where it would come from, and what that promised when it came in; null where nobody wrote it down. */
          delivery: deliverySchema.nullable(),
          proposed: z
            .object({ delivery: deliverySchema.nullable(), deliverable: integerSchema })
            .nullable(),
          /** Every opened warehouse that holds it, after what earlier lines take. */
          warehouses: z.array(z.object({ delivery: deliverySchema, deliverable: integerSchema })),
          /** What of its article is held for others, and is in none of these figures; left out where nothing is. */
          held: z.array(heldStockSchema).optional(),
          changed: z.object({
            price: z.boolean(),
            delivery: z.enum(['later', 'sooner']).nullable(),
            /** Left out for who may not see costs, as `margin`. */
            margin: z.boolean().optional(),
          }),
          margin: z
            .object({
              proposed: integerSchema.nullable(),
              kept: integerSchema.nullable(),
              refreshed: integerSchema.nullable(),
            })
            .optional(),
        }),
      ),
      company: z.object({
        status: companyStatusSchema,
        statusReason: z.string().nullable(),
        creditLimit: integerSchema.nullable(),
        exposure: integerSchema,
      }),
      totals: z.object({ kept: totalsSchema.nullable(), refreshed: totalsSchema.nullable() }),
      margin: z
        .object({ kept: integerSchema.nullable(), refreshed: integerSchema.nullable() })
        .optional(),
    }),
  },
  'order.search': {
    params: z.strictObject({
      text: z.string().max(200).default(''),
      companyId: keySchema.nullable().default(null),
      states: z.array(z.enum(orderStates)).default([]),
      ...page,
    }),
    result: pageOf(
      orderSchema
        .omit({ lines: true })
        .extend({ version: z.number().int(), lineCount: z.number().int() }),
    ),
  },
  'order.get': {
    params: z.strictObject({ id: uuidSchema }),
    result: z.object({ version: z.number().int(), value: orderSchema }),
  },
  /** Quotes of any age, newest first, by text, company and state. */
  'quote.search': {
    params: z.strictObject({
      text: z.string().max(200).default(''),
      companyId: keySchema.nullable().default(null),
      states: z.array(z.enum(quoteStates)).default([]),
      ...page,
    }),
    result: pageOf(
      quoteSchema
        .omit({ lines: true })
        .extend({ version: z.number().int(), lineCount: z.number().int() }),
    ),
  },
  'quote.get': {
    params: z.strictObject({ id: uuidSchema }),
    result: z.object({ version: z.number().int(), value: quoteSchema }),
  },
  /** The versions of a quote as they went out, the newest first. */
  'quote.versions': {
    params: z.strictObject({ id: uuidSchema, ...page }),
    result: pageOf(quoteSchema),
  },
  /** The company's own price of an article now, and why. */
  'price.resolve': {
    params: z.strictObject({ companyId: keySchema, articleId: keySchema, quantity: integerSchema }),
    result: z.object({ resolution: priceResolutionSchema, currency: currencySchema }),
  },
  /** What a company's active people who may order, and have a limit for a period, have used of it. */
  'company.allowances': {
    params: z.strictObject({ companyId: keySchema }),
    result: z.object({
      at: instantSchema,
      /** The day it is with the seller; the period is the month or the year that it is in. */
      today: calendarDateSchema,
      contacts: z.array(
        z.object({
          contactId: keySchema,
          period: z.enum(['month', 'year']),
          currency: currencySchema,
          /** Net of the orders charged to them; cancelled ones give back what they took. */
          used: integerSchema,
        }),
      ),
    }),
  },
  /** The seller's approval rules in force; version 0 and none while nobody has set any. */
  'policy.get': {
    params: z.strictObject({}),
    result: z.object({
      version: versionSchema,
      rules: approvalRulesSchema,
      setBy: z.string().nullable(),
      setAt: instantSchema.nullable(),
      /** What the article groups are called that rules name by id. Gateways of before leave it out. */
      articleGroups: z
        .array(z.object({ id: keySchema, name: z.object({ sv: z.string(), en: z.string() }) }))
        .optional(),
    }),
  },
  /** What other rules would have made of the requisitions of some days, against those in force now. */
  'policy.try': {
    params: z.strictObject({
      rules: approvalRulesSchema,
      from: calendarDateSchema,
      to: calendarDateSchema,
    }),
    result: z.object({
      /** Revisions that came in on those days, and how many of them were looked at, the newest first. */
      found: z.number().int(),
      tried: z.number().int(),
      /** Of those tried: how many the rules ask a fact of that nobody looked up then. They count nowhere else. */
      unknown: z.number().int(),
      /** Of those tried: how many would need other steps. */
      changed: z.number().int(),
      /** How many of those tried are ordered at once, as things are and as they would be. */
      atOnce: z.object({ now: z.number().int(), would: z.number().int() }),
      /** The newest of those changed; not all where there are many, or much to tell of each. */
      rows: z.array(
        z.object({
          requisitionId: uuidSchema,
          number: z.string(),
          revision: z.number().int(),
          companyId: keySchema,
          receivedAt: instantSchema,
          net: integerSchema,
          currency: currencySchema,
          /** Whether a person has to decide whatever the rules say. */
          needsPerson: z.boolean(),
          now: z.array(demandedStepSchema),
          would: z.array(demandedStepSchema),
        }),
      ),
    }),
  },
  /** What has happened to one thing, newest first. */
  'audit.of': {
    params: z.strictObject({ aggregateId: keySchema, ...page }),
    result: pageOf(
      z.object({
        seq: z.number().int(),
        at: z.string(),
        type: z.string(),
        actor: actorSchema,
        version: z.number().int(),
        data: z.record(z.string(), z.unknown()),
        /** Where it came from; a gateway before this did not say. */
        origin: z
          .object({ via: z.string(), shop: z.string().optional(), task: z.string().optional() })
          .optional(),
      }),
    ),
  },
} as const

export type QueryType = keyof typeof querySchemas
export type QueryParams<T extends QueryType> = z.input<(typeof querySchemas)[T]['params']>
export type QueryResult<T extends QueryType> = z.output<(typeof querySchemas)[T]['result']>

export const queryEnvelopeSchema = z.strictObject({
  type: z.string().max(80),
  params: z.record(z.string(), z.unknown()),
})

export const queryAnswerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({ ok: z.literal(false), error: refusalSchema }),
])
export type QueryAnswer = z.infer<typeof queryAnswerSchema>
