import type { Delta, Replica } from './replica'

/** A requisition and the moment it is sorted by. */
interface Entry {
  readonly id: string
  readonly at: number
}

export interface RequisitionIndex {
  /** Ids, newest first; the same array until the order changes. */
  readonly ids: () => readonly string[]
}

/** Below this many changes each is put in place by itself; above, the batch is merged in one pass. */
const FEW = 16

/**
 * Keeps the requisitions of a replica sorted, newest first. A change costs a binary search and a
 * move, a batch one pass over the list: nothing is ever sorted from scratch.
 */
export function createRequisitionIndex(replica: Replica): RequisitionIndex {
  let entries: Entry[] = []
  let ids: readonly string[] | null = []
  const times = new Map<string, number>()

  const take = (deltas: readonly Delta[] | null) => {
    if (deltas === null) {
      entries = []
      ids = []
      times.clear()
      return
    }
    const removed = new Set<string>()
    /** One id may come more than once in a batch; its last time counts. */
    const added = new Map<string, number>()
    for (const delta of deltas) {
      if (delta.kind !== 'requisition') continue
      const head = replica.requisitions.get(delta.id)?.head
      const at = head ? Date.parse(head.receivedAt) : null
      if (times.get(delta.id) === at) continue
      if (times.has(delta.id)) removed.add(delta.id)
      if (at === null) {
        times.delete(delta.id)
        added.delete(delta.id)
      } else {
        times.set(delta.id, at)
        added.set(delta.id, at)
      }
    }
    if (removed.size === 0 && added.size === 0) return
    ids = null
    if (removed.size > 0) entries = entries.filter(({ id }) => !removed.has(id))
    const fresh = [...added].map(([id, at]) => ({ id, at }))
    if (fresh.length <= FEW)
      for (const entry of fresh) entries.splice(placeOf(entries, entry), 0, entry)
    else entries = merge(entries, fresh.sort(compare))
  }
  replica.observe(take)

  return {
    ids: () => (ids ??= entries.map(({ id }) => id)),
  }
}

/** Newest first; the id decides among equals, so that the order never depends on arrival. */
function compare(a: Entry, b: Entry): number {
  return b.at - a.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

function placeOf(entries: readonly Entry[], entry: Entry): number {
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const other = entries[middle]
    if (other && compare(other, entry) < 0) low = middle + 1
    else high = middle
  }
  return low
}

function merge(left: readonly Entry[], right: readonly Entry[]): Entry[] {
  const merged: Entry[] = []
  let i = 0
  let j = 0
  for (;;) {
    const a = left[i]
    const b = right[j]
    if (a && (!b || compare(a, b) <= 0)) {
      merged.push(a)
      i += 1
    } else if (b) {
      merged.push(b)
      j += 1
    } else return merged
  }
}
