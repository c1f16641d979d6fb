import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { Texts } from '../../language/texts'

/** A result told in passing. It never holds the only way to something. */
export interface Toast {
  readonly id: number
  /** A newer one with the same key takes its place, so that the same never stands there twice. */
  readonly key?: string
  readonly meaning: 'good' | 'notice' | 'danger'
  /** Worded when it is shown, so that it follows the language of the moment. */
  readonly text: (texts: Texts) => string
  readonly action: {
    readonly title: (texts: Texts) => string
    readonly run: () => void
  } | null
}

export interface Toasts {
  readonly store: StoreApi<{ readonly toasts: readonly Toast[] }>
  readonly tell: (toast: Omit<Toast, 'id'>) => void
  readonly dismiss: (id: number) => void
  /** What was told under these keys is no longer so. */
  readonly withdraw: (keys: readonly string[]) => void
}

/** How long a result stands. Long enough to read twice; a pointer over it holds it. */
export const TOAST_MILLISECONDS = 8_000
const MOST = 3

export function createToasts(): Toasts {
  const store = createStore<{ readonly toasts: readonly Toast[] }>(() => ({ toasts: [] }))
  let count = 0
  return {
    store,
    tell: (toast) => {
      count += 1
      const id = count
      store.setState(({ toasts }) => {
        const others = toasts.filter(({ key }) => key === undefined || key !== toast.key)
        return { toasts: [...others, { ...toast, id }].slice(-MOST) }
      })
    },
    withdraw: (keys) =>
      store.setState(({ toasts }) => ({
        toasts: toasts.filter(({ key }) => key === undefined || !keys.includes(key)),
      })),
    dismiss: (id) =>
      store.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) })),
  }
}
