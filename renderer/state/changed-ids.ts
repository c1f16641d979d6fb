import type { EntityKind } from '../../contract/entities'
import type { Replica } from './replica'

/**
 * Gathers which entities of a kind have changed until somebody asks, so that an index reads none that
 * nobody looks for. `emptied` is called when the replica is.
 */
export function gatherChanged(
  replica: Replica,
  kinds: readonly EntityKind[],
  emptied: () => void,
): { readonly take: (each: (kind: EntityKind, id: string) => void) => void } {
  let changed = new Map<string, { readonly kind: EntityKind; readonly id: string }>()
  replica.observe((deltas) => {
    if (deltas === null) {
      changed.clear()
      emptied()
      return
    }
    for (const { kind, id } of deltas) {
      if (!kinds.includes(kind)) continue
      // The last to change stands last.
      changed.delete(`${kind} ${id}`)
      changed.set(`${kind} ${id}`, { kind, id })
    }
  })
  return {
    take: (each) => {
      if (changed.size === 0) return
      const taken = changed
      changed = new Map()
      for (const { kind, id } of taken.values()) each(kind, id)
    },
  }
}
