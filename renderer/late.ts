import { lazy } from 'react'
import type { ComponentType, LazyExoticComponent } from 'react'

/** A view whose code is fetched when it is first drawn, and waited for by the `Suspense` around it. */
export type Late<P> = LazyExoticComponent<ComponentType<P>> & {
  /** Fetches it now: drawn after this, it is there at once. */
  readonly load: () => Promise<void>
}

const all: (() => Promise<void>)[] = []

/** Makes a view of what a start can do without. */
export function late<P>(fetch: () => Promise<ComponentType<P>>): Late<P> {
  let view: ComponentType<P> | null = null
  const load = async () => {
    view = await fetch()
    return view
  }
  const drawn = lazy<ComponentType<P>>(() => (view ? here(view) : load().then(asDefault)))
  const made = Object.assign(drawn, { load: async () => void (await load()) })
  all.push(made.load)
  return made
}

/** Fetches every view, so that none is waited for. */
export async function loadAll(): Promise<void> {
  await Promise.all(all.map((load) => load()))
}

function asDefault<T>(view: T): { readonly default: T } {
  return { default: view }
}

/** What React takes for a promise, but calls back at once: one of the language would wait for a turn. */
function here<T>(view: T): Promise<{ readonly default: T }> {
  const then = (taken: (module: { readonly default: T }) => void) => taken(asDefault(view))
  // oxlint-disable-next-line unicorn/no-thenable -- only ever given to React
  return { then } as unknown as Promise<{ readonly default: T }>
}
