import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'

/** Where in the window a person is. */
export interface NavigationState {
  readonly screen: string
  /** What is open on each screen, so that going away and back changes nothing. */
  readonly selected: Readonly<Record<string, string | null>>
  /** What lies over everything, one at a time. */
  readonly overlay:
    'palette' | 'shortcuts' | 'outbox' | 'sign_out' | 'bulk_approve' | 'bulk_reject' | null
}

/** Things that some screen can show by themselves. */
export type Shown = 'requisition' | 'order' | 'quote' | 'company' | 'user'

export interface Navigation {
  readonly store: StoreApi<NavigationState>
  readonly go: (screen: string, selected?: string | null) => void
  readonly select: (screen: string, id: string | null) => void
  /** Goes to the screen where such a thing is shown, with it open. */
  readonly open: (kind: Shown, id: string) => void
  /** Whether any screen shows such things. */
  readonly canOpen: (kind: Shown) => boolean
  readonly show: (overlay: NavigationState['overlay']) => void
}

/** @param showing the screen on which each kind of thing is shown */
export function createNavigation(
  first: string,
  showing: Readonly<Partial<Record<Shown, string>>>,
): Navigation {
  const store = createStore<NavigationState>(() => ({ screen: first, selected: {}, overlay: null }))
  const select = (screen: string, id: string | null) =>
    store.setState((state) => ({ selected: { ...state.selected, [screen]: id } }))
  const go = (screen: string, selected?: string | null) => {
    store.setState({ screen, overlay: null })
    if (selected !== undefined) select(screen, selected)
  }
  return {
    store,
    go,
    select,
    open: (kind, id) => {
      const screen = showing[kind]
      if (screen !== undefined) go(screen, id)
    },
    canOpen: (kind) => showing[kind] !== undefined,
    show: (overlay) => store.setState({ overlay }),
  }
}
