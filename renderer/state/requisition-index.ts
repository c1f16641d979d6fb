import type { HeldRequisition } from './held'
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

/** Up to so many changes are put in place one by one; after more, all are sorted when next asked for. */
const FEW = 16

/**
 * Keeps the requisitions of a replica sorted, newest first. A change costs a binary search and a move;
 * of what comes by the thousand, as at a start, nothing is sorted before somebody asks.
 */
export function createRequisitionIndex(replica: Replica): RequisitionIndex {
  /** Null where it is to be sorted anew. */
  let entries: Entry[] | null = null
  let ids: readonly string[] | null = null
  /** What each of the entries is sorted by. */
  const times = new Map<string, number>()

  const take = (deltas: readonly Delta[] | null) => {
    if (entries === null || deltas === null) {
      entries = null
      ids = null
      return
    }
    /** One id may come more than once in a batch; what it comes to counts. */
    const changed = new Set<string>()
    for (const delta of deltas) if (delta.kind === 'requisition') changed.add(delta.id)
    if (changed.size > FEW) {
      entries = null
      ids = null
      return
    }
    for (const id of changed) move(entries, id)
  }
  replica.observe(take)

  const move = (list: Entry[], id: string) => {
    const before = times.get(id)
    const at = timeOf(replica.requisitions.get(id))
    if (before === at) return
    ids = null
    if (before !== undefined) list.splice(placeOf(list, { id, at: before }), 1)
    if (at === undefined) times.delete(id)
    else {
      times.set(id, at)
      list.splice(placeOf(list, { id, at }), 0, { id, at })
    }
  }

  const sorted = (): Entry[] => {
    times.clear()
    const list: Entry[] = []
    for (const [id, held] of replica.requisitions) {
      const at = timeOf(held)
      times.set(id, at)
      list.push({ id, at })
    }
    return list.sort(compare)
  }

  return {
    ids: () => {
      entries ??= sorted()
      ids ??= entries.map(({ id }) => id)
      return ids
    },
  }
}

function timeOf(held: HeldRequisition): number
function timeOf(held: HeldRequisition | undefined): number | undefined
function timeOf(held: HeldRequisition | undefined): number | undefined {
  return held && Date.parse(held.head.receivedAt)
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
