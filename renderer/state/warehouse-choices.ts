import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { Requisition } from '../../contract/entities'
import { awaitsDecision } from '../../domain/requisition/states'
import type { Replica } from './replica'

/** Warehouse by line, for the lines where somebody has chosen one. */
export type Choices = Readonly<Record<string, string>>

interface Kept {
  readonly revision: number
  readonly choices: Choices
  /** Lines to be ordered at the price of now; null leaves it as earlier steps have it. */
  readonly refresh: readonly string[] | null
}

/**
 * Which warehouse a line is to come from and at which price, chosen and not sent yet, over what earlier
 * steps have chosen. Kept for the revision it was chosen in: another may have other lines under the same
 * numbers.
 */
export interface WarehouseChoices {
  readonly store: StoreApi<ReadonlyMap<string, Kept>>
  /** The same object until something of it changes. */
  readonly of: (requisition: Requisition) => Choices
  /** @param warehouseId null leaves the line to the gateway again, or to what an earlier step chose */
  readonly choose: (requisition: Requisition, lineId: string, warehouseId: string | null) => void
  /** Lines that are ordered at the price of now; the same array until something of it changes. */
  readonly refreshed: (requisition: Requisition) => readonly string[]
  /** Takes the price of now for a line, or keeps the one it came in with. */
  readonly refresh: (requisition: Requisition, lineId: string, isRefreshed: boolean) => void
}

const NONE: Choices = {}
const NO_LINES: readonly string[] = []

export function createWarehouseChoices(replica: Replica): WarehouseChoices {
  const store = createStore<ReadonlyMap<string, Kept>>(() => new Map())
  const merged = new WeakMap<Choices, { readonly earlier: Choices; readonly all: Choices }>()
  const keep = (id: string, kept: Kept) => {
    const next = new Map(store.getState())
    if (Object.keys(kept.choices).length > 0 || kept.refresh) next.set(id, kept)
    else next.delete(id)
    store.setState(next, true)
  }
  const keptOf = ({ id, revision }: Requisition): Kept => {
    const kept = store.getState().get(id)
    return kept?.revision === revision ? kept : { revision, choices: NONE, refresh: null }
  }
  const of: WarehouseChoices['of'] = (requisition) => {
    const { choices } = keptOf(requisition)
    const earlier = requisition.choices?.warehouses
    if (!earlier) return choices
    const known = merged.get(choices)
    if (known?.earlier === earlier) return known.all
    const all = Object.fromEntries([...Object.entries(earlier), ...Object.entries(choices)])
    merged.set(choices, { earlier, all })
    return all
  }
  const refreshed: WarehouseChoices['refreshed'] = (requisition) =>
    keptOf(requisition).refresh ?? requisition.choices?.refresh ?? NO_LINES

  replica.observe((deltas) => {
    // Another person's working set: nothing that was chosen may go along.
    if (deltas === null) return store.setState(new Map(), true)
    for (const delta of deltas) {
      if (delta.kind !== 'requisition') continue
      const kept = store.getState().get(delta.id)
      if (!kept) continue
      // Only what is kept is looked at.
      const { after } = delta
      const isStillMeant = after?.revision === kept.revision && awaitsDecision(after.state)
      if (!isStillMeant) keep(delta.id, { ...kept, choices: NONE, refresh: null })
    }
  })

  return {
    store,
    of,
    choose: (requisition, lineId, warehouseId) => {
      const kept = keptOf(requisition)
      const { [lineId]: _, ...others } = kept.choices
      const choices = warehouseId === null ? others : { ...others, [lineId]: warehouseId }
      keep(requisition.id, { ...kept, choices })
    },
    refreshed,
    refresh: (requisition, lineId, isRefreshed) => {
      const others = refreshed(requisition).filter((id) => id !== lineId)
      const refresh = isRefreshed ? [...others, lineId] : others
      const earlier = requisition.choices?.refresh ?? NO_LINES
      const isAsBefore =
        refresh.length === earlier.length && refresh.every((id) => earlier.includes(id))
      keep(requisition.id, { ...keptOf(requisition), refresh: isAsBefore ? null : refresh })
    },
  }
}
