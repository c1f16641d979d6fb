import type { RequisitionBrief } from '../../contract/replica-items'
import { isOpen } from '../../domain/requisition/states'
import { gatherChanged } from './changed-ids'
import type { Replica } from './replica'

/** Which revisions this user has read. */
export interface ReadIndex {
  /** Something that still asks for someone, in a revision this user has not had open. */
  readonly isUnread: (requisition: Pick<RequisitionBrief, 'id' | 'revision' | 'state'>) => boolean
  /** Counts as read from now on, until the gateway's own mark comes. */
  readonly markHere: (requisitionId: string, revision: number) => void
}

/** Follows the user's read marks. */
export function createReadIndex(replica: Replica): ReadIndex {
  const revisions = new Map<string, number>()
  const here = new Map<string, number>()

  /** Requisition by its mark. */
  const marked = new Map<string, string>()

  const changed = gatherChanged(replica, ['read_mark'], () => {
    for (const known of [revisions, here, marked]) known.clear()
  })

  const takeMark = (id: string) => {
    const mark = replica.get('read_mark', id)
    revisions.delete(marked.get(id) ?? '')
    marked.delete(id)
    if (!mark) return
    revisions.set(mark.requisitionId, mark.revision)
    marked.set(id, mark.requisitionId)
  }

  return {
    isUnread: ({ id, revision, state }) => {
      changed.take((_kind, mark) => takeMark(mark))
      return isOpen(state) && Math.max(revisions.get(id) ?? 0, here.get(id) ?? 0) < revision
    },
    markHere: (requisitionId, revision) => {
      here.set(requisitionId, revision)
      replica.touch()
    },
  }
}
