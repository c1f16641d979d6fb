import { Check } from 'lucide-react'
import type { Action } from '../../../actions/action'
import { approve, approvePossibility } from '../decisions'
import { selectedRequisition } from '../selection'

export const approveAction: Action = {
  id: 'requisition.approve',
  title: 'action.requisition.approve',
  group: 'decide',
  icon: Check,
  keys: ['a'],
  when: (desk) => approvePossibility(desk, selectedRequisition(desk)),
  run: (desk) => {
    const requisition = selectedRequisition(desk)
    if (requisition) void approve(desk, requisition).catch(desk.report)
  },
}
