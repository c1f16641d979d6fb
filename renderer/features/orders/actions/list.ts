import { History } from 'lucide-react'
import { hidden, possible } from '../../../actions/action'
import type { Action } from '../../../actions/action'
import { listActions } from '../../../actions/list-actions'
import { canReachGateway } from '../../../state/console'
import { loadOlder } from '../load-older'
import { ordersOf, ORDERS } from '../orders'

export const listKeys = listActions({
  screen: ORDERS,
  ids: (desk) => ordersOf(desk).view().ids,
  query: (desk) => ordersOf(desk).store.getState().query,
  setQuery: (desk, query) => ordersOf(desk).setQuery(query),
})

/** On to the orders that only the gateway has. */
export const olderAction: Action = {
  id: 'orders.older',
  title: 'action.orders.older',
  group: 'list',
  icon: History,
  when: (desk) => {
    const { phase } = ordersOf(desk).store.getState().older
    if (phase.kind === 'end' || phase.kind === 'loading') return hidden
    if (canReachGateway(desk.console.getState())) return possible
    return { kind: 'disabled', why: ({ t }) => t('orders.olderOffline') }
  },
  run: (desk) => void loadOlder(desk).catch(desk.report),
}
