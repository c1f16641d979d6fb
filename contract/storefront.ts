/**
 * What the webshop and the gateway say to each other: events in, changes out. Both directions are
 * signed by the Standard Webhooks scheme; see docs/storefront.md, whose JSON Schemas are made from
 * these. Keys are the shop's and the seller's own, figures are decimals in whole units.
 */
import { MOST_ATTACHMENTS } from '../domain/attachment/limits'
import { LARGEST_DOCUMENT } from '../domain/requisition/document-size'
import { decimalSchema, percentInput, priceInput } from './decimal'
import {
  attachmentIdSchema,
  calendarDateSchema,
  currencySchema,
  instantSchema,
  keySchema,
  requiredTextSchema,
  textSchema,
} from './primitives'
import { z } from './zod'

/** More lines than this in one document are refused; the shop must split it. */
export const maximumLines = LARGEST_DOCUMENT
/** A request body larger than this is refused before it is read to the end. */
export const maximumBodyBytes = 8 * 1024 * 1024

const optionalText = (maximum: number) =>
  textSchema(maximum)
    .nullish()
    .transform((value) => value || null)
const optionalDate = calendarDateSchema.nullish().transform((value) => value ?? null)

const addressInput = z.strictObject({
  name: requiredTextSchema(200),
  street: requiredTextSchema(200),
  postalCode: requiredTextSchema(20),
  city: requiredTextSchema(100),
  country: z.string().regex(/^[A-Z]{2}$/, 'an ISO 3166 code of two letters'),
})

const linePriceSchema = z
  .strictObject({
    amount: priceInput,
    basis: z.enum(['net', 'gross']).default('net'),
    rebate: percentInput.default(0),
  })
  .nullish()
  .transform((value) => value ?? null)

export const storefrontLineSchema = z.strictObject({
  /** The shop's row id: unique in the document and never changed. */
  id: keySchema,
  article: keySchema,
  /** In the article's unit. Its sign, precision and pack multiple are judged with the article at hand. */
  quantity: decimalSchema(3),
  /** What the customer was shown, before rebate; absent when the shop showed none. */
  price: linePriceSchema,
  warehouse: keySchema.nullish().transform((value) => value ?? null),
  requestedDate: optionalDate,
  comment: optionalText(1_000),
})

const documentFields = {
  /** The shop's own id of the document; with the shop it names the requisition for ever. */
  id: keySchema,
  /** Counts up when a returned document is sent again, changed. */
  revision: z.number().int().min(1).max(10_000).default(1),
  contact: keySchema,
  currency: currencySchema,
  lines: z
    .array(storefrontLineSchema)
    .min(1, 'must have at least one line')
    .max(maximumLines, `must have at most ${maximumLines} lines`),
  /** The key of one of the company's addresses, or an address written out. */
  deliveryAddress: z
    .union([keySchema, addressInput])
    .nullish()
    .transform((value) => value ?? null),
  origin: z.enum(['list', 'cart', 'chat', 'plan']).optional(),
  name: optionalText(200),
  yourReference: optionalText(200),
  purchaseOrderNumber: optionalText(100),
  goodsMark: optionalText(200),
  freightTerms: optionalText(200),
  partDeliveries: z
    .boolean()
    .nullish()
    .transform((value) => value ?? null),
  requestedDate: optionalDate,
  comment: optionalText(4_000),
  /** Files that were sent before, to come with it; what came with it before stays. */
  attachments: z
    .array(z.strictObject({ id: attachmentIdSchema, name: requiredTextSchema(1_000) }))
    .max(MOST_ATTACHMENTS)
    .optional(),
}

export const storefrontDocumentSchema = z.strictObject(documentFields)
export type StorefrontDocument = z.infer<typeof storefrontDocumentSchema>
export type StorefrontLine = z.infer<typeof storefrontLineSchema>

const withdrawalSchema = z.strictObject({
  id: keySchema,
  contact: keySchema,
  reason: optionalText(1_000),
})

const acceptanceSchema = z.strictObject({
  id: keySchema,
  /** The one that was returned with the proposal. */
  revision: z.number().int().min(1).max(10_000),
  contact: keySchema,
})

/** What somebody of the customer's says who is asked to approve what a colleague has sent. */
const buyerAnswerFields = {
  id: keySchema,
  /** The one they have looked at, as the shop was told it. */
  revision: z.number().int().min(1).max(10_000),
  contact: keySchema,
}
const buyerApprovalSchema = z.strictObject(buyerAnswerFields)
const buyerRejectionSchema = z.strictObject({
  ...buyerAnswerFields,
  /** Whoever sent it sees it. */
  reason: requiredTextSchema(1_000),
})

