import { Check } from 'lucide-react'
import type { Action } from '../../../actions/action'
import { approvalWarning } from '../approval-warning'
import { deciding, onOne } from '../deciding'
import { approve, approvePossibility } from '../decisions'
import { selectedRequisition } from '../selection'

export const approveAction: Action = onOne(
  deciding({
    id: 'requisition.approve',
    title: 'action.requisition.approve',
    group: 'decide',
    icon: Check,
    keys: ['a'],
    when: (desk) => approvePossibility(desk, selectedRequisition(desk)),
    run: (desk) => {
      const requisition = selectedRequisition(desk)
      if (!requisition) return
      // With something against it, it takes two presses: the first one shows what.
      if (approvalWarning(desk, requisition) && !desk.decisionGuard.confirm(requisition.id)) return
      void approve(desk, requisition).catch(desk.report)
    },
  }),
)
