import type { Replica } from './replica'

/**
 * Lets go of what a person was writing when the working set becomes another's. Their own may begin anew,
 * after the gateway was restored or their rights changed: then it stays.
 */
export function onAnotherPerson({ store }: Pick<Replica, 'store'>, forget: () => void): void {
  store.subscribe(({ identity }, before) => {
    if (identity !== before.identity) forget()
  })
}
