import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { Requisition } from '../../../../contract/entities'
import type { Desk } from '../../../desk'
import { useDesk, useReplica, useTexts } from '../../../desk-hooks'
import { signedInUser } from '../../../state/console'
import type { EditDraft } from '../../../state/edits'
import type { Texts } from '../../../../language/texts'
import { editedRequisition, type EditedRequisition } from './edited'

/** What the changes to a requisition come to, and null where it is not open for editing. */
export function useEdited(requisition: Requisition): EditedRequisition | null {
  const desk = useDesk()
  const texts = useTexts()
  const draft = useStore(desk.edits.store, ({ drafts }) => drafts.get(requisition.id))
  const revision = useReplica(({ replica }) => replica.store.getState().revision)
  return useMemo(
    // Articles, limits and addresses come with the replica.
    () => (draft && revision >= 0 ? editedOf(desk, requisition, draft, texts) : null),
    [desk, requisition, draft, texts, revision],
  )
}

/** The same for who draws nothing. */
export function editedOf(
  desk: Desk,
  requisition: Requisition,
  draft: EditDraft,
  texts: Texts,
): EditedRequisition {
  const { replica, console } = desk
  const signedIn = signedInUser(console.getState())
  const user = replica.get('user', signedIn?.id ?? '') ?? signedIn
  return editedRequisition(requisition, draft, {
    articleOf: (id) => replica.get('article', id),
    company: replica.get('company', requisition.companyId),
    vatMode: requisition.totals.mode,
    limits: {
      discountLimit: user?.discountLimit ?? null,
      marginFloor: user?.marginFloor ?? null,
    },
    user: { id: user?.id ?? '', name: user?.displayName ?? '' },
    texts,
  })
}
