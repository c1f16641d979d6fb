import { ExternalLink } from 'lucide-react'
import { hidden, possible } from '../../../actions/action'
import type { Action } from '../../../actions/action'
import { selectedRequisition } from '../selection'

/** From what was ordered to the order. */
export const openOrderAction: Action = {
  id: 'requisition.openOrder',
  title: 'action.requisition.openOrder',
  group: 'go',
  icon: ExternalLink,
  keys: ['o'],
  when: (desk) =>
    selectedRequisition(desk)?.outcome?.kind === 'ordered' && desk.navigation.canOpen('order')
      ? possible
      : hidden,
  run: (desk) => {
    const outcome = selectedRequisition(desk)?.outcome
    if (outcome?.kind === 'ordered') desk.navigation.open('order', outcome.orderId)
  },
}
