import { SkipForward } from 'lucide-react'
import type { Action } from '../../../actions/action'
import { deciding } from '../deciding'
import { skipPossibility } from '../decisions'
import { selectedRequisition } from '../selection'

/** Opens the pane where the reason is written; `send-text.ts` sends it. */
export const skipStepAction: Action = deciding({
  id: 'requisition.skipStep',
  title: 'action.requisition.skipStep',
  group: 'decide',
  icon: SkipForward,
  when: (desk) => skipPossibility(desk, selectedRequisition(desk)),
  run: ({ inbox, decisionGuard }) => {
    decisionGuard.forget()
    inbox.setWriting('skip')
  },
})
