import { CornerUpLeft } from 'lucide-react'
import type { Action } from '../../../actions/action'
import { deciding, onOne, onWhole } from '../deciding'
import { decisionPossibility } from '../decisions'
import { selectedRequisition } from '../selection'

/** Opens the pane where the customer's text is written; `send-text.ts` sends it. */
export const returnAction: Action = onOne(
  onWhole(
    deciding({
      id: 'requisition.return',
      title: 'action.requisition.return',
      group: 'decide',
      icon: CornerUpLeft,
      keys: ['c'],
      when: (desk) => decisionPossibility(desk, selectedRequisition(desk)),
      run: ({ inbox, decisionGuard }) => {
        decisionGuard.forget()
        inbox.setWriting('return')
      },
    }),
  ),
)
