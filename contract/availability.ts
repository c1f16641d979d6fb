/** What a webshop is answered that asks what can be delivered; see docs/storefront.md. */
import { z } from './zod'

/** More articles than this in one question are refused; the shop asks in several. */
export const maximumArticlesAsked = 200

const statuses = ['deliverable', 'promised', 'lead_time', 'out_of_stock'] as const

/** A decimal in the article's unit as customers may see it; null where only yes or no is shown. */
const shownQuantitySchema = z
  .object({
    quantity: z.string(),
    /** There is so much or more: “50+”. */
    orMore: z.boolean(),
  })
  .nullable()

const warehouseAvailabilitySchema = z.object({
  warehouse: z.string(),
  name: z.string(),
  status: z.enum(statuses),
  /** What can leave today, whatever was asked for. */
  now: shownQuantitySchema,
  /** The working day on which all that was asked for can leave; null when nobody can say. */
  date: z.string().nullable(),
  /** False where the date stands on inbound that is only planned; null where it stands on none. */
  confirmed: z.boolean().nullable(),
  /** In working days; null where the date is not by that. */
  leadTimeDays: z.number().int().nullable(),
  /** When the source was read, and whether that is long ago. */
  observedAt: z.string(),
  stale: z.boolean(),
  /** The same in the customer's language. */
  text: z.string(),
})

const articleAvailabilitySchema = z.object({
  /** As it was asked for. */
  article: z.string(),
  quantity: z.string(),
  /** Null of an article that is not known. */
  unit: z.string().nullable(),
  /** Of the best single warehouse; `not_stocked` where none that is open to the customer holds it. */
  status: z.enum([...statuses, 'not_stocked', 'unknown_article']),
  best: z.string().nullable(),
  text: z.string(),
  /** In the order in which the seller delivers from them. */
  warehouses: z.array(warehouseAvailabilitySchema),
  /** What several can deliver now between them; null where one can alone, or fewer than two have any. */
  split: z
    .object({
      parts: z.array(z.object({ warehouse: z.string(), quantity: shownQuantitySchema })),
      /** Whether they come to all that was asked for. */
      whole: z.boolean(),
      /** What they leave; null where that is not shown. */
      missing: z.string().nullable(),
      text: z.string(),
    })
    .nullable(),
})

/** `GET /storefront/v1/availability`: the articles in the order they were asked for. */
export const availabilitySchema = z.object({
  /** The seller's day that the dates are counted from. */
  today: z.string(),
  language: z.enum(['sv', 'en']),
  articles: z.array(articleAvailabilitySchema),
})
export type AvailabilityAnswer = z.infer<typeof availabilitySchema>
export type ArticleAvailability = z.infer<typeof articleAvailabilitySchema>
