import { Download, Eye, EyeOff, Lock, Trash2, Users } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { Attachment } from '../../../contract/entities'
import { useConsole, useDesk, useNow, useTexts } from '../../desk-hooks'
import type { Amended } from '../../services/attachments'
import { canReachGateway } from '../../state/console'
import { Button, IconButton, TextButton } from '../../ui/button'
import { tellSaved, whyNot } from './attaching'
import css from './attachments.module.css'
import { focusAttachments, focusList } from './focus'

/** One file: what it is, who sees it, and what can be done with it. */
export function AttachmentRow({
  requisitionId,
  attachment,
  isAmendable,
  isShowable,
}: {
  readonly requisitionId: string
  readonly attachment: Attachment
  /** It can be hidden and taken off. */
  readonly isAmendable: boolean
  /** It can be shown to the customer. */
  readonly isShowable: boolean
}) {
  const desk = useDesk()
  const texts = useTexts()
  const { t, formats } = texts
  const now = useNow()
  const isReachable = useConsole(canReachGateway)
  const [isAsking, setIsAsking] = useState<'remove' | 'show' | null>(null)
  const [isWorking, setIsWorking] = useState(false)
  const row = useRef<HTMLLIElement>(null)
  const { id, name, kind, size, visibility, by, at } = attachment
  const isShown = visibility === 'customer'

  const save = () => {
    desk.attachments
      .save(requisitionId, attachment)
      .then((told) => tellSaved(desk, told))
      .catch(desk.report)
  }
  const amend = (
    deed: Promise<Amended>,
    done: 'attachments.nowShown' | 'attachments.nowInternal' | 'attachments.removed',
  ) => {
    setIsWorking(true)
    deed
      .then((amended) => {
        desk.toasts.tell({
          key: `attachment ${id}`,
          meaning: amended.ok ? 'good' : 'danger',
          text: (words) =>
            amended.ok ? words.t(done, { name }) : whyNot(amended.error, desk, words),
          action: null,
        })
      })
      .catch(desk.report)
      .finally(() => setIsWorking(false))
  }
  const turn = (to: Attachment['visibility']) =>
    amend(
      desk.attachments.show(requisitionId, attachment, to),
      to === 'customer' ? 'attachments.nowShown' : 'attachments.nowInternal',
    )
  const remove = () => {
    setIsAsking(null)
    amend(desk.attachments.detach(requisitionId, id), 'attachments.removed')
    // The row goes, and the focus is not to go with it.
    if (!focusBeside(row.current)) focusList()
  }
  const leave = () => {
    setIsAsking(null)
    requestAnimationFrame(() => focusAttachments(id))
  }
  const questions = {
    remove: {
      question: t('attachments.removeQuestion'),
      yes: t('attachments.removeYes'),
      no: t('attachments.keep'),
      isGrave: true,
      onYes: remove,
    },
    // What a customer has seen is not taken back by hiding it.
    show: {
      question: t('attachments.showQuestion'),
      yes: t('attachments.showYes'),
      no: t('attachments.showNot'),
      isGrave: false,
      onYes: () => {
        leave()
        turn('customer')
      },
    },
  }

  return (
    <li ref={row} className={css.row} data-attachment={id}>
      {isReachable ? (
        <TextButton className={css.name} onPress={save}>
          {name}
        </TextButton>
      ) : (
        <span className={css.unreachable}>{name}</span>
      )}
      <p className={css.meta}>
        {[t(`attachments.kind.${kind}`), formats.fileSize(size), by.name, ''].join(' · ')}
        <span className={css.when}>{formats.dayAndTime(at, now)}</span>
      </p>
      {isAsking !== null && isReachable ? (
        <Question {...questions[isAsking]} onNo={leave} />
      ) : (
        <div className={css.foot}>
          <span className={isShown ? css.shown : css.internal}>
            {isShown ? (
              <Users size={12} aria-hidden="true" />
            ) : (
              <Lock size={12} aria-hidden="true" />
            )}
            {t(isShown ? 'attachments.shown' : 'attachments.internal')}
          </span>
          {isReachable && (
            <span className={css.deeds}>
              <IconButton label={t('attachments.save', { name })} icon={Download} onPress={save} />
              {isAmendable && (
                <>
                  {(isShown || isShowable) && (
                    <IconButton
                      label={t(isShown ? 'attachments.hide' : 'attachments.show', { name })}
                      icon={isShown ? EyeOff : Eye}
                      isBusy={isWorking}
                      onPress={() => (isShown ? turn('internal') : setIsAsking('show'))}
                    />
                  )}
                  <IconButton
                    label={t('attachments.remove', { name })}
                    icon={Trash2}
                    isBusy={isWorking}
                    onPress={() => setIsAsking('remove')}
                  />
                </>
              )}
            </span>
          )}
        </div>
      )}
    </li>
  )
}

/** Asks once, in the row itself; Escape says no. */
function Question({
  question,
  yes,
  no,
  isGrave,
  onYes,
  onNo,
}: {
  readonly question: string
  readonly yes: string
  readonly no: string
  readonly isGrave: boolean
  readonly onYes: () => void
  readonly onNo: () => void
}) {
  const frame = useRef<HTMLDivElement>(null)
  // A row at the edge grows out of sight as it asks.
  useEffect(() => frame.current?.scrollIntoView({ block: 'nearest' }), [])
  useEffect(() => {
    const { current } = frame
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      // It is for this question, and not for the window.
      event.preventDefault()
      onNo()
    }
    current?.addEventListener('keydown', listen)
    return () => current?.removeEventListener('keydown', listen)
  })
  return (
    <div ref={frame} className={css.question} role="alertdialog" aria-label={question}>
      <span>{question}</span>
      <Button variant={isGrave ? 'danger' : 'secondary'} onPress={onYes}>
        {yes}
      </Button>
      {/* Whoever goes on typing does nothing that cannot be undone. */}
      <Button variant="quiet" autoFocus onPress={onNo}>
        {no}
      </Button>
    </div>
  )
}

/** To the file below, else to the one above; whether there is one. */
function focusBeside(row: HTMLElement | null): boolean {
  const beside = row?.nextElementSibling ?? row?.previousElementSibling
  const button = beside?.querySelector<HTMLElement>('button')
  button?.focus()
  return button != null
}
