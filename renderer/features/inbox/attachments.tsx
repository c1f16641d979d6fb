import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import type { Requisition } from '../../../contract/entities'
import { MOST_ATTACHMENTS } from '../../../domain/attachment/limits'
import { takesAttachments } from '../../../domain/requisition/attachments'
import { runAction } from '../../actions/run-action'
import { useConsole, useDesk, useTexts } from '../../desk-hooks'
import { TextButton } from '../../ui/button'
import { KeyHint } from '../../ui/key-hint'
import { Section } from '../../ui/section'
import { attachAction } from './actions/attach'
import { amendPossibility, attachPossibility } from './attaching'
import { AttachmentRow } from './attachment-row'
import css from './attachments.module.css'
import { TransferRow } from './transfer-row'
import { useAttachmentsOf } from './use-attachments-of'

/** What is attached to a requisition and what is on its way there, with everything that can be done about it. */
export function Attachments({ requisition }: { readonly requisition: Requisition }) {
  const desk = useDesk()
  const texts = useTexts()
  const { t } = texts
  // Whether something can be done depends on who is signed in and on the line.
  useConsole((state) => state)
  const { id, attachments = [] } = requisition
  const transfers = useStore(
    desk.attachments.store,
    useShallow((state) =>
      state.transfers.filter(
        (one) =>
          one.requisitionId === id && attachments.every((attached) => attached.id !== one.id),
      ),
    ),
  )
  const amending = amendPossibility(desk, requisition)
  const attaching = attachPossibility(desk, requisition)
  const isEmpty = attachments.length === 0 && transfers.length === 0
  // What is closed and has nothing has no word to say of it.
  if (isEmpty && attaching.kind === 'hidden') return null
  return (
    <Section
      title={t('attachments.title')}
      action={
        attaching.kind === 'possible' && (
          <TextButton className={css.add} onPress={() => runAction(desk, attachAction)}>
            {t('attachments.add')}
            <KeyHint keys={attachAction.keys?.[0] ?? ''} />
          </TextButton>
        )
      }
    >
      {isEmpty && <p className={css.note}>{t('attachments.none')}</p>}
      {!isEmpty && (
        <ul className={css.list} data-attachments="">
          {attachments.map((attachment) => (
            <AttachmentRow
              key={attachment.id}
              requisitionId={id}
              attachment={attachment}
              isAmendable={amending.kind === 'possible'}
              isShowable={takesAttachments(requisition.state)}
            />
          ))}
          {transfers.map((transfer) => (
            <TransferRow
              key={transfer.id}
              transfer={transfer}
              hasRoom={attachments.length < MOST_ATTACHMENTS}
            />
          ))}
        </ul>
      )}
      {attaching.kind === 'disabled' && <p className={css.note}>{attaching.why(texts)}</p>}
    </Section>
  )
}

/** What is attached to something that another document was made of: to be read there, and changed where it belongs. */
export function AttachmentsOf({ requisitionId }: { readonly requisitionId: string | null }) {
  const { t } = useTexts()
  const attachments = useAttachmentsOf(requisitionId)
  if (requisitionId === null || attachments.length === 0) return null
  return (
    <Section title={t('attachments.title')}>
      <ul className={css.list} data-attachments="">
        {attachments.map((attachment) => (
          <AttachmentRow
            key={attachment.id}
            requisitionId={requisitionId}
            attachment={attachment}
            isAmendable={false}
            isShowable={false}
          />
        ))}
      </ul>
    </Section>
  )
}
