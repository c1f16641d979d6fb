import { Pencil, Reply, Save, Undo2 } from 'lucide-react'
import { hidden, possible } from '../../../actions/action'
import type { Action } from '../../../actions/action'
import type { Desk } from '../../../desk'
import { deciding } from '../deciding'
import { decisionPossibility } from '../decisions'
import { editProblem, leaveEdit, saveEdit } from '../edit/editing'
import { focusFirstCell, focusProblem } from '../edit/focus-cell'
import { selectedRequisition } from '../selection'

/** The requisition that is open and being edited. */
function beingEdited(desk: Desk) {
  const requisition = selectedRequisition(desk)
  return requisition && desk.edits.of(requisition.id) ? requisition : undefined
}

/** Opens the content as fields; nothing happens until they are saved. */
export const editAction: Action = deciding({
  id: 'requisition.edit',
  title: 'action.requisition.edit',
  group: 'decide',
  icon: Pencil,
  keys: ['e'],
  when: (desk) =>
    beingEdited(desk) ? hidden : decisionPossibility(desk, selectedRequisition(desk)),
  run: (desk) => {
    const requisition = selectedRequisition(desk)
    if (!requisition) return
    desk.decisionGuard.forget()
    desk.edits.begin(requisition.id, requisition.revision)
    focusFirstCell()
  },
})

/** Makes the next revision of what has been typed. */
export const saveEditAction: Action = {
  id: 'requisition.saveEdit',
  title: 'action.requisition.saveEdit',
  group: 'decide',
  icon: Save,
  keys: ['Mod+Enter'],
  when: (desk) => (beingEdited(desk) && !isWriting(desk) ? possible : hidden),
  run: (desk) => {
    const requisition = beingEdited(desk)
    if (!requisition) return
    const problem = editProblem(desk, requisition)
    if (!problem) void saveEdit(desk, requisition).catch(desk.report)
    else {
      if (problem.kind === 'wrong') focusProblem()
      desk.toasts.tell({
        meaning: 'notice',
        text: problem.why,
        action: null,
        key: 'requisition.saveEdit',
      })
    }
  },
}

/** Sends it back to the customer with what has been typed as a proposal; the message is written first. */
export const proposeAction: Action = {
  id: 'requisition.propose',
  title: 'action.requisition.propose',
  group: 'decide',
  icon: Reply,
  keys: ['Mod+Shift+Enter'],
  when: (desk) => {
    const requisition = beingEdited(desk)
    if (!requisition || isWriting(desk)) return hidden
    const problem = editProblem(desk, requisition)
    return problem ? { kind: 'disabled', why: problem.why } : possible
  },
  run: (desk) => {
    desk.edits.setProposing(true)
    desk.inbox.setWriting('return')
  },
}

/** Out of the fields again; asks where something would be lost. */
export const leaveEditAction: Action = {
  id: 'requisition.leaveEdit',
  title: 'action.requisition.leaveEdit',
  group: 'decide',
  icon: Undo2,
  keys: ['Escape'],
  when: (desk) => (beingEdited(desk) && !isWriting(desk) ? possible : hidden),
  run: (desk) => {
    const requisition = beingEdited(desk)
    if (requisition) leaveEdit(desk, requisition)
  },
}

function isWriting({ inbox }: Desk): boolean {
  return inbox.store.getState().writing !== null
}
