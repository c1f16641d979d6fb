import type { EntityKind } from '../../contract/entities'
import type { HeldOf } from './held'
import type { DeltaOf, Replica } from './replica'

export interface SortedIndex {
  /** Ids in order; the same array until the order changes. */
  readonly ids: () => readonly string[]
}

/**
 * Keeps the entities of one kind sorted by a key of theirs; the id decides among equals, so that the
 * order never depends on arrival. May be made at any time, also over a replica that is filled.
 *
 * What is sorted is nearly in order already, which costs the engine's sort one pass.
 */
export function createSortedIndex<K extends EntityKind, Key>(
  replica: Replica,
  kind: K,
  keyOf: (value: HeldOf<K>) => Key,
  compare: (a: Key, b: Key) => number,
): SortedIndex {
  const keys = new Map<string, Key>()
  let entries: { readonly id: string; readonly key: Key }[] = []
  let ids: readonly string[] | null = null

  const put = (added: ReadonlyMap<string, Key>, removed: ReadonlySet<string>) => {
    if (added.size === 0 && removed.size === 0) return
    entries = entries.filter(({ id }) => !removed.has(id) && !added.has(id))
    for (const [id, key] of added) entries.push({ id, key })
    entries.sort((a, b) => compare(a.key, b.key) || (a.id < b.id ? -1 : 1))
    ids = null
  }

  const added = new Map<string, Key>()
  for (const [id, value] of replica.all(kind)) added.set(id, keyOf(value))
  for (const [id, key] of added) keys.set(id, key)
  put(added, new Set())

  replica.observe((deltas) => {
    if (deltas === null) {
      keys.clear()
      entries = []
      ids = null
      return
    }
    const moved = new Map<string, Key>()
    const removed = new Set<string>()
    for (const delta of deltas) {
      if (delta.kind !== kind) continue
      const { id, after } = delta as DeltaOf<EntityKind>
      if (after === null) {
        keys.delete(id)
        moved.delete(id)
        removed.add(id)
        continue
      }
      const key = keyOf(after as HeldOf<K>)
      const before = keys.get(id)
      if (before !== undefined && compare(before, key) === 0) continue
      keys.set(id, key)
      removed.delete(id)
      moved.set(id, key)
    }
    put(moved, removed)
  })

  return { ids: () => (ids ??= entries.map(({ id }) => id)) }
}
