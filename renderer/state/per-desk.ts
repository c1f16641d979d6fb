import type { Desk } from '../desk'

/**
 * State that belongs to one screen and lives as long as the desk: made when it is first asked for,
 * so that a screen brings its own and the desk need not know of it.
 */
export function perDesk<T>(make: (desk: Desk) => T): (desk: Desk) => T {
  const made = new WeakMap<Desk, T>()
  return (desk) => {
    let state = made.get(desk)
    if (state === undefined) made.set(desk, (state = make(desk)))
    return state
  }
}
