import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'

export interface DecisionGuardState {
  /** Another document has just come up by itself: what would decide it does not count yet. */
  readonly isHeld: boolean
  /** Somebody pressed meanwhile, and is told why nothing came of it. */
  readonly isHinted: boolean
  /** The document whose approval was asked for once and wants asking for again. */
  readonly confirming: { readonly id: string; readonly isReady: boolean } | null
}

/**
 * Keeps a press that was meant for one document from deciding the next. All of it runs on timers, so
 * that a window too busy to show what has come up is late in letting go as well.
 */
export interface DecisionGuard {
  readonly store: StoreApi<DecisionGuardState>
  /** Another document, or another version of it, has come up without being asked for. */
  readonly hold: () => void
  /** It has been drawn: the time to look at it runs from now. */
  readonly shown: () => void
  /** Whether a deciding press counts now. One that does not is told of, and never kept for later. */
  readonly counts: () => boolean
  /** Whether the document has been asked about and is asked for again; if not, begins asking. */
  readonly confirm: (id: string) => boolean
  /** Forgets that a second press was waited for. */
  readonly forget: () => void
  /** Somebody chose what is open: there is nothing to guard. */
  readonly release: () => void
}

/** How long what came up by itself must have been in sight; longer than a double click. */
export const SIGHT_MILLISECONDS = 600
/** From the first press to the second that confirms it; as long as a double click may take. */
export const SECOND_PRESS_MILLISECONDS = 500
const HINT_MILLISECONDS = 4_000

const free: DecisionGuardState = { isHeld: false, isHinted: false, confirming: null }

export function createDecisionGuard(): DecisionGuard {
  const store = createStore<DecisionGuardState>(() => free)
  const sight = createTimer()
  const hint = createTimer()
  const second = createTimer()
  const look = () => sight.start(SIGHT_MILLISECONDS, () => store.setState({ isHeld: false }))
  const forget = () => {
    second.stop()
    if (store.getState().confirming) store.setState({ confirming: null })
  }
  return {
    store,
    hold: () => {
      forget()
      store.setState({ isHeld: true })
      look()
    },
    shown: () => {
      if (store.getState().isHeld) look()
    },
    counts: () => {
      const { isHeld, isHinted } = store.getState()
      if (isHeld || isHinted) store.setState({ isHinted: isHeld })
      if (isHeld) hint.start(HINT_MILLISECONDS, () => store.setState({ isHinted: false }))
      return !isHeld
    },
    confirm: (id) => {
      const { confirming } = store.getState()
      if (confirming?.id === id) {
        if (confirming.isReady) forget()
        return confirming.isReady
      }
      store.setState({ confirming: { id, isReady: false } })
      second.start(SECOND_PRESS_MILLISECONDS, () =>
        store.setState({ confirming: { id, isReady: true } }),
      )
      return false
    },
    forget,
    release: () => {
      for (const timer of [sight, hint, second]) timer.stop()
      store.setState(free)
    },
  }
}

function createTimer() {
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    start: (milliseconds: number, end: () => void) => {
      clearTimeout(timer)
      timer = setTimeout(end, milliseconds)
    },
    stop: () => clearTimeout(timer),
  }
}
