import { Users } from 'lucide-react'
import { late } from '../../late'
import type { Screen } from '../../screen'
import { seesCustomers } from '../../state/sight'
import { listKeys } from './actions/list'
import {
  checkPriceAction,
  copyNumberAction,
  newQuoteAction,
  showOrdersAction,
} from './actions/open'
import { CUSTOMERS } from './customers'

export const customersScreen: Screen = {
  id: CUSTOMERS,
  title: 'action.go.customers',
  icon: Users,
  view: late(async () => (await import('./customers-view')).CustomersView),
  isAllowed: seesCustomers,
  shows: 'company',
  actions: [
    checkPriceAction,
    showOrdersAction,
    newQuoteAction,
    listKeys.next,
    listKeys.previous,
    listKeys.open,
    listKeys.search,
    listKeys.back,
    copyNumberAction,
  ],
}
