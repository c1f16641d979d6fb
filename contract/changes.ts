/** What one of the seller's people changes of a requisition, as it travels; see `domain/requisition/changes.ts`. */
import { LARGEST_DOCUMENT } from '../domain/requisition/document-size'
import { WHOLE } from '../domain/units'
import {
  calendarDateSchema,
  integerSchema,
  keySchema,
  requiredTextSchema,
  textSchema,
} from './primitives'
import { z } from './zod'

const textOrNull = (maximum: number) =>
  textSchema(maximum)
    .nullable()
    .transform((text) => text || null)
    .optional()

/** An internal comment is for the seller's people and told to no shop. */
export const internalCommentSchema = textOrNull(4_000)

const lineFields = {
  /** In thousandths of the article's unit; judged with the article at hand. */
  quantity: integerSchema.optional(),
  /** A price set by hand, in the document's currency; null takes back what was set. */
  set: z
    .strictObject({
      amount: integerSchema.min(0),
      basis: z.enum(['net', 'gross']),
      rebate: integerSchema.min(0).max(WHOLE),
    })
    .nullable()
    .optional(),
  warehouseId: keySchema.nullable().optional(),
  requestedDate: calendarDateSchema.nullable().optional(),
  comment: textOrNull(1_000),
}

const lineChangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('changed'), id: keySchema, ...lineFields }),
  z.strictObject({
    kind: z.literal('added'),
    /** A new row id of the sender's own; it never changes. */
    id: keySchema,
    articleId: keySchema,
    ...lineFields,
    quantity: integerSchema,
  }),
  z.strictObject({ kind: z.literal('removed'), id: keySchema }),
])

/** Everything that is changed at once; what is left out stays as it is. */
export const changesSchema = z.strictObject({
  head: z
    .strictObject({
      /** The key of one of the company's addresses, or an address written out. */
      deliveryAddress: z
        .union([
          keySchema,
          z.strictObject({
            name: requiredTextSchema(200),
            street: requiredTextSchema(200),
            postalCode: requiredTextSchema(20),
            city: requiredTextSchema(100),
            country: z.string().regex(/^[A-Z]{2}$/, 'an ISO 3166 code of two letters'),
          }),
        ])
        .nullable()
        .optional(),
      yourReference: textOrNull(200),
      purchaseOrderNumber: textOrNull(100),
      goodsMark: textOrNull(200),
      freightTerms: textOrNull(200),
      partDeliveries: z.boolean().nullable().optional(),
      requestedDate: calendarDateSchema.nullable().optional(),
    })
    .default({}),
  lines: z
    .array(lineChangeSchema)
    .max(2 * LARGEST_DOCUMENT)
    .default([]),
})
