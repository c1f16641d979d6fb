import { Check } from 'lucide-react'
import type { Action } from '../../../actions/action'
import { approvalWarning } from '../approval-warning'
import { deciding, onOne } from '../deciding'
import { approve, approvePossibility } from '../decisions'
import { chosenPart } from '../part'
import { selectedRequisition } from '../selection'

export const approveAction: Action = onOne(
  deciding({
    id: 'requisition.approve',
    title: 'action.requisition.approve',
    group: 'decide',
    icon: Check,
    keys: ['a'],
    when: (desk) => {
      const requisition = selectedRequisition(desk)
      const part = chosenPart(desk, requisition)
      return approvePossibility(desk, part?.value ?? requisition, part !== null)
    },
    run: (desk) => {
      const requisition = selectedRequisition(desk)
      if (!requisition) return
      const part = chosenPart(desk, requisition)
      const approved = part?.value ?? requisition
      // With something against it, it takes two presses: the first one shows what.
      if (approvalWarning(desk, approved) && !desk.decisionGuard.confirm(requisition.id)) return
      void approve(desk, requisition, part).catch(desk.report)
    },
  }),
)
