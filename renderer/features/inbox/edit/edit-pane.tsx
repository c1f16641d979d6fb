import type { RefObject } from 'react'
import type { Requisition } from '../../../../contract/entities'
import { useEdited } from './use-edited'
import { EditHead } from './edit-head'
import { EditLines } from './edit-lines'

/** The content of a requisition as fields, in the place of what they change. */
export function EditPane({
  requisition,
  scroller,
}: {
  readonly requisition: Requisition
  readonly scroller: RefObject<HTMLDivElement | null>
}) {
  const edited = useEdited(requisition)
  if (!edited) return null
  return (
    <>
      <EditLines requisition={requisition} edited={edited} scroller={scroller} />
      <EditHead requisition={requisition} />
    </>
  )
}
