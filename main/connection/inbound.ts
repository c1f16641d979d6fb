/** What comes over the socket, parsed at the door. */
import { entityKinds } from '../../contract/entities'
import { changeSchema, type Change } from '../../contract/feed'
import { refusalSchema, type Refusal } from '../../contract/errors'
import { z } from '../../contract/zod'

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  /** Says where and why, never what was there: that may be anybody's data. */
  | { readonly ok: false; readonly why: string }

export function parse<S extends z.ZodType>(schema: S, raw: unknown): Parsed<z.output<S>> {
  const parsed = schema.safeParse(raw)
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, why: describeIssues(parsed.error) }
}

const anyChangesSchema = z.array(changeSchema.extend({ kind: z.string() }))
const known: ReadonlySet<string> = new Set(entityKinds)

function isOfKnownKind(change: z.infer<typeof anyChangesSchema>[number]): change is Change {
  return known.has(change.kind)
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * A batch of changes, which comes as JSON text in UTF-8. Kinds that this version does not know are passed over:
 * a gateway of a later one may have more of them. The values themselves are checked where they are
 * taken into the replica, one for one (`main/replica/items.ts`).
 */
export function parseChanges(bytes: unknown): Parsed<readonly Change[]> {
  const raw = fromText(bytes)
  if (raw === undefined) return { ok: false, why: 'not JSON text' }
  const envelope = parse(anyChangesSchema, raw)
  if (!envelope.ok) return envelope
  return { ok: true, value: envelope.value.filter(isOfKnownKind) }
}

function fromText(bytes: unknown): unknown {
  if (!(bytes instanceof Uint8Array)) return undefined
  try {
    return JSON.parse(utf8.decode(bytes))
  } catch {
    return undefined
  }
}

/** The refusal that a failed handshake carries, if it carries one. */
export function refusalOf(error: unknown): Refusal | null {
  const data = typeof error === 'object' && error !== null && 'data' in error ? error.data : null
  const parsed = refusalSchema.safeParse(data)
  return parsed.success ? parsed.data : null
}

function describeIssues(error: z.ZodError): string {
  const shown = error.issues.slice(0, 3)
  const texts = shown.map(({ path, code }) => `${code} at /${path.map(String).join('/')}`)
  const more = error.issues.length - shown.length
  return more > 0 ? `${texts.join(', ')} and ${more} more` : texts.join(', ')
}
