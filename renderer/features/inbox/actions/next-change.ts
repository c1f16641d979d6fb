import { Diff } from 'lucide-react'
import { hidden, possible } from '../../../actions/action'
import type { Action } from '../../../actions/action'
import { changedLines, goToNextChange } from '../changed-lines'
import { selectedRequisition } from '../selection'

/** To the next line that is other than proposed; on it a price can be kept or taken. */
export const nextChangeAction: Action = {
  id: 'requisition.nextChange',
  title: 'action.requisition.nextChange',
  group: 'decide',
  icon: Diff,
  keys: ['d'],
  when: (desk) => {
    const requisition = selectedRequisition(desk)
    return requisition?.outcome === null && changedLines(desk, requisition).length > 0
      ? possible
      : hidden
  },
  run: (desk) => {
    const requisition = selectedRequisition(desk)
    if (requisition) goToNextChange(desk, requisition)
  },
}