/** Which version of which quote a customer answers. */
const quoteAnswerFields = {
  /** The quote's number. */
  quote: keySchema,
  /** Its version, as it was told; another one than the newest is refused. */
  version: z.number().int().min(1).max(10_000),
  contact: keySchema,
}

/** A row as the customer wants it; what is left out stays as it was offered. */
const counterLineSchema = z.strictObject({
  id: keySchema,
  quantity: decimalSchema(3)
    .nullish()
    .transform((value) => value ?? null),
  price: linePriceSchema,
})

const quoteAcceptanceSchema = z.strictObject(quoteAnswerFields)
const counterSchema = z.strictObject({
  ...quoteAnswerFields,
  message: requiredTextSchema(4_000),
  lines: z
    .array(counterLineSchema)
    .max(maximumLines, `must have at most ${maximumLines} lines`)
    .default([]),
})
const declineSchema = z.strictObject({ ...quoteAnswerFields, reason: optionalText(1_000) })

/** What a shop sends of documents of its own. */
export const storefrontEventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('list.sent'),
    timestamp: instantSchema,
    data: storefrontDocumentSchema,
  }),
  z.strictObject({
    type: z.literal('quote.requested'),
    timestamp: instantSchema,
    data: storefrontDocumentSchema,
  }),
  z.strictObject({
    type: z.literal('requisition.submitted'),
    timestamp: instantSchema,
    data: storefrontDocumentSchema,
  }),
  z.strictObject({
    type: z.literal('requisition.withdrawn'),
    timestamp: instantSchema,
    data: withdrawalSchema,
  }),
  z.strictObject({
    type: z.literal('requisition.accepted'),
    timestamp: instantSchema,
    data: acceptanceSchema,
  }),
  z.strictObject({
    type: z.literal('requisition.buyer_approved'),
    timestamp: instantSchema,
    data: buyerApprovalSchema,
  }),
  z.strictObject({
    type: z.literal('requisition.buyer_rejected'),
    timestamp: instantSchema,
    data: buyerRejectionSchema,
  }),
])
export type StorefrontEvent = z.infer<typeof storefrontEventSchema>
export type StorefrontEventInput = z.input<typeof storefrontEventSchema>

/** What a customer says to a quote. */
export const quoteAnswerEventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('quote.accepted'),
    timestamp: instantSchema,
    data: quoteAcceptanceSchema,
  }),
  z.strictObject({
    type: z.literal('quote.countered'),
    timestamp: instantSchema,
    data: counterSchema,
  }),
  z.strictObject({
    type: z.literal('quote.declined'),
    timestamp: instantSchema,
    data: declineSchema,
  }),
])
export type QuoteAnswerEvent = z.infer<typeof quoteAnswerEventSchema>

/** The body of `POST /storefront/v1/events`. */
export const anyStorefrontEventSchema = z.discriminatedUnion('type', [
  ...storefrontEventSchema.options,
  ...quoteAnswerEventSchema.options,
])
export type AnyStorefrontEvent = z.infer<typeof anyStorefrontEventSchema>
export const storefrontEventTypes = [
  'list.sent',
  'quote.requested',
  'requisition.submitted',
  'requisition.withdrawn',
  'requisition.accepted',
  'requisition.buyer_approved',
  'requisition.buyer_rejected',
  'quote.accepted',
  'quote.countered',
  'quote.declined',
] as const

/** What a well-received event is answered with (HTTP 202, or 200 when it had been received before). */
export const storefrontReceiptSchema = z.object({
  /** The `webhook-id` it came under. */
  id: z.string(),
  requisition: z.object({
    id: z.string(),
    number: z.string(),
    revision: z.number().int(),
    state: z.string(),
    orderNumber: z.string().nullable(),
  }),
})
export type StorefrontReceipt = z.infer<typeof storefrontReceiptSchema>

/** The same where it was an answer to a quote. */
export const quoteReceiptSchema = z.object({
  id: z.string(),
  quote: z.object({
    id: z.string(),
    number: z.string(),
    version: z.number().int(),
    state: z.string(),
    orderNumber: z.string().nullable(),
  }),
})
export const anyReceiptSchema = z.union([storefrontReceiptSchema, quoteReceiptSchema])
export type AnyReceipt = z.infer<typeof anyReceiptSchema>

const outcomeFields = {
  /** The shop's own id, as it was sent. */
  id: z.string(),
  number: z.string(),
  revision: z.number().int(),
  company: z.string(),
  contact: z.string(),
  /** A name and nothing more: who decided, or null when the system did. */
  decidedBy: z.string().nullable(),
  /** Of which document it is the rest; left out where the shop itself sent it in. */
  restOf: z.object({ id: z.string(), number: z.string() }).optional(),
}

