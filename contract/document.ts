/** What documents have in common, as it travels. */
import type { Address } from '../domain/company'
import { calendarDateSchema, currencySchema, keySchema } from './primitives'
import { z } from './zod'

export const addressSchema = z.object({
  id: z.string(),
  name: z.string(),
  street: z.string(),
  postalCode: z.string(),
  city: z.string(),
  country: z.string(),
}) satisfies z.ZodType<Address>

/** What a document says beside its lines; the same on a requisition, a quote and an order. */
export const documentHeadSchema = z.object({
  companyId: keySchema,
  contactId: keySchema,
  currency: currencySchema,
  deliveryAddress: addressSchema.nullable(),
  yourReference: z.string().nullable(),
  purchaseOrderNumber: z.string().nullable(),
  goodsMark: z.string().nullable(),
  freightTerms: z.string().nullable(),
  partDeliveries: z.boolean().nullable(),
  requestedDate: calendarDateSchema.nullable(),
  comment: z.string().nullable(),
})
export type DocumentHead = z.infer<typeof documentHeadSchema>
