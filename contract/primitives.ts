/** Schemas of the units in `domain/units.ts`, as they travel between Kontor's own parts. */
import type { UnitPrice } from '../domain/units'
import { z } from './zod'

/** A key that another system or the seller chose: article number, customer number, shop id. */
export const keySchema = z
  .string()
  .min(1)
  .max(120)
  // Control characters and surrounding space make two keys look like one.
  .regex(/^[^\s\p{C}](?:[^\p{C}]*[^\s\p{C}])?$/u, 'no control characters or surrounding space')

export const uuidSchema = z.uuid()
/** Chosen by whoever sends the file, and told apart by how it is written: as the database writes it. */
export const attachmentIdSchema = uuidSchema.toLowerCase()
export const integerSchema = z.number().int().refine(Number.isSafeInteger, 'out of range')
export const versionSchema = z.number().int().min(0)
export const currencySchema = z.string().regex(/^[A-Z]{3}$/, 'an ISO 4217 code')
export const instantSchema = z.iso.datetime()
export const calendarDateSchema = z.iso.date()

export const unitPriceSchema = z.object({
  amount: integerSchema,
  basis: z.enum(['net', 'gross']),
  currency: currencySchema,
}) satisfies z.ZodType<UnitPrice>

/**
 * Free text a person typed: trimmed, no control characters but line breaks and tabs, and no half
 * characters (lone surrogates), which the database cannot keep.
 */
export function textSchema(maximum: number) {
  return z
    .string()
    .max(maximum)
    .regex(/^(?:[^\p{Cc}\p{Cs}]|[\n\r\t])*$/u, 'no control characters')
    .transform((text) => text.trim())
}

/** The same, and it must say something. */
export function requiredTextSchema(maximum: number) {
  return textSchema(maximum).refine((text) => text.length > 0, 'must not be empty')
}

/** Who did it. A contact acts through the shop, a user at the console, the system by its own rules. */
export const actorSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('user'), id: uuidSchema, name: z.string() }),
  z.object({ kind: z.literal('contact'), id: keySchema, name: z.string() }),
  z.object({ kind: z.literal('system'), name: z.string() }),
])
export type Actor = z.infer<typeof actorSchema>
