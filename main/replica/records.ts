/** What a replica's file is made of: one head, then batches, each with the progress it brings. */
import { caughtUpSchema, changesSchema, cursorSchema, type Change } from '../../contract/feed'
import { z } from '../../contract/zod'
import type { Identity } from '../storage/identity'
import type { Progress } from './progress'

/** Counts up whenever a file written before could be misread. */
export const replicaFormat = 1

export const headSchema = z.strictObject({
  format: z.literal(replicaFormat),
  gateway: z.string(),
  user: z.string(),
  epoch: z.string(),
  /** The console's version: values were parsed by its schemas, another version's may differ. */
  app: z.string(),
})
export type Head = z.infer<typeof headSchema>

const progressSchema = z.object({
  cursor: cursorSchema.nullable(),
  caughtUp: caughtUpSchema.nullable(),
  isOrdered: z.boolean(),
})

export const batchSchema = z.strictObject({ changes: changesSchema, progress: progressSchema })
export type Batch = z.infer<typeof batchSchema>

export function headOf(identity: Identity, epoch: string, app: string): Head {
  return { format: replicaFormat, gateway: identity.gateway, user: identity.user, epoch, app }
}

export function batchOf(changes: readonly Change[], progress: Progress): Batch {
  const { cursor, caughtUp, isOrdered } = progress
  return { changes: [...changes], progress: { cursor, caughtUp, isOrdered } }
}

/** Names an entity among all of a replica's. */
export function keyOf(change: Pick<Change, 'kind' | 'id'>): string {
  return `${change.kind}:${change.id}`
}

/**
 * Batches no larger than about `limit` characters of JSON, so that no single line holds the main
 * process up; a change larger than that stands alone. Yields at least one batch.
 */
export function* slicesOf(changes: readonly Change[], limit: number): Generator<readonly Change[]> {
  let slice: Change[] = []
  let size = 0
  for (const change of changes) {
    const length = JSON.stringify(change.value).length
    if (slice.length > 0 && size + length > limit) {
      yield slice
      slice = []
      size = 0
    }
    slice.push(change)
    size += length
  }
  yield slice
}
