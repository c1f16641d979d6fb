import { AlertTriangle } from 'lucide-react'
import { useStore } from 'zustand'
import type { Order } from '../../../../contract/entities'
import { runAction } from '../../../actions/run-action'
import { useConsole, useDesk, usePending, useReplica, useTexts } from '../../../desk-hooks'
import { Button } from '../../../ui/button'
import { focusList } from '../../../ui/list-focus'
import { PendingStatus } from '../../../ui/status'
import barCss from '../../inbox/decision-bar.module.css'
import { leaveDatesAction, saveDatesAction } from '../actions/dates'
import { ordersOf, ORDERS } from '../orders'
import { datesProblem, leaveDates } from './confirming'
import type { DatesDraft } from './typed-dates'

/** Saving and leaving the dates, and what stands in the way. */
export function DatesBar({ order, draft }: { readonly order: Order; readonly draft: DatesDraft }) {
  const desk = useDesk()
  const texts = useTexts()
  const { t } = texts
  const orders = ordersOf(desk)
  useReplica(({ replica }) => replica.store.getState().revision)
  useConsole((state) => state)
  usePending(order.id)
  const isLeaving = useStore(orders.store, ({ leaving }) => leaving === order.id)
  const problem = datesProblem(desk, order, draft)
  return (
    <footer className={barCss.bar} data-foot="" data-editing="">
      <div className={barCss.decision}>
        {isLeaving && (
          <div className={barCss.warning} role="alert">
            <AlertTriangle size={16} aria-hidden="true" />
            <p>{t('order.dates.leaveQuestion')}</p>
          </div>
        )}
        <div className={barCss.buttons}>
          {/* Keys, so that the answer is drawn anew and takes the focus. */}
          {isLeaving ? (
            <>
              <Button
                key="discard"
                variant="danger"
                onPress={() => {
                  orders.putDates(order.id, null)
                  focusList(ORDERS)
                }}
              >
                {t('edit.discard')}
              </Button>
              <Button key="go-on" autoFocus onPress={() => leaveDates(desk, order, draft)}>
                {t('edit.goOn')}
              </Button>
            </>
          ) : (
            <>
              <Button
                key="save"
                variant="primary"
                keys={saveDatesAction.keys?.[0]}
                isDisabled={problem !== null}
                onPress={() => runAction(desk, saveDatesAction)}
              >
                {t('order.dates.save')}
              </Button>
              <Button
                key="leave"
                variant="quiet"
                keys={leaveDatesAction.keys?.[0]}
                onPress={() => runAction(desk, leaveDatesAction)}
              >
                {t('edit.leave')}
              </Button>
            </>
          )}
        </div>
        <p className={barCss.note} role="status">
          {problem?.kind === 'sending' ? (
            <PendingStatus>{t('edit.saving')}</PendingStatus>
          ) : (
            (problem?.why(texts) ?? t('order.dates.tells'))
          )}
        </p>
      </div>
    </footer>
  )
}
