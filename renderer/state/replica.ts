import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import { entityKinds } from '../../contract/entities'
import type { EntityKind, EntityOf } from '../../contract/entities'
import type { EntityChange, ParsedChanges, UnreadableChange } from './parse-changes'

/** What a change did to one entity; null is not there. */
export type Delta = {
  readonly [K in EntityKind]: {
    readonly kind: K
    readonly id: string
    readonly before: EntityOf<K> | null
    readonly after: EntityOf<K> | null
  }
}[EntityKind]

export type DeltaOf<K extends EntityKind> = Extract<Delta, { readonly kind: K }>

export interface ReplicaState {
  /** Counts up with every batch that changed something. */
  readonly revision: number
  /** Whose working set it is; null until main has said. */
  readonly identity: string | null
  /** `loaded` once everything that was on disk has come. */
  readonly phase: 'empty' | 'loading' | 'loaded'
  /** By kind and id, for as long as no readable version of the same entity has come. */
  readonly unreadable: ReadonlyMap<string, UnreadableChange>
}

/**
 * The working set, kept by kind and id. Of two values of an entity the one with the higher version
 * stays, in whatever order and however often they come; null takes an entity away and its version is
 * remembered, so that an older value cannot bring it back.
 */
export interface Replica {
  readonly store: StoreApi<ReplicaState>
  readonly get: <K extends EntityKind>(kind: K, id: string) => EntityOf<K> | undefined
  readonly all: <K extends EntityKind>(kind: K) => ReadonlyMap<string, EntityOf<K>>
  /** 0 for what has never been seen. */
  readonly versionOf: (kind: EntityKind, id: string) => number
  readonly apply: (batch: ParsedChanges) => void
  /** Empties it; `identity` says whose it is from now on. */
  readonly reset: (identity: string) => void
  readonly markLoaded: () => void
  /** Lets the views look again: something that stands beside the replica has changed. */
  readonly touch: () => void
  /**
   * Told of every batch after it is in place and before the views are; null means emptied. Indexes
   * live on it.
   */
  readonly observe: (observer: (deltas: readonly Delta[] | null) => void) => () => void
}

interface Collection {
  readonly values: Map<string, unknown>
  readonly versions: Map<string, number>
}

/** An empty replica. */
export function createReplica(): Replica {
  const collections = new Map<EntityKind, Collection>(
    entityKinds.map((kind) => [kind, { values: new Map(), versions: new Map() }]),
  )
  const observers = new Set<(deltas: readonly Delta[] | null) => void>()
  const store = createStore<ReplicaState>(() => ({
    revision: 0,
    identity: null,
    phase: 'empty',
    unreadable: new Map(),
  }))
  const collection = (kind: EntityKind): Collection => {
    const found = collections.get(kind)
    if (!found) throw new Error(`There is no collection of ${kind}`)
    return found
  }

  const applyOne = (change: EntityChange): Delta | null => {
    const { values, versions } = collection(change.kind)
    if (change.version <= (versions.get(change.id) ?? 0)) return null
    versions.set(change.id, change.version)
    const before = values.get(change.id) ?? null
    if (change.value === null) values.delete(change.id)
    else values.set(change.id, change.value)
    if (before === null && change.value === null) return null
    return { kind: change.kind, id: change.id, before, after: change.value } as Delta
  }

  return {
    store,
    get: <K extends EntityKind>(kind: K, id: string) =>
      collection(kind).values.get(id) as EntityOf<K> | undefined,
    all: <K extends EntityKind>(kind: K) =>
      collection(kind).values as ReadonlyMap<string, EntityOf<K>>,
    versionOf: (kind, id) => collection(kind).versions.get(id) ?? 0,
    apply: ({ changes, unreadable }) => {
      const deltas: Delta[] = []
      for (const change of changes) {
        const delta = applyOne(change)
        if (delta) deltas.push(delta)
      }
      const problems = mergeUnreadable(store.getState().unreadable, changes, unreadable)
      if (deltas.length > 0) for (const observer of observers) observer(deltas)
      if (deltas.length > 0 || problems !== store.getState().unreadable) {
        store.setState((state) => ({ revision: state.revision + 1, unreadable: problems }))
      }
    },
    reset: (identity) => {
      for (const { values, versions } of collections.values()) {
        values.clear()
        versions.clear()
      }
      for (const observer of observers) observer(null)
      store.setState((state) => ({
        revision: state.revision + 1,
        identity,
        phase: 'loading',
        unreadable: new Map(),
      }))
    },
    markLoaded: () => store.setState({ phase: 'loaded' }),
    touch: () => store.setState(({ revision }) => ({ revision: revision + 1 })),
    observe: (observer) => {
      observers.add(observer)
      return () => observers.delete(observer)
    },
  }
}

function mergeUnreadable(
  known: ReadonlyMap<string, UnreadableChange>,
  changes: readonly EntityChange[],
  unreadable: readonly UnreadableChange[],
): ReadonlyMap<string, UnreadableChange> {
  if (unreadable.length === 0 && known.size === 0) return known
  const merged = new Map(known)
  const keyOf = ({ kind, id }: { readonly kind: EntityKind; readonly id: string }) =>
    `${kind} ${id}`
  for (const problem of unreadable) {
    const older = merged.get(keyOf(problem))
    if (!older || older.version < problem.version) merged.set(keyOf(problem), problem)
  }
  for (const change of changes) {
    const problem = merged.get(keyOf(change))
    if (problem && problem.version <= change.version) merged.delete(keyOf(change))
  }
  return merged.size === known.size && unreadable.length === 0 ? known : merged
}
