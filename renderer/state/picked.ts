import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'

/** Requisitions that were picked out to be decided on together. */
export interface PickedState {
  readonly ids: ReadonlySet<string>
  /** Where a stretch of rows began and where it has come to; null while none is being drawn. */
  readonly stretch: { readonly from: string; readonly to: string } | null
  /** What was picked before the stretch began: it stays, however the stretch grows and shrinks. */
  readonly before: ReadonlySet<string>
}

export interface Picked {
  readonly store: StoreApi<PickedState>
  /** Picks a row, or lets it go. */
  readonly toggle: (id: string) => void
  /**
   * Picks all rows from one to another. Going on from where the last stretch ended draws the same one
   * longer or shorter; from anywhere else it begins a new one.
   *
   * @param order the rows as they are shown
   */
  readonly stretch: (from: string, to: string, order: readonly string[]) => void
  readonly pick: (ids: readonly string[]) => void
  readonly clear: () => void
}

const none: PickedState = { ids: new Set(), stretch: null, before: new Set() }

export function createPicked(): Picked {
  const store = createStore<PickedState>(() => none)
  return {
    store,
    toggle: (id) =>
      store.setState(({ ids }) => {
        const next = new Set(ids)
        if (!next.delete(id)) next.add(id)
        return { ids: next, stretch: { from: id, to: id }, before: next }
      }),
    stretch: (from, to, order) =>
      store.setState((state) => {
        const goesOn = state.stretch?.to === from
        const start = goesOn ? (state.stretch?.from ?? from) : from
        const before = goesOn ? state.before : state.ids
        const ends = [order.indexOf(start), order.indexOf(to)]
        if (ends.includes(-1)) return state
        const rows = order.slice(Math.min(...ends), Math.max(...ends) + 1)
        return { ids: new Set([...before, ...rows]), stretch: { from: start, to }, before }
      }),
    pick: (ids) => store.setState({ ...none, ids: new Set(ids) }),
    clear: () => {
      if (store.getState().ids.size > 0 || store.getState().stretch) store.setState(none)
    },
  }
}
