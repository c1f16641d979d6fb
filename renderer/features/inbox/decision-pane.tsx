import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import type { Requisition } from '../../../contract/entities'
import { runAction } from '../../actions/run-action'
import { useConsole, useDesk, useEntity, useReplica, useTexts } from '../../desk-hooks'
import { Button } from '../../ui/button'
import { TextArea } from '../../ui/text-field'
import { backAction } from './actions/focus'
import { sendTextAction } from './actions/send-text'
import { draftKey } from './decisions'
import css from './decision-pane.module.css'

/**
 * Where the customer's text is written, in the place of the buttons: the lines stay in sight. What is
 * written is kept as a draft from the first letter, so that nothing loses it.
 */
export function DecisionPane({
  requisition,
  writing,
}: {
  readonly requisition: Requisition
  readonly writing: 'reject' | 'return'
}) {
  const desk = useDesk()
  const texts = useTexts()
  const { t } = texts
  useReplica(({ replica }) => replica.store.getState().revision)
  useConsole((state) => state)
  const contact = useEntity('contact', requisition.contactId)
  const key = draftKey(requisition.id, writing)
  const text = useStore(desk.drafts.store, (state) => state.texts.get(key) ?? '')
  const area = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    const element = area.current
    element?.focus()
    element?.setSelectionRange(element.value.length, element.value.length)
  }, [])
  const possibility = sendTextAction.when(desk)
  const contactName = contact?.name ?? requisition.contactId
  return (
    <section className={css.pane} data-foot="" aria-label={t(`decide.${writing}Title`)}>
      <h3>{t(`decide.${writing}Title`)}</h3>
      <TextArea
        areaRef={area}
        label={t(`decide.${writing}Label`)}
        hint={t(`decide.${writing}Hint`, { contact: contactName })}
        value={text}
        rows={3}
        onChange={(value) => desk.drafts.write(key, value)}
      />
      <div className={css.buttons}>
        <Button
          variant={writing === 'reject' ? 'danger' : 'primary'}
          keys={sendTextAction.keys?.[0]}
          isDisabled={possibility.kind !== 'possible'}
          onPress={() => runAction(desk, sendTextAction)}
        >
          {t(`decide.${writing}Send`)}
        </Button>
        <Button
          variant="quiet"
          keys={backAction.keys?.[0]}
          onPress={() => runAction(desk, backAction)}
        >
          {t('controls.back')}
        </Button>
        {possibility.kind === 'disabled' && text !== '' && (
          <p className={css.note}>{possibility.why(texts)}</p>
        )}
      </div>
    </section>
  )
}
