import { Paperclip } from 'lucide-react'
import { hidden, possible } from '../../../actions/action'
import type { Action } from '../../../actions/action'
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
    const { attachments = [] } = selectedRequisition(desk) ?? {}
    return attachments.length > 0 ? possible : hidden
  },
  run: () => focusAttachments(),
}
