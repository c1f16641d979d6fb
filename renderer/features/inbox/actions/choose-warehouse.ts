import { Warehouse } from 'lucide-react'
import type { Action } from '../../../actions/action'
import { approvePossibility, decisionPossibility } from '../decisions'
import { focusNextChoice } from '../focus'
import { selectedRequisition } from '../selection'

/** To where the next line comes from; arrows choose, and approving sends what was chosen. */
export const chooseWarehouseAction: Action = {
  id: 'requisition.chooseWarehouse',
  title: 'action.requisition.chooseWarehouse',
  group: 'decide',
  icon: Warehouse,
  keys: ['w'],
  when: (desk) => {
    const requisition = selectedRequisition(desk)
    // Choosing without being able to approve later would come to nothing; without a line it waits.
    const approval = approvePossibility(desk, requisition)
    return approval.kind === 'hidden' ? approval : decisionPossibility(desk, requisition)
  },
  run: focusNextChoice,
}
