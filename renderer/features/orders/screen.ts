import { ClipboardCheck } from 'lucide-react'
import { late } from '../../late'
import type { Screen } from '../../screen'
import { seesCustomers } from '../../state/sight'
import { confirmDatesAction, leaveDatesAction, saveDatesAction } from './actions/dates'
import { listKeys, olderAction } from './actions/list'
import { copyNumberAction, openCompanyAction, openSourceAction } from './actions/open'
import { ORDERS } from './orders'

export const ordersScreen: Screen = {
  id: ORDERS,
  title: 'action.go.orders',
  icon: ClipboardCheck,
  view: late(async () => (await import('./orders-view')).OrdersView),
  isAllowed: seesCustomers,
  shows: 'order',
  actions: [
    confirmDatesAction,
    saveDatesAction,
    leaveDatesAction,
    openSourceAction,
    openCompanyAction,
    listKeys.next,
    listKeys.previous,
    listKeys.open,
    listKeys.search,
    olderAction,
    listKeys.back,
    copyNumberAction,
  ],
}
