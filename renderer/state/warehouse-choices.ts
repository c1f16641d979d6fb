import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { Requisition } from '../../contract/entities'
import { awaitsDecision } from '../../domain/requisition/states'
import type { Replica } from './replica'

/** Warehouse by line, for the lines where somebody here has chosen one. */
export type Choices = Readonly<Record<string, string>>

interface Kept {
  readonly revision: number
  readonly choices: Choices
}

/**
 * Which warehouse a line is to come from, chosen and not sent yet. Kept for the revision it was
 * chosen in: another may have other lines under the same numbers.
 */
export interface WarehouseChoices {
  readonly store: StoreApi<ReadonlyMap<string, Kept>>
  /** The same object until something of it changes. */
  readonly of: (requisition: Requisition) => Choices
  /** @param warehouseId null leaves the line to the gateway again */
  readonly choose: (requisition: Requisition, lineId: string, warehouseId: string | null) => void
}

const NONE: Choices = {}

export function createWarehouseChoices(replica: Replica): WarehouseChoices {
  const store = createStore<ReadonlyMap<string, Kept>>(() => new Map())
  const keep = (id: string, kept: Kept | null) => {
    const next = new Map(store.getState())
    if (kept) next.set(id, kept)
    else next.delete(id)
    store.setState(next, true)
  }
  const of: WarehouseChoices['of'] = ({ id, revision }) => {
    const kept = store.getState().get(id)
    return kept?.revision === revision ? kept.choices : NONE
  }

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
      if (!isStillMeant) keep(delta.id, null)
    }
  })

  return {
    store,
    of,
    choose: (requisition, lineId, warehouseId) => {
      const { [lineId]: _, ...others } = of(requisition)
      const choices = warehouseId === null ? others : { ...others, [lineId]: warehouseId }
      const { id, revision } = requisition
      keep(id, Object.keys(choices).length === 0 ? null : { revision, choices })
    },
  }
}
