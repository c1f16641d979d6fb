import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from '../../contract/zod'
import { canonicalJson } from '../canonical-json'
import { nothingBefore } from './digest'

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/)

const lineSchema = z.strictObject({
  /** `restored`: the database was taken back to this seal, and goes on from it. */
  kind: z.enum(['sealed', 'restored']),
  /** The seal's number; 0 only in a database that was restored without any. */
  n: z.number().int().min(0).refine(Number.isSafeInteger),
  hash: sha256Schema,
  /** Entries sealed by this seal and all before it. */
  entries: z.number().int().min(0).refine(Number.isSafeInteger),
  /** When the line was written, by the gateway's clock. */
  at: z.iso.datetime(),
  mac: sha256Schema,
})

/** What an anchor says of a seal. */
export type AnchorLine = z.infer<typeof lineSchema>

/** More than any line of ours has. */
export const longestLine = 1_000

/**
 * Write a line of the anchor: one JSON object with
 * `mac` = HMAC-SHA-256(key, mac of the line before ‖ JSON of all other fields), keys in order.
 *
 * @param before the mac of the line before, or null for the first
 */
export function writeLine(
  key: Buffer,
  before: string | null,
  fields: Omit<AnchorLine, 'mac'>,
): string {
  return `${JSON.stringify({ ...fields, mac: macOf(key, before, fields) })}\n`
}

/** A line as it was written, or null when that is no line of an anchor. Says nothing of its mac. */
export function parseLine(text: string): AnchorLine | null {
  try {
    return lineSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** Whether whoever wrote the line had the key and wrote it behind that other line. */
export function isGenuine(key: Buffer, before: string | null, line: AnchorLine): boolean {
  const { mac, ...fields } = line
  return timingSafeEqual(Buffer.from(mac, 'hex'), Buffer.from(macOf(key, before, fields), 'hex'))
}

function macOf(key: Buffer, before: string | null, fields: Omit<AnchorLine, 'mac'>): string {
  return createHmac('sha256', key)
    .update(before === null ? nothingBefore : Buffer.from(before, 'hex'))
    .update(canonicalJson(fields), 'utf8')
    .digest('hex')
}
