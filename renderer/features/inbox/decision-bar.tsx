import { AlertTriangle, Ellipsis, WifiOff } from 'lucide-react'
import { useStore } from 'zustand'
import type { Requisition } from '../../../contract/entities'
import type { Action } from '../../actions/action'
import { keyCaps } from '../../actions/keys'
import { runAction } from '../../actions/run-action'
import { useConsole, useDesk, usePending, useReplica, useTexts } from '../../desk-hooks'
import type { SendPhase } from '../../state/sends'
import { Button, IconButton } from '../../ui/button'
import { Menu } from '../../ui/menu'
import { PendingStatus } from '../../ui/status'
import { answerWithQuoteAction } from './actions/answer-with-quote'
import { approveAction } from './actions/approve'
import { attachAction } from './actions/attach'
import { askAgainAction } from './actions/ask-again'
import { chooseWarehouseAction } from './actions/choose-warehouse'
import { claimAction, releaseAction } from './actions/claim'
import { copyNumberAction } from './actions/copy-number'
import { editAction } from './actions/edit'
import { openOrderAction } from './actions/open-order'
import { rejectAction } from './actions/reject'
import { remindAction } from './actions/remind'
import { returnAction } from './actions/return'
import { reviveAction } from './actions/revive'
import { skipStepAction } from './actions/skip-step'
import { goToMarksAction, splitAction } from './actions/split'
import { approvalWarning } from './approval-warning'
import { draftKey, isDecision, workingKey } from './decisions'
import css from './decision-bar.module.css'
import { chosenPart } from './part'
import { leavesSteps } from './step-taking'
import { Totals } from './totals'
import { useChangesTold, useFigures } from './use-figures'

const isWorking: ReadonlySet<SendPhase['kind']> = new Set(['sending', 'settling', 'asking'])

