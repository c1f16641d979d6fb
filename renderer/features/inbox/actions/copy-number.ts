import { Copy } from 'lucide-react'
import { hidden, possible } from '../../../actions/action'
import type { Action } from '../../../actions/action'
import { selectedRequisition } from '../selection'

export const copyNumberAction: Action = {
  id: 'requisition.copyNumber',
  title: 'action.requisition.copyNumber',
  group: 'list',
  icon: Copy,
  keys: ['Mod+Shift+c'],
  when: (desk) => (selectedRequisition(desk) ? possible : hidden),
  run: (desk) => {
    const requisition = selectedRequisition(desk)
    if (!requisition) return
    desk.bridge
      .request('clipboard.writeText', { text: requisition.number })
      .then(() =>
        desk.toasts.tell({
          meaning: 'notice',
          text: ({ t }) => t('controls.copied'),
          action: null,
        }),
      )
      .catch(desk.report)
  },
}
