import { Paperclip } from 'lucide-react'
import { hidden, possible } from '../../../actions/action'
import type { Action } from '../../../actions/action'
import type { Transfer } from '../../../state/transfers'
import { attachPossibility, tellLeftOut } from '../attaching'
import { focusAttachments } from '../focus'
import { selectedRequisition } from '../selection'

/** Has the person choose files and sends them along with what is open. */
export const attachAction: Action = {
  id: 'requisition.attach',
  title: 'action.requisition.attach',
  group: 'decide',
  icon: Paperclip,
  keys: ['f'],
  when: (desk) => attachPossibility(desk, selectedRequisition(desk)),
  run: (desk) => {
    const requisition = selectedRequisition(desk)
    if (!requisition) return
    desk.attachments
      .choose(requisition)
      .then((leftOut) => tellLeftOut(desk, leftOut))
      .catch(desk.report)
  },
}

/** To what is attached: the first file, and after that from file to file. */
export const goToAttachmentsAction: Action = {
  id: 'requisition.goToAttachments',
  title: 'action.requisition.goToAttachments',
  group: 'list',
  keys: ['i'],
  when: (desk) => {
    const { id, attachments = [] } = selectedRequisition(desk) ?? {}
    // A file that was not taken stands there as well, to be tried again or let go of.
    const isFailed = ({ requisitionId, phase }: Transfer) =>
      requisitionId === id && phase.kind === 'failed'
    const { transfers } = desk.attachments.store.getState()
    return attachments.length > 0 || transfers.some(isFailed) ? possible : hidden
  },
  run: () => focusAttachments(),
}
