import { Ellipsis } from 'lucide-react'
import { useStore } from 'zustand'
import { DECISION_TEXT_LIMIT } from '../../../contract/decision-text'
import type { Quote } from '../../../contract/quotes'
import type { Action } from '../../actions/action'
import { runAction } from '../../actions/run-action'
import { useConsole, useDesk, useOwnUser, usePending, useReplica, useTexts } from '../../desk-hooks'
import { isUnderway } from '../../state/sends'
import { Button, IconButton } from '../../ui/button'
import { Menu } from '../../ui/menu'
import { PendingStatus } from '../../ui/status'
import { TextArea } from '../../ui/text-field'
import { Totals } from '../inbox/totals'
import detailCss from '../orders/order-detail.module.css'
import {
  compareAction,
  copyNumberAction,
  openCompanyAction,
  openOrderAction,
  openSourceAction,
  savePdfAction,
} from './actions/open'
import {
  approveAction,
  newVersionAction,
  refuseAction,
  saveAction,
  sendAction,
  sendWritingAction,
  submitAction,
  takeCounterAction,
  withdrawAction,
} from './actions/write'
import { discard } from './deeds'
import { sumsOf } from './quote-form'
import { quotesOf } from './quotes'
import css from './quotes.module.css'

const primary = [submitAction, approveAction, sendAction, takeCounterAction, openOrderAction]
const secondary = [saveAction, refuseAction, newVersionAction, compareAction]
const rest = [savePdfAction, withdrawAction, openSourceAction, openCompanyAction, copyNumberAction]

/** What can be done about the quote, and what it comes to. */
export function QuoteBar({ quote, isLive }: { readonly quote: Quote; readonly isLive: boolean }) {
  const desk = useDesk()
  const texts = useTexts()
  const { t } = texts
  const { store } = quotesOf(desk)
  const draft = useStore(store, ({ drafts }) => drafts.get(quote.id))
  const writing = useStore(store, (state) => state.writing)
  const pending = usePending(quote.id)
  // What can be done follows from all of these.
  useConsole((state) => state.connection)
  useOwnUser()
  useReplica(({ replica }) => replica.store.getState().revision)
  const sums = draft
    ? sumsOf(draft.form, draft.base, (id) => desk.replica.get('article', id))
    : quote.totals
  const isBusy = pending.some(isUnderway)
  const press = (action: Action) => () => runAction(desk, action)
  const button = (action: Action, variant: 'primary' | 'secondary') => {
    const possibility = action.when(desk)
    if (possibility.kind === 'hidden') return null
    return (
      <Button
        key={action.id}
        variant={variant}
        keys={action.keys?.[0]}
        icon={action.icon}
        isDisabled={possibility.kind === 'disabled'}
        onPress={press(action)}
      >
        {t(action.title)}
      </Button>
    )
  }
  // What can only be taken back says so by itself, not behind the dots.
  const isVisible = (action: Action) => action.when(desk).kind !== 'hidden'
  const isAlone = !(isLive && [...primary, ...secondary].some(isVisible))
  const shown = isLive && isAlone ? [withdrawAction] : secondary
  const why = [...primary, ...secondary]
    .map((action) => action.when(desk))
    .find((one) => one.kind === 'disabled')
  if (writing?.id === quote.id) return <Writing quote={quote} />
  return (
    <footer className={detailCss.bar} data-foot="">
      <div className={css.deeds}>
        <div className={detailCss.buttons}>
          {isLive && primary.map((action) => button(action, 'primary'))}
          {isLive && shown.map((action) => button(action, 'secondary'))}
          {draft && !draft.isSent && (
            <Button variant="quiet" onPress={() => discard(desk, quote.id)}>
              {t('quote.discard')}
            </Button>
          )}
          <Menu
            label={t('controls.more')}
            placement="top start"
            groups={[
              rest
                .filter(
                  (action) => action.when(desk).kind === 'possible' && !shown.includes(action),
                )
                .map((action) => ({
                  id: action.id,
                  title: t(action.title),
                  icon: action.icon,
                  keys: action.keys?.[0],
                  run: press(action),
                })),
            ]}
          >
            <IconButton label={t('controls.more')} icon={Ellipsis} isOutlined />
          </Menu>
        </div>
        {isBusy ? (
          <PendingStatus>{t('quote.busy')}</PendingStatus>
        ) : (
          (draft || (isLive && why?.kind === 'disabled')) && (
            <span className={css.note}>
              {draft ? t('quote.preliminary') : why?.kind === 'disabled' && why.why(texts)}
            </span>
          )
        )}
      </div>
      <Totals totals={sums} />
    </footer>
  )
}

/** The words that go with a decision. */
function Writing({ quote }: { readonly quote: Quote }) {
  const desk = useDesk()
  const { t, formats } = useTexts()
  const { store } = quotesOf(desk)
  const writing = useStore(store, (state) => state.writing)
  // What can be sent follows from what is on its way.
  usePending(quote.id)
  if (!writing) return null
  const text = writing.text.trim()
  const isTooLong = text.length > DECISION_TEXT_LIMIT
  const reason = writing.kind === 'refuse' ? 'quote.refuseReason' : 'quote.withdrawReason'
  // Of a draft that has never gone out the customer hears nothing.
  const isKnown = writing.kind === 'refuse' || quote.sent !== null || quote.revision > 1
  const isPossible = sendWritingAction.when(desk).kind === 'possible'
  return (
    <footer className={detailCss.bar} data-foot="">
      <div className={css.writing}>
        <TextArea
          autoFocus
          rows={2}
          label={t(isKnown ? reason : 'quote.putAwayReason')}
          value={writing.text}
          onChange={(value) => store.setState({ writing: { ...writing, text: value } })}
          error={
            isTooLong
              ? t('decide.textTooLong', { limit: formats.integer(DECISION_TEXT_LIMIT) })
              : null
          }
        />
        <div className={detailCss.buttons}>
          <Button
            variant={writing.kind === 'refuse' ? 'primary' : 'danger'}
            isDisabled={!isPossible}
            keys={sendWritingAction.keys?.[0]}
            onPress={() => runAction(desk, sendWritingAction)}
          >
            {t(writing.kind === 'refuse' ? 'action.quotes.refuse' : 'action.quotes.withdraw')}
          </Button>
          <Button variant="quiet" onPress={() => store.setState({ writing: null })}>
            {t('controls.cancel')}
          </Button>
        </div>
      </div>
    </footer>
  )
}
