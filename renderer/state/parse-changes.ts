import { entitySchemas } from '../../contract/entities'
import type { EntityKind, EntityOf } from '../../contract/entities'
import type { Change } from '../../contract/feed'
import { z } from '../../contract/zod'

/** A change whose value has the shape of its kind. */
export type EntityChange = {
  readonly [K in EntityKind]: {
    readonly kind: K
    readonly id: string
    readonly version: number
    readonly value: EntityOf<K> | null
  }
}[EntityKind]

/** A change that could not be read: it is left out, and shown as left out. */
export interface UnreadableChange {
  readonly kind: EntityKind
  readonly id: string
  readonly version: number
  readonly why: string
}

export interface ParsedChanges {
  readonly changes: readonly EntityChange[]
  readonly unreadable: readonly UnreadableChange[]
}

const batchSchemas = new Map<EntityKind, z.ZodType<readonly unknown[]>>()

function batchSchema(kind: EntityKind): z.ZodType<readonly unknown[]> {
  let schema = batchSchemas.get(kind)
  if (!schema) batchSchemas.set(kind, (schema = z.array(entitySchemas[kind])))
  return schema
}

/**
 * Parses a batch, a whole kind at a time. Only when a kind holds something that does not parse is
 * it gone through one by one, so that one broken value costs itself and nothing else.
 */
export function parseChanges(batch: readonly Change[]): ParsedChanges {
  const byKind = new Map<EntityKind, Change[]>()
  const changes: EntityChange[] = []
  const unreadable: UnreadableChange[] = []
  for (const change of batch) {
    if (change.value === null) {
      changes.push({ ...change, value: null })
      continue
    }
    const group = byKind.get(change.kind)
    if (group) group.push(change)
    else byKind.set(change.kind, [change])
  }
  for (const [kind, group] of byKind) {
    const together = batchSchema(kind).safeParse(group.map(({ value }) => value))
    if (together.success) {
      group.forEach((change, index) => changes.push(asEntityChange(change, together.data[index])))
      continue
    }
    for (const change of group) {
      const alone = entitySchemas[kind].safeParse(change.value)
      if (alone.success) changes.push(asEntityChange(change, alone.data))
      else unreadable.push({ ...identityOf(change), why: z.prettifyError(alone.error) })
    }
  }
  return { changes, unreadable }
}

function asEntityChange(change: Change, value: unknown): EntityChange {
  return { ...identityOf(change), value } as EntityChange
}

function identityOf({ kind, id, version }: Change): Pick<Change, 'kind' | 'id' | 'version'> {
  return { kind, id, version }
}
