import { hidden } from '../../actions/action'
import type { Action } from '../../actions/action'
import { focusText } from './focus'

/**
 * An action that decides: it counts only for a document that has been in sight, and never while the
 * customer's text is being written, wherever the focus has gone.
 */
export function deciding(action: Action): Action {
  return {
    ...action,
    run: (desk) => {
      if (desk.inbox.store.getState().writing !== null) focusText()
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