/** The decision and the sums, at the foot of the pane: always in sight, always in the same place. */
export function DecisionBar({ requisition }: { readonly requisition: Requisition }) {
  const desk = useDesk()
  const texts = useTexts()
  const { t } = texts
  // Whether something can be done depends on all of these.
  useReplica(({ replica }) => replica.store.getState().revision)
  useConsole((state) => state)
  const drafts = useStore(desk.drafts.store, (state) => state.texts)
  const working = usePending(requisition.id).find(
    (send) => isDecision(send.type) && isWorking.has(send.phase.kind),
  )

  const isPicking = useStore(desk.picked.store, ({ ids }) => ids.size > 0)
  // Drawn anew with every mark.
  useStore(desk.markedLines.store)
  const part = chosenPart(desk, requisition)
  const approved = part?.value ?? requisition
  const figures = useFigures(approved)
  const told = useChangesTold(requisition.id)
  const { isHeld, isHinted, confirming } = useStore(desk.decisionGuard.store)
  const isAsked = confirming?.id === requisition.id
  const warning = isAsked ? approvalWarning(desk, approved) : null
  const singleKeys = useConsole(({ settings }) => settings?.singleKeys ?? true)
  const platform = useConsole(({ info }) => info?.platform ?? 'linux')

  const approval = approveAction.when(desk)
  const decision = (part ? splitAction : rejectAction).when(desk)
  const revival = reviveAction.when(desk)
  const hasDraft = (['reject', 'return', 'skip'] as const).some((writing) =>
    drafts.has(draftKey(requisition.id, writing)),
  )
  const [why] = [decision, approval, revival].filter((one) => one.kind === 'disabled')
  const isStep = leavesSteps(desk, approved)
  const approveWords = part
    ? t(isStep ? 'split.approveStep' : 'split.approve', {
        count: part.lineIds.length,
        of: requisition.lines.length,
      })
    : t(isStep ? 'decide.approveStep' : 'decide.approve')
  const total = texts.formats.wholeMoney(figures.totals.net, requisition.currency)
  const press = (action: Action) => () => runAction(desk, action)
  const keysOf = (action: Action) => action.keys?.[0]
  const entry = (action: Action) => {
    const possibility = action.when(desk)
    if (possibility.kind === 'hidden') return []
    return [
      {
        id: action.id,
        title: t(action.title),
        icon: action.icon,
        keys: keysOf(action),
        disabled: possibility.kind === 'disabled' ? possibility.why(texts) : undefined,
        run: press(action),
      },
    ]
  }

  return (
    <footer
      className={css.bar}
      data-foot=""
      data-decision={
        isHeld ? 'held' : confirming ? (confirming.isReady ? 'confirm' : 'asked') : 'ready'
      }
    >
      <div className={css.decision}>
        {warning && (
          <div className={css.warning} role="alert">
            <AlertTriangle size={16} aria-hidden="true" />
            <p>
              {warning(texts)}{' '}
              {singleKeys
                ? t('confirm.again', {
                    key: keyCaps(approveAction.keys?.[0] ?? '', platform).join(''),
                  })
                : t('confirm.pressAgain')}
            </p>
          </div>
        )}
        <div className={css.buttons}>
          {decision.kind !== 'hidden' && (
            <>
              {askAgainAction.when(desk).kind === 'possible' ? (
                <Button
                  variant="primary"
                  keys={keysOf(askAgainAction)}
                  onPress={press(askAgainAction)}
                >
                  {t('controls.askAgain')}
                </Button>
              ) : (
                <Button
                  variant="primary"
                  keys={keysOf(approveAction)}
                  isDisabled={approval.kind !== 'possible'}
                  onPress={press(approveAction)}
                >
                  {warning && !part ? t('decide.approveAnyway') : approveWords}
                  {part && <span className={css.net}>{` · ${t('split.net', { total })}`}</span>}
                </Button>
              )}
              {part ? (
                <Button
                  keys={keysOf(splitAction)}
                  isDisabled={decision.kind !== 'possible'}
                  onPress={press(splitAction)}
                >
                  {t('split.splitOff')}
                </Button>
              ) : (
                <>
                  <Button
                    keys={keysOf(returnAction)}
                    isDisabled={decision.kind !== 'possible'}
                    onPress={press(returnAction)}
                  >
                    {t('decide.return')}
                  </Button>
                  <Button
                    keys={keysOf(rejectAction)}
                    isDisabled={decision.kind !== 'possible'}
                    onPress={press(rejectAction)}
                  >
                    {t('decide.reject')}
                  </Button>
                </>
              )}
            </>
          )}
          {revival.kind !== 'hidden' && (
            <Button
              keys={keysOf(reviveAction)}
              isDisabled={revival.kind !== 'possible'}
              onPress={press(reviveAction)}
            >
              {t('decide.revive')}
            </Button>
          )}
          {openOrderAction.when(desk).kind === 'possible' && (
            <Button keys={keysOf(openOrderAction)} onPress={press(openOrderAction)}>
              {t('outcome.openOrder')}
            </Button>
          )}
          <Menu
            label={t('controls.more')}
            placement="top start"
            groups={[
              [editAction, answerWithQuoteAction, claimAction, releaseAction].flatMap(entry),
              [goToMarksAction, chooseWarehouseAction, remindAction, skipStepAction].flatMap(entry),
              [attachAction, copyNumberAction].flatMap(entry),
            ]}
          >
            <IconButton label={t('controls.more')} icon={Ellipsis} isOutlined />
          </Menu>
        </div>
        <p className={css.note} role="status">
          {isPicking ? (
            t('bulk.note')
          ) : isHinted ? (
            t(told ? 'changes.justTold' : 'decide.justOpened')
          ) : working ? (
            <PendingStatus>
              {working.phase.kind === 'asking' ? t('pending.asking') : t(workingKey(working.type))}
            </PendingStatus>
          ) : why ? (
            <>
              <WifiOffWhenOffline />
              {why.why(texts)}
            </>
          ) : part ? (
            t('split.note', { count: part.rest })
          ) : (
            hasDraft && decision.kind === 'possible' && t('decide.draftKept')
          )}
        </p>
      </div>
      <Totals totals={figures.totals} />
    </footer>
  )
}

function WifiOffWhenOffline() {
  const isOffline = useConsole(({ connection }) => connection?.kind === 'offline')
  return isOffline ? <WifiOff size={14} aria-hidden="true" /> : null
}
