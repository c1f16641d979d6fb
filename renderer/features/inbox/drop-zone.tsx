import { useState } from 'react'
import type { DragEvent, ReactNode, RefObject } from 'react'
import type { Requisition } from '../../../contract/entities'
import { takesAttachments } from '../../../domain/requisition/attachments'
import { useDesk, useTexts } from '../../desk-hooks'
import { attachPossibility, tellLeftOut } from './attaching'
import css from './drop-zone.module.css'

/** What files can be dropped onto to be attached; while they are held over it, it says so, or why they cannot be. */
export function DropZone({
  requisition,
  frame,
  className,
  children,
}: {
  readonly requisition: Requisition
  readonly frame: RefObject<HTMLDivElement | null>
  readonly className: string | undefined
  readonly children: ReactNode
}) {
  const desk = useDesk()
  const texts = useTexts()
  const { t } = texts
  /** Every element that is passed over tells of it: it is left when all of them are. */
  const [depth, setDepth] = useState(0)
  const attaching = attachPossibility(desk, requisition)

  const over = (event: DragEvent) => {
    if (!holdsFiles(event)) return false
    // Else the window would make way for the file.
    event.preventDefault()
    event.dataTransfer.dropEffect = attaching.kind === 'possible' ? 'copy' : 'none'
    return true
  }
  const drop = (event: DragEvent) => {
    if (!over(event)) return
    setDepth(0)
    if (attaching.kind !== 'possible') return
    desk.attachments
      .drop(requisition, [...event.dataTransfer.files])
      .then((leftOut) => tellLeftOut(desk, leftOut))
      .catch(desk.report)
  }

  return (
    <div
      ref={frame}
      className={className}
      onDragEnter={(event) => over(event) && setDepth((was) => was + 1)}
      onDragLeave={(event) => holdsFiles(event) && setDepth((was) => Math.max(0, was - 1))}
      onDragOver={over}
      onDrop={drop}
    >
      {children}
      {depth > 0 && (
        <div className={css.cover} role="status">
          <p>
            {attaching.kind === 'disabled'
              ? t('attachments.dropNot', { why: attaching.why(texts) })
              : attaching.kind === 'hidden'
                ? t(takesAttachments(requisition.state) ? 'error.forbidden' : 'error.wrong_state')
                : t('attachments.drop', { number: requisition.number })}
          </p>
        </div>
      )}
    </div>
  )
}

function holdsFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer.types.includes('Files')
}
