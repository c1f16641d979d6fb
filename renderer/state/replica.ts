import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { EntityKind, Requisition } from '../../contract/entities'
import type { ReplicaItem } from '../../contract/replica-items'
import { HeldRequisition, HeldValue } from './held'
import type { Held, HeldOf } from './held'

/** What a change did to one entity. Values are read when they are looked at. */
export type Delta = { readonly [K in EntityKind]: KindDelta<K> }[EntityKind]

interface KindDelta<K extends EntityKind> {
  readonly kind: K
  readonly id: string
  readonly wasHere: boolean
  readonly isHere: boolean
  /** Null where it was not there. */
  readonly before: HeldOf<K> | null
  /** Null where it is gone. */
  readonly after: HeldOf<K> | null
}

export type DeltaOf<K extends EntityKind> = Extract<Delta, { readonly kind: K }>

/** A change that could not be read: it is left out, and shown as left out. */
export type UnreadableChange = Extract<ReplicaItem, { readonly form: 'unreadable' }>

export interface ReplicaState {
  /** Counts up with every batch that changed something. */
  readonly revision: number
  /** Whose working set it is; null until main has said. */
  readonly identity: string | null
  /** `loaded` once everything that was on disk has come. */
  readonly phase: 'empty' | 'loading' | 'loaded'
  /** Somebody searches, and what requisitions are searched by is on its way. */
  readonly areWordsComing: boolean
  /** By kind and id, for as long as no readable version of the same entity has come. */
  readonly unreadable: ReadonlyMap<string, UnreadableChange>
}

/**
 * The working set, kept by kind and id. Of two values of an entity the one with the higher version
 * stays, in whatever order and however often they come; one that is gone leaves its version behind, so
 * that an older value cannot bring it back. Values are kept as the text they came in until somebody
 * looks at them, and then for good: the same object as long as it is the same version.
 */
export interface Replica {
  readonly store: StoreApi<ReplicaState>
  readonly get: <K extends EntityKind>(kind: K, id: string) => HeldOf<K> | undefined
  /** Reads every value of the kind. */
  readonly all: <K extends EntityKind>(kind: K) => ReadonlyMap<string, HeldOf<K>>
  /** Every requisition by its id, without reading more than is looked at. */
  readonly requisitions: ReadonlyMap<string, HeldRequisition>
  /** The whole of a requisition in its newest version; undefined until it has come. */
  readonly requisition: (id: string) => Requisition | undefined
  /** Keep the whole of a requisition, if it is the version that is here. @param text its JSON */
  readonly complete: (id: string, version: number, text: string) => void
  /** Note that the whole of this version could not be had. */
  readonly miss: (id: string, version: number) => void
  /** Somebody searches: the words of what was told in brief are needed. */
  readonly search: () => void
  /** Told whenever somebody searches. */
  readonly observeSearch: (observer: () => void) => () => void
  /** 0 for what has never been seen. */
  readonly versionOf: (kind: EntityKind, id: string) => number
  /** Takes a batch in. The views are told by `touch`, where this says that something has changed. */
  readonly put: (items: readonly ReplicaItem[]) => boolean
  /** Takes a batch in and tells the views. */
  readonly apply: (items: readonly ReplicaItem[]) => void
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
  readonly held: Map<string, Held>
  readonly versions: Map<string, number>
  /** All values, once somebody has asked for all; kept up from then on. */
  values: Map<string, unknown> | null
}

