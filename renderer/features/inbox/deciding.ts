import { hidden } from '../../actions/action'
import type { Action } from '../../actions/action'
import { focusFirstCell } from './edit/focus-cell'
import { focusText } from './focus'
import { chosenPart } from './part'
import { selectedId, selectedRequisition } from './selection'

/**
 * An action that decides: it counts only for a document that has been in sight, and never while the
 * customer's text is being written or its content edited, wherever the focus has gone.
 */
export function deciding(action: Action): Action {
  return {
    ...action,
    run: (desk) => {
      if (desk.inbox.store.getState().writing !== null) focusText()
      // What would decide it now is not what is in sight.
      else if (desk.edits.of(selectedId(desk))) focusFirstCell()
      else if (desk.decisionGuard.counts()) action.run(desk)
    },
  }
}

/** An action that decides on the one that is open: while others are picked out, it is about them. */
export function onOne(action: Action): Action {
  return {
    ...action,
    when: (desk) => (desk.picked.store.getState().ids.size > 0 ? hidden : action.when(desk)),
  }
}

/** An action that decides on all of one: while only some lines are marked it would not be what is meant. */
export function onWhole(action: Action): Action {
  return {
    ...action,
    when: (desk) => {
      const possibility = action.when(desk)
      return possibility.kind === 'possible' && chosenPart(desk, selectedRequisition(desk))
        ? { kind: 'disabled', why: ({ t }) => t('split.wholeOnly') }
        : possibility
    },
  }
}
