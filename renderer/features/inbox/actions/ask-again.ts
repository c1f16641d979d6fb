import { CircleHelp } from 'lucide-react'
import { hidden, possible } from '../../../actions/action'
import type { Action } from '../../../actions/action'
import { deciding, onOne } from '../deciding'
import { unknownApproval } from '../decisions'
import { selectedRequisition } from '../selection'

/** Asks what became of an approval that nobody answered. Stands in the place of approving. */
export const askAgainAction: Action = onOne(
  deciding({
    id: 'requisition.askAgain',
    title: 'action.requisition.askAgain',
    group: 'decide',
    icon: CircleHelp,
    keys: ['a'],
    when: (desk) => (unknownApproval(desk, selectedRequisition(desk)) ? possible : hidden),
    run: (desk) => {
      const send = unknownApproval(desk, selectedRequisition(desk))
      if (send) desk.commands.askAgain(send.id)
    },
  }),
)
