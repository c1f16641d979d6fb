import { Building2, Copy, ExternalLink } from 'lucide-react'
import { hidden, possible } from '../../../actions/action'
import type { Action } from '../../../actions/action'
import type { Desk } from '../../../desk'
import { ordersOf, ORDERS } from '../orders'
import type { OrderHead } from '../orders'

/** The order that is open, as far as it is known here. */
function selectedOrder(desk: Desk): OrderHead | undefined {
  const id = desk.navigation.store.getState().selected[ORDERS] ?? null
  return id === null ? undefined : ordersOf(desk).head(id)
}

/** Back to what it was made of. */
export const openSourceAction: Action = {
  id: 'orders.openSource',
  title: 'action.orders.openSource',
  group: 'go',
  icon: ExternalLink,
  keys: ['o'],
  when: (desk) => {
    const order = selectedOrder(desk)
    return order && desk.navigation.canOpen(order.source.kind) ? possible : hidden
  },
  run: (desk) => {
    const order = selectedOrder(desk)
    if (order) desk.navigation.open(order.source.kind, order.source.id)
  },
}

export const openCompanyAction: Action = {
  id: 'orders.openCompany',
  title: 'action.orders.openCompany',
  group: 'go',
  icon: Building2,
  keys: ['u'],
  when: (desk) => (selectedOrder(desk) && desk.navigation.canOpen('company') ? possible : hidden),
  run: (desk) => {
    const order = selectedOrder(desk)
    if (order) desk.navigation.open('company', order.companyId)
  },
}

export const copyNumberAction: Action = {
  id: 'orders.copyNumber',
  title: 'action.orders.copyNumber',
  group: 'list',
  icon: Copy,
  keys: ['Mod+Shift+c'],
  when: (desk) => (selectedOrder(desk) ? possible : hidden),
  run: (desk) => {
    const order = selectedOrder(desk)
    if (!order) return
    desk.bridge
      .request('clipboard.writeText', { text: order.number })
      .then(() =>
        desk.toasts.tell({ meaning: 'notice', text: ({ t }) => t('order.copied'), action: null }),
      )
      .catch(desk.report)
  },
}