/** An empty replica. */
export function createReplica(): Replica {
  const requisitions = new Map<string, HeldRequisition>()
  const collections = new Map<EntityKind, Collection>()
  const observers = new Set<(deltas: readonly Delta[] | null) => void>()
  const searchers = new Set<() => void>()
  let unreadable: ReadonlyMap<string, UnreadableChange> = new Map()
  const store = createStore<ReplicaState>(() => ({
    revision: 0,
    identity: null,
    phase: 'empty',
    areWordsComing: false,
    unreadable,
  }))
  const collection = (kind: EntityKind): Collection => {
    let found = collections.get(kind)
    if (!found) {
      const held = kind === 'requisition' ? requisitions : new Map<string, Held>()
      found = { held, versions: new Map(), values: null }
      collections.set(kind, found)
    }
    return found
  }

  const applyOne = (item: ReplicaItem): Delta | null => {
    const { kind, id, version } = item
    const { held, versions, values } = collection(kind)
    if (item.form === 'unreadable' || version <= (versions.get(id) ?? 0)) return null
    versions.set(id, version)
    const before = held.get(id)
    if (item.form === 'gone') {
      held.delete(id)
      values?.delete(id)
      return before ? deltaOf(kind, id, before, undefined) : null
    }
    const after = item.form === 'value' ? new HeldValue(item) : new HeldRequisition(item)
    held.set(id, after)
    values?.set(id, after.value)
    return deltaOf(kind, id, before, after)
  }

  const put = (items: readonly ReplicaItem[]): boolean => {
    const deltas: Delta[] = []
    for (const item of items) {
      const delta = applyOne(item)
      if (delta) deltas.push(delta)
    }
    if (deltas.length > 0) for (const observer of observers) observer(deltas)
    const before = unreadable
    unreadable = mergeUnreadable(unreadable, items)
    return deltas.length > 0 || unreadable !== before
  }

  const touch = () => store.setState(({ revision }) => ({ revision: revision + 1, unreadable }))

  return {
    store,
    get: <K extends EntityKind>(kind: K, id: string) =>
      collection(kind).held.get(id)?.value as HeldOf<K> | undefined,
    all: <K extends EntityKind>(kind: K) => {
      const known = collection(kind)
      known.values ??= new Map([...known.held].map(([id, { value }]) => [id, value]))
      return known.values as ReadonlyMap<string, HeldOf<K>>
    },
    requisitions,
    requisition: (id) => requisitions.get(id)?.whole,
    complete: (id, version, text) => {
      const held = requisitions.get(id)
      if (held?.version === version) held.complete(text)
    },
    miss: (id, version) => {
      const held = requisitions.get(id)
      if (held?.version === version && !held.hasWhole) held.isMissing = true
    },
    search: () => {
      for (const observer of searchers) observer()
    },
    observeSearch: (observer) => {
      searchers.add(observer)
      return () => searchers.delete(observer)
    },
    versionOf: (kind, id) => collection(kind).versions.get(id) ?? 0,
    put,
    apply: (items) => {
      if (put(items)) touch()
    },
    reset: (identity) => {
      for (const known of collections.values()) {
        known.held.clear()
        known.versions.clear()
        known.values = null
      }
      unreadable = new Map()
      for (const observer of observers) observer(null)
      store.setState(({ revision }) => ({
        revision: revision + 1,
        identity,
        phase: 'loading',
        unreadable,
      }))
    },
    markLoaded: () =>
      store.setState(({ revision }) => ({ revision: revision + 1, phase: 'loaded', unreadable })),
    touch,
    observe: (observer) => {
      observers.add(observer)
      return () => observers.delete(observer)
    },
  }
}

class KnownDelta {
  constructor(
    readonly kind: EntityKind,
    readonly id: string,
    private readonly was: Held | undefined,
    private readonly is: Held | undefined,
  ) {}

  get wasHere() {
    return this.was !== undefined
  }

  get isHere() {
    return this.is !== undefined
  }

  get before() {
    return this.was?.value ?? null
  }

  get after() {
    return this.is?.value ?? null
  }
}

function deltaOf(
  kind: EntityKind,
  id: string,
  before: Held | undefined,
  after: Held | undefined,
): Delta {
  // The value of a kind has passed that kind's schema.
  return new KnownDelta(kind, id, before, after) as unknown as Delta
}

function mergeUnreadable(
  known: ReadonlyMap<string, UnreadableChange>,
  items: readonly ReplicaItem[],
): ReadonlyMap<string, UnreadableChange> {
  const hasNews = items.some(({ form }) => form === 'unreadable')
  if (!hasNews && known.size === 0) return known
  const merged = new Map(known)
  const keyOf = ({ kind, id }: Pick<ReplicaItem, 'kind' | 'id'>) => `${kind} ${id}`
  for (const item of items) {
    const problem = merged.get(keyOf(item))
    if (item.form === 'unreadable') {
      if (!problem || problem.version < item.version) merged.set(keyOf(item), item)
    } else if (problem && problem.version <= item.version) {
      merged.delete(keyOf(item))
    }
  }
  return merged.size === known.size && !hasNews ? known : merged
}
