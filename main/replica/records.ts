/** What a replica's file is made of: one head, then batches, each with the progress it brings. */
import { caughtUpSchema, changesSchema, cursorSchema, type Change } from '../../contract/feed'
import { z } from '../../contract/zod'
import { sealJson } from '../storage/checked-lines'
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

/** A batch as a line of the file, from changes that are JSON already: each is written out only once. */
export function sealBatch(changes: readonly WrittenChange[], progress: Progress): Buffer {
  const { cursor, caughtUp, isOrdered } = progress
  const list = changes.map(({ json }) => json).join(',')
  return sealJson(
    `{"changes":[${list}],"progress":${JSON.stringify({ cursor, caughtUp, isOrdered })}}`,
  )
}

/** A change and its JSON. */
export interface WrittenChange {
  readonly change: Change
  readonly json: string
}

export function written(change: Change): WrittenChange {
  return { change, json: JSON.stringify(change) }
}

/** Names an entity among all of a replica's. */
export function keyOf(change: Pick<Change, 'kind' | 'id'>): string {
  return `${change.kind}:${change.id}`
}

/**
 * Batches no larger than about `limit` characters of JSON, so that no single line holds the main
 * process up; a change larger than that stands alone. Yields at least one batch.
 */
export function* slicesOf(
  changes: readonly Change[],
  limit: number,
): Generator<readonly WrittenChange[]> {
  let slice: WrittenChange[] = []
  let size = 0
  for (const change of changes) {
    const next = written(change)
    if (slice.length > 0 && size + next.json.length > limit) {
      yield slice
      slice = []
      size = 0
    }
    slice.push(next)
    size += next.json.length
  }
  yield slice
}
