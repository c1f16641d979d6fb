import type { EntityKind } from '../../contract/entities'
import type { Replica } from './replica'

/** Resolves once the replica has a version of an entity, or has been emptied. */
export function untilVersion(
  replica: Pick<Replica, 'store' | 'versionOf' | 'get'>,
  kind: EntityKind,
  id: string,
  version: number,
): Promise<void> {
  const { identity } = replica.store.getState()
  const isThere = () =>
    replica.versionOf(kind, id) >= version ||
    replica.store.getState().identity !== identity ||
    replica.get(kind, id) === undefined
  if (isThere()) return Promise.resolve()
  return new Promise((resolve) => {
    const stop = replica.store.subscribe(() => {
      if (!isThere()) return
      stop()
      resolve()
    })
  })
}
