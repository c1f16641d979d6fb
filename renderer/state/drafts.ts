import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'

/**
 * Text that someone began to write and has not sent, by what it is for. It outlives the field it is
 * written in: going back never loses typing.
 */
export interface Drafts {
  readonly store: StoreApi<{ readonly texts: ReadonlyMap<string, string> }>
  readonly write: (key: string, text: string) => void
  readonly drop: (key: string) => void
}

export function createDrafts(): Drafts {
  const store = createStore<{ readonly texts: ReadonlyMap<string, string> }>(() => ({
    texts: new Map(),
  }))
  const change = (edit: (texts: Map<string, string>) => void) =>
    store.setState(({ texts }) => {
      const next = new Map(texts)
      edit(next)
      return { texts: next }
    })
  return {
    store,
    write: (key, text) =>
      change((texts) => (text === '' ? texts.delete(key) : texts.set(key, text))),
    drop: (key) => change((texts) => texts.delete(key)),
  }
}
