/** The figures that a decision stands on, as they travel: the shapes of `domain/requisition/figures`. */
import type { Delivery } from '../domain/availability/delivery'
import type { PriceFigure, SeenFigures } from '../domain/requisition/figures'
import {
  calendarDateSchema,
  instantSchema,
  integerSchema,
  keySchema,
  uuidSchema,
} from './primitives'
import { z } from './zod'

export const companyStatusSchema = z.enum(['active', 'on_hold', 'blocked', 'closed'])

export const priceFigureSchema = z.strictObject({
  amount: integerSchema,
  basis: z.enum(['net', 'gross']),
  rebate: integerSchema,
}) satisfies z.ZodType<PriceFigure>

export const deliverySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('deliverable'), warehouseId: keySchema }),
  z.strictObject({ kind: z.literal('promised'), warehouseId: keySchema, date: calendarDateSchema }),
  z.strictObject({
    kind: z.literal('lead_time'),
    warehouseId: keySchema,
    days: z.number().int(),
    date: calendarDateSchema,
  }),
  z.strictObject({ kind: z.literal('out_of_stock'), warehouseId: keySchema }),
]) satisfies z.ZodType<Delivery>

/** Stock that is held for a while for a requisition somebody else is deciding on. */
export const heldStockSchema = z.object({
  warehouseId: keySchema,
  quantity: integerSchema,
  /** Who has claimed it. */
  by: z.string(),
  /** Null where whoever is told may not see it. */
  requisition: z.object({ id: uuidSchema, number: z.string() }).nullable(),
  until: instantSchema,
})
export type HeldStock = z.infer<typeof heldStockSchema>

/** What was before an approver. What is left out was not, and is compared with nothing. */
export const seenFiguresSchema = z.strictObject({
  net: integerSchema,
  overCredit: integerSchema.optional(),
  status: companyStatusSchema.optional(),
  lines: z.record(
    z.string(),
    z.strictObject({
      price: priceFigureSchema.nullable(),
      /** Left out where it is the same as `price`. */
      resolved: priceFigureSchema.nullable().optional(),
      delivery: deliverySchema.nullable().optional(),
    }),
  ),
}) satisfies z.ZodType<SeenFigures>
