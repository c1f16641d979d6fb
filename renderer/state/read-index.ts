import type { Requisition } from '../../contract/entities'
import { isOpen } from '../../domain/requisition/states'
import type { Delta, Replica } from './replica'

/** Which revisions this user has read. */
export interface ReadIndex {
  /** Something that still asks for someone, in a revision this user has not had open. */
  readonly isUnread: (requisition: Requisition) => boolean
  /** Counts as read from now on, until the gateway's own mark comes. */
  readonly markHere: (requisitionId: string, revision: number) => void
}

/** Follows the user's read marks. */
export function createReadIndex(replica: Replica): ReadIndex {
  const revisions = new Map<string, number>()
  const here = new Map<string, number>()

  const take = (deltas: readonly Delta[] | null) => {
    if (deltas === null) {
      revisions.clear()
      here.clear()
      return
    }
    for (const delta of deltas) {
      if (delta.kind !== 'read_mark') continue
      if (delta.before) revisions.delete(delta.before.requisitionId)
      if (delta.after) revisions.set(delta.after.requisitionId, delta.after.revision)
    }
  }
  replica.observe(take)

  return {
    isUnread: ({ id, revision, state }) =>
      isOpen(state) && Math.max(revisions.get(id) ?? 0, here.get(id) ?? 0) < revision,
    markHere: (requisitionId, revision) => {
      here.set(requisitionId, revision)
      replica.touch()
    },
  }
}
