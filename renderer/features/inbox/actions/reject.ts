import { X } from 'lucide-react'
import type { Action } from '../../../actions/action'
import { deciding, onOne, onWhole } from '../deciding'
import { decisionPossibility } from '../decisions'
import { selectedRequisition } from '../selection'

/** Opens the pane where the customer's text is written; `send-text.ts` sends it. */
export const rejectAction: Action = onOne(
  onWhole(
    deciding({
      id: 'requisition.reject',
      title: 'action.requisition.reject',
      group: 'decide',
      icon: X,
      keys: ['r'],
      when: (desk) => decisionPossibility(desk, selectedRequisition(desk)),
      run: ({ inbox, decisionGuard }) => {
        decisionGuard.forget()
        inbox.setWriting('reject')
      },
    }),
  ),
)
