/** Quotes as they travel: the entity, what is written into it, and what came of it. */
import { MOST_QUOTE_LINES } from '../domain/quote/draft'
import { quoteStates } from '../domain/quote/states'
import { DECISION_TEXT_LIMIT } from './decision-text'
import { documentHeadSchema } from './document'
import { approvalStepSchema } from './policy'
import { priceResolutionSchema, totalsSchema } from './pricing'
import {
  actorSchema,
  calendarDateSchema,
  instantSchema,
  integerSchema,
  keySchema,
  requiredTextSchema,
  textSchema,
  unitPriceSchema,
  uuidSchema,
} from './primitives'
import { z } from './zod'

const revision = z.number().int().min(1)
const done = { by: actorSchema, at: instantSchema }
const quotedPriceSchema = z.object({ unitPrice: unitPriceSchema, rebate: integerSchema })

export const quoteLineSchema = z.object({
  /** The row's id; it never changes, from version to version and on to the order. */
  id: z.string(),
  articleId: keySchema,
  quantity: integerSchema,
  /** A price set by hand; null where the company's own is offered. */
  byHand: quotedPriceSchema.nullable(),
  /** The company's own price as resolved when the line was written last, and why. */
  resolved: priceResolutionSchema,
  vatRate: integerSchema,
  /** On the basis of the price that is offered; null while there is none. */
  rowAmount: integerSchema.nullable(),
  warehouseId: keySchema.nullable(),
  requestedDate: calendarDateSchema.nullable(),
  comment: z.string().nullable(),
})
export type QuoteLine = z.infer<typeof quoteLineSchema>

/** What a customer wants otherwise in a line. */
export const quoteCounterLineSchema = z.object({
  id: z.string(),
  quantity: integerSchema.nullable(),
  price: quotedPriceSchema.nullable(),
})

/** What became of the version that went out. */
export const quoteOutcomeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ordered'),
    orderId: uuidSchema,
    orderNumber: z.string(),
    ...done,
  }),
  z.object({
    kind: z.literal('countered'),
    message: z.string(),
    lines: z.array(quoteCounterLineSchema),
    ...done,
  }),
  z.object({ kind: z.literal('declined'), reason: z.string().nullable(), ...done }),
  z.object({ kind: z.literal('withdrawn'), reason: z.string().nullable(), ...done }),
  z.object({ kind: z.literal('expired'), ...done }),
])
export type QuoteOutcome = z.infer<typeof quoteOutcomeSchema>

/** What its internal review came to. */
export const quoteReviewSchema = z.discriminatedUnion('kind', [
  /** `automatic`: no step was demanded. */
  z.object({ kind: z.literal('passed'), automatic: z.boolean(), ...done }),
  z.object({ kind: z.literal('refused'), reason: z.string(), ...done }),
])

export const quoteSchema = documentHeadSchema.extend({
  id: uuidSchema,
  number: z.string(),
  state: z.enum(quoteStates),
  /** Its version, as people call it: counts up when what has gone out is written anew. */
  revision,
  /** What it answers; null where it answers nothing that came in. */
  requisition: z
    .object({
      id: uuidSchema,
      number: z.string(),
      documentId: z.string(),
      /** The one that is answered; left out in quotes from before it was kept. */
      revision: revision.optional(),
    })
    .nullable(),
  /** The shop that is told of it; null where there is none. */
  shopId: keySchema.nullable(),
  /** The last day on which it can be accepted. */
  validUntil: calendarDateSchema,
  /** To the customer. */
  message: z.string().nullable(),
  lines: z.array(quoteLineSchema),
  /** Of the lines that have a price. */
  totals: totalsSchema,
  createdAt: instantSchema,
  createdBy: actorSchema,
  /** The steps of its review; none where none is demanded, and while it is written. */
  steps: z.array(approvalStepSchema),
  /** Who of ours has written its lines, the last one last; left out while nobody has changed them. */
  editedBy: z.array(z.object({ id: uuidSchema, name: z.string() })).optional(),
  review: quoteReviewSchema.nullable(),
  /** When this version went out; null while it has not. */
  sent: z.object(done).nullable(),
  outcome: quoteOutcomeSchema.nullable(),
})
export type Quote = z.infer<typeof quoteSchema>

const text = (maximum: number) =>
  textSchema(maximum)
    .nullable()
    .transform((value) => value || null)

/** A line as it is written: a price set by hand, or null for the company's own. */
const quoteLineInputSchema = z.strictObject({
  id: keySchema,
  articleId: keySchema,
  quantity: integerSchema,
  price: z
    .strictObject({
      amount: integerSchema.min(0),
      basis: z.enum(['net', 'gross']),
      rebate: integerSchema.min(0).max(1_000_000),
    })
    .nullable(),
  warehouseId: keySchema.nullable(),
  requestedDate: calendarDateSchema.nullable(),
  comment: text(1_000),
})
export type QuoteLineInput = z.output<typeof quoteLineInputSchema>

/** What is written of the head; what is left out stays as it is. */
const quoteHeadInputSchema = z
  .strictObject({
    validUntil: calendarDateSchema,
    message: text(DECISION_TEXT_LIMIT),
    yourReference: text(200),
    purchaseOrderNumber: text(100),
    goodsMark: text(200),
    freightTerms: text(200),
    requestedDate: calendarDateSchema.nullable(),
  })
  .partial()
export type QuoteHeadInput = z.output<typeof quoteHeadInputSchema>

/** Payload schema of each command about quotes. */
export const quoteCommandSchemas = {
  /** A draft: the answer to what came in, or for a contact of a company. */
  'quote.create': z.strictObject({
    from: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('requisition'),
        requisitionId: uuidSchema,
        revision,
      }),
      z.strictObject({ kind: z.literal('contact'), contactId: keySchema }),
    ]),
  }),
  /** Lines that are new or written anew, lines taken away, and what is changed of the head. */
  'quote.edit': z.strictObject({
    revision,
    head: quoteHeadInputSchema.default({}),
    lines: z.array(quoteLineInputSchema).max(MOST_QUOTE_LINES).default([]),
    removed: z.array(keySchema).max(MOST_QUOTE_LINES).default([]),
    /** The revision of the requisition that it is written to from now on; left out, as before. */
    answers: revision.optional(),
  }),
  /** Price it anew and have it reviewed; where no step is demanded it is ready at once. */
  'quote.submit_for_review': z.strictObject({ revision }),
  /** Take one's steps of its review. */
  'quote.approve': z.strictObject({ revision }),
  /** Back to whoever writes it. */
  'quote.refuse': z.strictObject({ revision, reason: requiredTextSchema(DECISION_TEXT_LIMIT) }),
  'quote.send': z.strictObject({ revision }),
  /** Take it back, or put a draft away. */
  'quote.withdraw': z.strictObject({ revision, reason: text(DECISION_TEXT_LIMIT) }),
  /** Write the next version of what has gone out; `withCounter`: as the customer wants it. */
  'quote.new_version': z.strictObject({ revision, withCounter: z.boolean().default(false) }),
} as const
