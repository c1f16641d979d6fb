import { Copy } from 'lucide-react'
import { useLayoutEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { DECISION_TEXT_LIMIT } from '../../../contract/decision-text'
import { runAction } from '../../actions/run-action'
import { useConsole, useDesk, useEntity, usePending, useReplica, useTexts } from '../../desk-hooks'
import type { Writing } from '../../state/inbox'
import { Banner } from '../../ui/banner'
import { Button } from '../../ui/button'
import { Switch } from '../../ui/switch'
import { TextArea } from '../../ui/text-field'
import { backAction } from './actions/focus'
import { sendTextAction } from './actions/send-text'
import { DecisionNotices } from './decision-notices'
import css from './decision-pane.module.css'
import { textProblem, textToSend } from './decision-text'
import { draftKey } from './decisions'

/** A menu has gone by then, in milliseconds. */
const MENU_CLOSES = 120

/** From this share of the limit on, it is told how much of it is used. */
const NEARLY = 0.9

/**
 * Where the customer's text is written, in the place of the buttons: the lines stay in sight. What is
 * written is kept as a draft from the first letter, and the pane stays until it has been sent or is
 * closed, whatever becomes of the document: letters typed here never go anywhere else.
 */
export function DecisionPane({ id, writing }: { readonly id: string; readonly writing: Writing }) {
  const desk = useDesk()
  const texts = useTexts()
  const { t, formats } = texts
  // What can be sent depends on all of these.
  useReplica(({ replica }) => replica.store.getState().revision)
  useConsole((state) => state)
  usePending(id)
  const requisition = useEntity('requisition', id)
  const contact = useEntity('contact', requisition?.contactId)
  const asks = useStore(desk.inbox.store, (state) => state.asks)
  const text = useStore(desk.drafts.store, (state) => state.texts.get(draftKey(id, writing)) ?? '')
  const isEdited = useStore(desk.edits.store, ({ drafts }) => drafts.has(id))
  const isProposing = useStore(desk.edits.store, (state) => state.isProposing)
  const takesProposal = writing === 'return' && isEdited && isProposing
  const area = useRef<HTMLTextAreaElement>(null)
  // Before anything can be typed: a letter must not find the list instead.
  useLayoutEffect(() => {
    const element = area.current
    element?.focus()
    element?.setSelectionRange(element.value.length, element.value.length)
    // A menu it was opened from takes the focus along when it goes, which is after this.
    const timer = setTimeout(() => {
      if (document.activeElement === document.body) element?.focus()
    }, MENU_CLOSES)
    return () => clearTimeout(timer)
  }, [])
  const problem = textProblem(desk, id, writing)
  const isGone = problem?.kind === 'gone'
  const length = textToSend(desk, id, writing).length
  return (
    <section
      className={css.pane}
      data-foot=""
      data-writing=""
      aria-label={t(`decide.${writing}Title`)}
    >
      {requisition && <DecisionNotices requisition={requisition} />}
      {isGone && (
        // Read out anew each time that it is asked for.
        <Banner key={asks} meaning="warning" isAlert>
          {problem.why(texts)} {text !== '' && t('decide.textStays')}
        </Banner>
      )}
      {!isGone && <h3>{t(takesProposal ? 'edit.proposeTitle' : `decide.${writing}Title`)}</h3>}
      <TextArea
        areaRef={area}
        label={t(`decide.${writing}Label`)}
        hint={
          isGone || !requisition
            ? undefined
            : t(takesProposal ? 'edit.proposeHint' : `decide.${writing}Hint`, {
                contact: contact?.name ?? requisition.contactId,
              })
        }
        error={
          problem?.kind === 'long' || (problem?.kind === 'empty' && asks > 0)
            ? problem.why(texts)
            : null
        }
        counter={
          length > DECISION_TEXT_LIMIT * NEARLY
            ? t('decide.textCounter', {
                length: formats.integer(length),
                limit: formats.integer(DECISION_TEXT_LIMIT),
              })
            : null
        }
        value={text}
        rows={3}
        isReadOnly={isGone || problem?.kind === 'sending'}
        onChange={(value) => desk.drafts.write(draftKey(id, writing), value)}
      />
      {writing === 'return' && isEdited && !isGone && (
        <Switch
          label={t('edit.withProposal')}
          isSelected={isProposing}
          isDisabled={problem?.kind === 'sending'}
          onChange={desk.edits.setProposing}
        />
      )}
      <div className={css.buttons}>
        {isGone ? (
          <Button icon={Copy} isDisabled={text === ''} onPress={() => copy(desk, text)}>
            {t('decide.copyText')}
          </Button>
        ) : (
          <Button
            variant={writing === 'reject' ? 'danger' : 'primary'}
            keys={sendTextAction.keys?.[0]}
            isDisabled={problem !== null && problem.kind !== 'empty'}
            onPress={() => runAction(desk, sendTextAction)}
          >
            {t(`decide.${writing}Send`)}
          </Button>
        )}
        <Button
          variant="quiet"
          keys={backAction.keys?.[0]}
          onPress={() => runAction(desk, backAction)}
        >
          {t(isGone ? 'controls.close' : 'controls.back')}
        </Button>
        <p className={css.note} role="status">
          {(problem?.kind === 'sending' || problem?.kind === 'blocked') && problem.why(texts)}
        </p>
      </div>
    </section>
  )
}

function copy({ bridge, toasts, report }: ReturnType<typeof useDesk>, text: string): void {
  bridge
    .request('clipboard.writeText', { text })
    .then(() =>
      toasts.tell({ meaning: 'notice', text: ({ t }) => t('controls.copied'), action: null }),
    )
    .catch(report)
}
