import type { Order } from '../../../../contract/entities'
import { takesDates } from '../../../../domain/order/confirm'
import type { Texts } from '../../../../language/texts'
import { hidden, possible, type Possibility } from '../../../actions/action'
import type { Desk } from '../../../desk'
import { isUnderway, pendingOf } from '../../../state/sends'
import { todayAt } from '../../../state/today'
import { focusList } from '../../../ui/list-focus'
import { focusFirstCell } from '../../inbox/edit/focus-cell'
import { mayFor } from '../../quotes/may'
import { ordersOf, ORDERS } from '../orders'
import { typedDates, type DatesDraft, type TypedDates } from './typed-dates'

/** Why the dates cannot be saved as they stand. */
export interface DatesProblem {
  readonly kind: 'sending' | 'gone' | 'changed' | 'nothing' | 'wrong'
  readonly why: (texts: Texts) => string
}

/** The order that is open, as the replica has it. */
export function openOrder({ navigation, replica }: Desk): Order | undefined {
  const id = navigation.store.getState().selected[ORDERS] ?? null
  return id === null ? undefined : replica.get('order', id)
}

/** What is being typed of the open order's dates. */
export function openDates(
  desk: Desk,
): { readonly order: Order; readonly draft: DatesDraft } | undefined {
  const order = openOrder(desk)
  const draft = order && ordersOf(desk).store.getState().dates.get(order.id)
  return draft && { order, draft }
}

/** Whether the dates of the open order can be confirmed from here. */
export function confirmPossibility(desk: Desk): Possibility {
  const order = openOrder(desk)
  if (!order || openDates(desk) || !takesDates(order.state)) return hidden
  if (!mayFor(desk, order.companyId, 'decide_requisition')) return hidden
  return isOnItsWay(desk, order.id)
    ? { kind: 'disabled', why: ({ t }) => t('order.dates.busy') }
    : possible
}

function isOnItsWay({ sends, console }: Desk, orderId: string): boolean {
  return pendingOf(sends.getState().byId, console.getState().outbox, orderId).some(isUnderway)
}

/** The dates as they would be with what has been typed. */
export function datesOf(desk: Desk, order: Order, draft: DatesDraft): TypedDates {
  return typedDates(order, draft, todayAt(desk))
}

/** What stands in the way of saving them; null for nothing. */
export function datesProblem(desk: Desk, order: Order, draft: DatesDraft): DatesProblem | null {
  if (isOnItsWay(desk, order.id)) return { kind: 'sending', why: ({ t }) => t('edit.saving') }
  if (!takesDates(order.state)) {
    return {
      kind: 'gone',
      why: ({ t }) => t('order.dates.tooLate', { state: t(`order.state.${order.state}`) }),
    }
  }
  if (desk.replica.versionOf('order', order.id) !== draft.baseVersion) {
    const name = order.confirmation?.by.name
    return {
      kind: 'changed',
      why: ({ t }) =>
        name === undefined
          ? t('order.dates.changedMeanwhile')
          : t('order.dates.changedMeanwhileBy', { name }),
    }
  }
  const { problems, said } = datesOf(desk, order, draft)
  if (problems > 0) {
    return { kind: 'wrong', why: ({ t }) => t('edit.wrong', { count: problems }) }
  }
  return said.length > 0 ? null : { kind: 'nothing', why: ({ t }) => t('edit.nothing') }
}

/** Opens the dates of an order as fields; nothing happens until they are saved. */
export function beginDates(desk: Desk, order: Order): void {
  ordersOf(desk).enterDates(order.id)
  ordersOf(desk).putDates(order.id, {
    base: order,
    baseVersion: desk.replica.versionOf('order', order.id),
    all: '',
    lines: new Map(),
  })
}

/** Goes on from the order as it is now, with what has been typed. */
export function carryDatesOver(desk: Desk, order: Order, draft: DatesDraft): void {
  ordersOf(desk).putDates(order.id, {
    ...draft,
    base: order,
    baseVersion: desk.replica.versionOf('order', order.id),
  })
}

/** Sends the dates; they are forgotten here when they are on their way for certain. */
export async function saveDates(desk: Desk, order: Order, draft: DatesDraft): Promise<void> {
  if (datesProblem(desk, order, draft) !== null) return
  const { id, number } = order
  // What came back before is answered by this.
  desk.commands.dismissAll(id)
  const result = await desk.commands.send({
    type: 'order.confirm_dates',
    aggregateId: id,
    expectedVersion: draft.baseVersion,
    payload: { lines: [...datesOf(desk, order, draft).said] },
  })
  if (result.kind !== 'accepted' && result.kind !== 'queued') return
  ordersOf(desk).putDates(id, null)
  if (result.kind === 'accepted') {
    desk.toasts.tell({
      meaning: 'good',
      text: ({ t }) => t('order.dates.saved', { number }),
      action: null,
    })
  }
  if (openOrder(desk)?.id === id) focusList(ORDERS)
}

/** Out of the fields: at once where nothing would be lost, else after asking; asked already, back to them. */
export function leaveDates(desk: Desk, order: Order, draft: DatesDraft): void {
  const orders = ordersOf(desk)
  if (orders.store.getState().leaving === order.id) {
    orders.askLeaving(null)
    focusFirstCell()
    return
  }
  const { said, problems } = datesOf(desk, order, draft)
  if (said.length > 0 || problems > 0) {
    orders.askLeaving(order.id)
    return
  }
  orders.putDates(order.id, null)
  focusList(ORDERS)
}