/** A counter-proposal. Amounts and prices are decimal strings in the major unit, rebates in per cent. */
const proposedSchema = z.object({
  currency: z.string(),
  net: z.string(),
  vat: z.string(),
  gross: z.string(),
  deliveryAddress: z
    .object({
      /** Empty where it was written out. */
      id: z.string(),
      name: z.string(),
      street: z.string(),
      postalCode: z.string(),
      city: z.string(),
      country: z.string(),
    })
    .nullable(),
  yourReference: z.string().nullable(),
  purchaseOrderNumber: z.string().nullable(),
  goodsMark: z.string().nullable(),
  freightTerms: z.string().nullable(),
  partDeliveries: z.boolean().nullable(),
  requestedDate: z.string().nullable(),
  lines: z.array(
    z.object({
      id: z.string(),
      article: z.string(),
      quantity: z.string(),
      /** Before rebate; null while there is no price. */
      price: z
        .object({ amount: z.string(), basis: z.enum(['net', 'gross']), rebate: z.string() })
        .nullable(),
      rowAmount: z.string().nullable(),
      warehouse: z.string().nullable(),
      requestedDate: z.string().nullable(),
      comment: z.string().nullable(),
    }),
  ),
})
/** What every change of a quote tells. */
const quoteFields = {
  id: z.string(),
  number: z.string(),
  version: z.number().int(),
  /** The shop's own id of the document that it answers; null where it answers none. */
  document: z.string().nullable(),
  company: z.string(),
  contact: z.string(),
}

const sums = {
  currency: z.string(),
  /** Decimal strings in the major unit. */
  net: z.string(),
  vat: z.string(),
  gross: z.string(),
}

const quoteChanges = [
  z.object({
    type: z.literal('quote.sent'),
    timestamp: z.string(),
    data: z.object({
      ...quoteFields,
      /** Who sent it. */
      sentBy: z.string(),
      /** The last day on which it can be accepted. */
      validUntil: z.string(),
      message: z.string().nullable(),
      ...sums,
      lines: z.array(
        z.object({
          id: z.string(),
          article: z.string(),
          quantity: z.string(),
          price: z.object({
            amount: z.string(),
            basis: z.enum(['net', 'gross']),
            /** Per cent. */
            rebate: z.string(),
          }),
          /** Per cent. */
          vatRate: z.string(),
          rowAmount: z.string(),
          requestedDate: z.string().nullable(),
          comment: z.string().nullable(),
        }),
      ),
    }),
  }),
  z.object({
    type: z.literal('quote.withdrawn'),
    timestamp: z.string(),
    data: z.object({ ...quoteFields, reason: z.string().nullable() }),
  }),
  z.object({
    type: z.literal('quote.expired'),
    timestamp: z.string(),
    data: z.object({ ...quoteFields, validUntil: z.string() }),
  }),
  z.object({
    type: z.literal('quote.countered'),
    timestamp: z.string(),
    data: z.object({ ...quoteFields, by: z.string(), message: z.string() }),
  }),
  z.object({
    type: z.literal('quote.declined'),
    timestamp: z.string(),
    data: z.object({ ...quoteFields, by: z.string(), reason: z.string().nullable() }),
  }),
  z.object({
    type: z.literal('quote.ordered'),
    timestamp: z.string(),
    data: z.object({
      ...quoteFields,
      by: z.string(),
      orderNumber: z.string(),
      ...sums,
      lines: z.array(
        z.object({
          id: z.string(),
          article: z.string(),
          quantity: z.string(),
          rowAmount: z.string(),
          warehouse: z.string().nullable(),
          requestedDate: z.string().nullable(),
          expectedDate: z.string().nullable(),
        }),
      ),
    }),
  }),
] as const

/** Days that an order's lines are promised for. */
const orderConfirmedChange = z.object({
  type: z.literal('order.confirmed'),
  timestamp: z.string(),
  data: z.object({
    id: z.string(),
    /** The order number. */
    number: z.string(),
    /** `confirmed` once every line has had its day; an order that lines have left says `part_delivered`. */
    state: z.string(),
    /** The shop's own id of the document that it came from; null where it came from none. */
    document: z.string().nullable(),
    company: z.string(),
    contact: z.string(),
    confirmedBy: z.string(),
    /** All of the order's lines. */
    lines: z.array(z.object({ id: z.string(), confirmedDate: z.string().nullable() })),
  }),
})

/** What can be delivered of articles may be another than it was; told to shops that want it. */
const availabilityChange = z.object({
  type: z.literal('availability.changed'),
  timestamp: z.string(),
  /** Article numbers; null where it may be so of all. */
  data: z.object({ articles: z.array(z.string()).nullable() }),
})

