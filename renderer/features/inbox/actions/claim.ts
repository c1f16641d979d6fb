import { Hand, Undo2 } from 'lucide-react'
import { hidden } from '../../../actions/action'
import type { Action } from '../../../actions/action'
import type { Desk } from '../../../desk'
import { signedInUser } from '../../../state/console'
import { deciding } from '../deciding'
import { claimPossibility } from '../decisions'
import { selectedRequisition } from '../selection'

function isMine(desk: Desk): boolean {
  const claimedBy = selectedRequisition(desk)?.claimedBy
  return claimedBy != null && claimedBy.id === signedInUser(desk.console.getState())?.id
}

function send(type: 'requisition.claim' | 'requisition.release') {
  return (desk: Desk) => {
    const requisition = selectedRequisition(desk)
    if (!requisition) return
    const { id } = requisition
    const expectedVersion = desk.replica.versionOf('requisition', id)
    desk.commands.send({ type, aggregateId: id, expectedVersion, payload: {} }).catch(desk.report)
  }
}

/** Shows colleagues who has it. */
export const claimAction: Action = deciding({
  id: 'requisition.claim',
  title: 'action.requisition.claim',
  group: 'decide',
  icon: Hand,
  keys: ['t'],
  when: (desk) => (isMine(desk) ? hidden : claimPossibility(desk, selectedRequisition(desk))),
  run: send('requisition.claim'),
})

export const releaseAction: Action = deciding({
  id: 'requisition.release',
  title: 'action.requisition.release',
  group: 'decide',
  icon: Undo2,
  keys: ['t'],
  when: (desk) => (isMine(desk) ? claimPossibility(desk, selectedRequisition(desk)) : hidden),
  run: send('requisition.release'),
})
