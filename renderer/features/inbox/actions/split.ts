import { ArrowLeftRight, ListTodo, Scissors, SquareCheck } from 'lucide-react'
import { hidden, possible } from '../../../actions/action'
import type { Action } from '../../../actions/action'
import type { Desk } from '../../../desk'
import { canReachGateway } from '../../../state/console'
import { deciding, onOne } from '../deciding'
import { decisionPossibility, splitOff } from '../decisions'
import { focusNextMark, markInFocus } from '../focus'
import { chosenPart } from '../part'
import { select, selectedRequisition } from '../selection'

/** What of it can be marked: the lines of one that can be decided on, where there is more than one. */
function markable(desk: Desk) {
  const requisition = selectedRequisition(desk)
  if (!requisition || requisition.lines.length < 2 || desk.edits.of(requisition.id))
    return undefined
  return decisionPossibility(desk, requisition).kind === 'possible' ? requisition : undefined
}

/** To the box of the first line, then to the next each time. */
export const goToMarksAction: Action = {
  id: 'requisition.goToMarks',
  title: 'action.requisition.goToMarks',
  group: 'decide',
  icon: ListTodo,
  keys: ['l'],
  when: (desk) => (markable(desk) ? possible : hidden),
  run: focusNextMark,
}

/** Marks the line whose box has the focus, to be decided on apart from the others; once more lets it go. */
export const markLineAction: Action = {
  id: 'requisition.markLine',
  title: 'action.requisition.markLine',
  group: 'decide',
  icon: SquareCheck,
  keys: ['x', ' '],
  when: (desk) => (markInFocus() !== null && markable(desk) ? possible : hidden),
  run: (desk) => {
    const [requisition, lineId] = [markable(desk), markInFocus()]
    if (requisition && lineId !== null) desk.markedLines.toggle(requisition, lineId)
  },
}

/** Lets the marked lines stay and makes a requisition of its own of the others. */
export const splitAction: Action = onOne(
  deciding({
    id: 'requisition.split',
    title: 'action.requisition.split',
    group: 'decide',
    icon: Scissors,
    keys: ['s'],
    when: (desk) => {
      const requisition = selectedRequisition(desk)
      if (!chosenPart(desk, requisition)) return hidden
      const decision = decisionPossibility(desk, requisition)
      if (decision.kind !== 'possible') return decision
      return canReachGateway(desk.console.getState())
        ? possible
        : { kind: 'disabled', why: ({ t }) => t('split.offline') }
    },
    run: (desk) => {
      const requisition = selectedRequisition(desk)
      const part = chosenPart(desk, requisition)
      if (requisition && part) void splitOff(desk, requisition, part).catch(desk.report)
    },
  }),
)

/** From what was split to its rest, and back. */
export const openOtherPartAction: Action = {
  id: 'requisition.openOtherPart',
  title: 'action.requisition.openOtherPart',
  group: 'go',
  icon: ArrowLeftRight,
  keys: ['p'],
  when: (desk) => (otherPart(desk) ? possible : hidden),
  run: (desk) => {
    const other = otherPart(desk)
    if (other) select(desk, other.id)
  },
}

/** What was split off last, else what it is the rest of. */
function otherPart(desk: Desk) {
  const requisition = selectedRequisition(desk)
  return requisition?.rest?.at(-1) ?? requisition?.restOf
}
