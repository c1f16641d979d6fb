import { useStore } from 'zustand'
import type { Order } from '../../../../contract/entities'
import { runAction } from '../../../actions/run-action'
import { useConsole, useDesk, usePending, useReplica, useTexts } from '../../../desk-hooks'
import { Button } from '../../../ui/button'
import { focusList } from '../../../ui/list-focus'
import { EditingBar } from '../../inbox/edit/editing-bar'
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
    <EditingBar
      question={isLeaving ? t('order.dates.leaveQuestion') : null}
      onDiscard={() => {
        orders.putDates(order.id, null)
        focusList(ORDERS)
      }}
      onGoOn={() => leaveDates(desk, order, draft)}
      isSaving={problem?.kind === 'sending'}
      note={problem?.why(texts) ?? t('order.dates.tells')}
    >
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
    </EditingBar>
  )
}
