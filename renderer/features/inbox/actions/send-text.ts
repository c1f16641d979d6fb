import { Send } from 'lucide-react'
import { hidden, possible } from '../../../actions/action'
import type { Action } from '../../../actions/action'
import { textProblem, textToSend } from '../decision-text'
import { sendText } from '../decisions'
import { proposalToSend } from '../edit/editing'
import { focusText } from '../focus'
import { selectedId, selectedRequisition } from '../selection'

/** Sends the reason or the message that is being written; the pane says why it cannot be. */
export const sendTextAction: Action = {
  id: 'requisition.sendText',
  title: 'action.requisition.sendText',
  group: 'decide',
  icon: Send,
  keys: ['Mod+Enter'],
  when: (desk) =>
    desk.inbox.store.getState().writing !== null && selectedId(desk) !== null ? possible : hidden,
  run: (desk) => {
    const { writing } = desk.inbox.store.getState()
    const id = selectedId(desk)
    if (!writing || id === null) return
    const requisition = selectedRequisition(desk)
    if (requisition && textProblem(desk, id, writing) === null) {
      const text = textToSend(desk, id, writing)
      const proposal = writing === 'return' ? proposalToSend(desk, requisition) : undefined
      void sendText(desk, requisition, writing, text, proposal).catch(desk.report)
      return
    }
    desk.inbox.askWhy()
    focusText()
  },
}
