import { refusal, type Refusal } from '../../contract/errors'
import { instantSchema, uuidSchema } from '../../contract/primitives'
import { z } from '../../contract/zod'

const keysetSchema = z.object({ at: instantSchema, id: uuidSchema })

/** Where a page of a list sorted by time and id ended. Opaque to whoever passes it back. */
export interface Keyset {
  readonly at: string
  readonly id: string
}

export function writeKeyset({ at, id }: Keyset): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url')
}

/** Null when it was never given out by this gateway. */
export function readKeyset(text: string): Keyset | null {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (!Array.isArray(parsed)) return null
    const [at, id] = parsed as unknown[]
    const keyset = keysetSchema.safeParse({ at, id })
    return keyset.success ? keyset.data : null
  } catch {
    return null
  }
}

export function badKeyset(): Refusal {
  return refusal('invalid', 'The list cannot be continued from there. Begin at its start.', {
    issues: [{ pointer: '/params/after', message: 'is not a cursor of this list' }],
  })
}
