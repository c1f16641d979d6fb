/**
 * An export of the audit as JSON Lines: a head, then seal by seal what each sealed, what has not been
 * sealed yet, and an end. Written by `write.ts`, checked by `verify-export.ts`, described in
 * docs/operations.md.
 */
import { auditKinds } from '../../../contract/audit-export'
import { calendarDateSchema, instantSchema } from '../../../contract/primitives'
import { z } from '../../../contract/zod'

/** Of the lines' form; another one is another program's to read. */
export const exportFormat = 1

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.number().int().min(0)
/** With all six decimals of a second, as they are hashed. */
const exactly = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/)

const facts = {
  seq: count,
  at: exactly,
  type: z.string(),
  aggregateKind: z.string(),
  aggregateId: z.string(),
  version: z.number().int(),
}
const payload = {
  actor: z.unknown(),
  data: z.unknown(),
  origin: z.unknown(),
  /** Hashed before the payload; null where it was erased. */
  salt: z
    .string()
    .regex(/^[0-9a-f]+$/)
    .nullable(),
  /** What an erased payload left behind. */
  digest: sha256.nullable(),
}

export const exportLineSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('export'),
    format: z.literal(exportFormat),
    gateway: z.string(),
    /** Days of the seller's, both included, and the instants they are: from the first, before the second. */
    from: calendarDateSchema,
    to: calendarDateSchema,
    timeZone: z.string(),
    since: instantSchema,
    before: instantSchema,
    /** Only what happened to things of this kind; null for all. */
    of: z.enum(auditKinds).nullable(),
    /** Seals made until then were looked through for entries of these days. */
    until: instantSchema,
    exportedAt: instantSchema,
    exportedBy: z.string(),
  }),
  z.strictObject({
    kind: z.literal('seal'),
    n: z.number().int().min(1),
    /** In whole milliseconds, as it is hashed. */
    at: instantSchema,
    previous: sha256,
    /** How many entries it sealed: as many lines follow. */
    sealed: count,
    /** Entries sealed by it and all before it. */
    entries: count,
    hash: sha256,
  }),
  z.strictObject({ kind: z.literal('entry'), ...facts, ...payload, hash: sha256 }),
  /** Sealed beside the others and not asked for: what shows that it was not. */
  z.strictObject({ kind: z.literal('left_out'), ...facts, payloadDigest: sha256, hash: sha256 }),
  /** Was sealed, and is not in the database any more. */
  z.strictObject({ kind: z.literal('missing'), seq: count, hash: sha256 }),
  z.strictObject({ kind: z.literal('unsealed'), ...facts, ...payload }),
  z.strictObject({
    kind: z.literal('end'),
    /** The latest seal there was. */
    latest: count,
    seals: count,
    entries: count,
    leftOut: count,
    unsealed: count,
    erased: count,
  }),
])
export type ExportLine = z.infer<typeof exportLineSchema>
export type ExportHead = Extract<ExportLine, { kind: 'export' }>