/** What became of a document: one entry of the changes feed, and the body of a pushed webhook. */
export const storefrontChangeSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('requisition.received'),
    timestamp: z.string(),
    data: z.object({ ...outcomeFields, state: z.string() }),
  }),
  z.object({
    type: z.literal('requisition.awaits_buyer'),
    timestamp: z.string(),
    data: z.object({ ...outcomeFields, ...sums }),
  }),
  z.object({
    type: z.literal('requisition.awaits_no_buyer'),
    timestamp: z.string(),
    data: z.object({
      ...outcomeFields,
      /** Who of the company's own has approved it; null where nobody of them is asked any more. */
      approvedBy: z.string().nullable(),
    }),
  }),
  z.object({
    type: z.literal('requisition.rejected'),
    timestamp: z.string(),
    data: z.object({ ...outcomeFields, reason: z.string() }),
  }),
  z.object({
    type: z.literal('requisition.returned'),
    timestamp: z.string(),
    data: z.object({
      ...outcomeFields,
      message: z.string(),
      /** What the seller proposes instead; left out where only the message was sent. */
      proposal: proposedSchema.optional(),
      /** The number of the quote that it was answered with; absent where it is to be changed. */
      quote: z.string().optional(),
    }),
  }),
  z.object({
    type: z.literal('requisition.withdrawn'),
    timestamp: z.string(),
    data: z.object({ ...outcomeFields, reason: z.string().nullable() }),
  }),
  z.object({
    type: z.literal('requisition.expired'),
    timestamp: z.string(),
    data: z.object(outcomeFields),
  }),
  z.object({
    type: z.literal('requisition.split'),
    timestamp: z.string(),
    data: z.object({
      ...outcomeFields,
      /** Ids of the lines that stay. */
      lines: z.array(z.string()),
      /** The document that the other lines are from now on, under an id of ours. */
      rest: z.object({
        id: z.string(),
        number: z.string(),
        revision: z.number().int(),
        lines: z.array(z.string()),
      }),
    }),
  }),
  z.object({
    type: z.literal('requisition.attachments'),
    timestamp: z.string(),
    data: z.object({
      ...outcomeFields,
      /** All that the customer may fetch of it from now on. */
      attachments: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          mediaType: z.string(),
          /** In bytes. */
          size: z.number().int(),
          /** Of what it holds, hexadecimal. */
          sha256: z.string(),
        }),
      ),
    }),
  }),
  z.object({
    type: z.literal('requisition.ordered'),
    timestamp: z.string(),
    data: z.object({
      ...outcomeFields,
      orderNumber: z.string(),
      currency: z.string(),
      /** Decimal strings in the major unit. */
      net: z.string(),
      vat: z.string(),
      gross: z.string(),
      lines: z.array(
        z.object({
          id: z.string(),
          article: z.string(),
          quantity: z.string(),
          rowAmount: z.string(),
          warehouse: z.string().nullable(),
          requestedDate: z.string().nullable(),
          /** When it can leave as known at the moment of ordering; null when nobody can say. */
          expectedDate: z.string().nullable(),
        }),
      ),
    }),
  }),
  ...quoteChanges,
  orderConfirmedChange,
  availabilityChange,
])
export type StorefrontChange = z.infer<typeof storefrontChangeSchema>

/** `GET /storefront/v1/changes?since=`: everything after the cursor, oldest first. */
export interface StorefrontChangesPage {
  readonly changes: readonly { readonly id: string; readonly change: StorefrontChange }[]
  /** Hand it back as `since`; opaque to the shop. */
  readonly cursor: string
  /** True when there is more to fetch at once. */
  readonly more: boolean
}
export const storefrontChangesPageSchema = z.object({
  changes: z.array(z.object({ id: z.string(), change: storefrontChangeSchema })),
  cursor: z.string(),
  more: z.boolean(),
}) satisfies z.ZodType<StorefrontChangesPage>

/**
 * RFC 9457 problem document; `errors` points into the body by JSON pointer (RFC 6901), or names a
 * parameter of the address, with its value where there are several of the name.
 */
export interface ProblemDocument {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
  readonly instance?: string
  readonly errors?: readonly {
    readonly pointer?: string | undefined
    readonly parameter?: string | undefined
    readonly value?: string | undefined
    readonly code: string
    readonly detail: string
  }[]
}
export const problemDocumentSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
  errors: z
    .array(
      z.object({
        pointer: z.string().optional(),
        parameter: z.string().optional(),
        value: z.string().optional(),
        code: z.string(),
        detail: z.string(),
      }),
    )
    .optional(),
})
