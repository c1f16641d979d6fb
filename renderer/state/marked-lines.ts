import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { Requisition } from '../../contract/entities'

interface Marked {
  readonly requisitionId: string
  readonly revision: number
  readonly ids: ReadonlySet<string>
}

/**
 * Lines of the requisition that is open, marked to be decided on apart from the others. Marked in one
 * revision, they are of no other: that may have other lines under the same ids.
 */
export interface MarkedLines {
  readonly store: StoreApi<Marked>
  /** The same set until something of it changes. */
  readonly of: (requisition: Pick<Requisition, 'id' | 'revision'>) => ReadonlySet<string>
  readonly toggle: (requisition: Pick<Requisition, 'id' | 'revision'>, lineId: string) => void
  readonly clear: () => void
}

const NONE: ReadonlySet<string> = new Set()
const nothing: Marked = { requisitionId: '', revision: 0, ids: NONE }

export function createMarkedLines(): MarkedLines {
  const store = createStore<Marked>(() => nothing)
  const of: MarkedLines['of'] = ({ id, revision }) => {
    const marked = store.getState()
    return marked.requisitionId === id && marked.revision === revision ? marked.ids : NONE
  }
  return {
    store,
    of,
    toggle: (requisition, lineId) => {
      const ids = new Set(of(requisition))
      if (!ids.delete(lineId)) ids.add(lineId)
      const { id, revision } = requisition
      store.setState({ requisitionId: id, revision, ids }, true)
    },
    clear: () => {
      if (store.getState().ids.size > 0) store.setState(nothing, true)
    },
  }
}
