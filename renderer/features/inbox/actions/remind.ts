import { BellRing } from 'lucide-react'
import type { Action } from '../../../actions/action'
import { deciding } from '../deciding'
import { remindPossibility } from '../decisions'
import { selectedRequisition } from '../selection'

/** Asks those whom it waits for once more. */
export const remindAction: Action = deciding({
  id: 'requisition.remind',
  title: 'action.requisition.remind',
  group: 'decide',
  icon: BellRing,
  keys: ['m'],
  when: (desk) => remindPossibility(desk, selectedRequisition(desk)),
  run: (desk) => {
    const requisition = selectedRequisition(desk)
    if (!requisition) return
    const { id, revision } = requisition
    const expectedVersion = desk.replica.versionOf('requisition', id)
    desk.commands
      .send({ type: 'requisition.remind', aggregateId: id, expectedVersion, payload: { revision } })
      .then((result) => {
        if (result.kind !== 'accepted') return
        desk.toasts.tell({
          meaning: 'good',
          text: ({ t }) => t('decide.reminded'),
          action: null,
        })
      })
      .catch(desk.report)
  },
})
