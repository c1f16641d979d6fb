import { Boxes } from 'lucide-react'
import { late } from '../../late'
import type { Screen } from '../../screen'
import { seesCustomers } from '../../state/sight'
import { listKeys } from './actions/list'
import { STOCK } from './stock'

export const stockScreen: Screen = {
  id: STOCK,
  title: 'action.go.stock',
  icon: Boxes,
  view: late(async () => (await import('./stock-view')).StockView),
  isAllowed: seesCustomers,
  actions: [listKeys.next, listKeys.previous, listKeys.open, listKeys.search, listKeys.back],
}
