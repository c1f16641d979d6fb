import { Send } from 'lucide-react'
import { hidden, possible } from '../../../actions/action'
import type { Action } from '../../../actions/action'
import { decisionPossibility, draftKey, sendText } from '../decisions'
import { selectedRequisition } from '../selection'

/** Sends the reason or the message that is being written. */
export const sendTextAction: Action = {
  id: 'requisition.sendText',
  title: 'action.requisition.sendText',
  group: 'decide',
  icon: Send,
  keys: ['Mod+Enter'],
  when: (desk) => {
    const { writing } = desk.inbox.store.getState()
    const requisition = selectedRequisition(desk)
    if (!writing || !requisition) return hidden
    const text = desk.drafts.store.getState().texts.get(draftKey(requisition.id, writing)) ?? ''
    if (text.trim() === '') return { kind: 'disabled', why: ({ t }) => t('decide.textRequired') }
    const decision = decisionPossibility(desk, requisition)
    return decision.kind === 'possible' ? possible : decision
  },
  run: (desk) => {
    const { writing } = desk.inbox.store.getState()
    const requisition = selectedRequisition(desk)
    if (writing && requisition) void sendText(desk, requisition, writing).catch(desk.report)
  },
}
