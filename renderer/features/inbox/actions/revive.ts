import { RotateCcw } from 'lucide-react'
import type { Action } from '../../../actions/action'
import { deciding } from '../deciding'
import { revivePossibility } from '../decisions'
import { selectedRequisition } from '../selection'

/** Takes an expired one up again: it waits to be decided as if it had just come in. */
export const reviveAction: Action = deciding({
  id: 'requisition.revive',
  title: 'action.requisition.revive',
  group: 'decide',
  icon: RotateCcw,
  keys: ['v'],
  when: (desk) => revivePossibility(desk, selectedRequisition(desk)),
  run: (desk) => {
    const requisition = selectedRequisition(desk)
    if (!requisition) return
    const { id, revision, number } = requisition
    const expectedVersion = desk.replica.versionOf('requisition', id)
    desk.commands
      .send({ type: 'requisition.revive', aggregateId: id, expectedVersion, payload: { revision } })
      .then((result) => {
        if (result.kind !== 'accepted') return
        desk.toasts.tell({
          meaning: 'good',
          text: ({ t }) => t('decide.revived', { number }),
          action: null,
        })
      })
      .catch(desk.report)
  },
})
