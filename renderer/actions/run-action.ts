import type { Desk } from '../desk'
import type { Action } from './action'

/** Runs an action when it is possible; says why when it is not. */
export function runAction(desk: Desk, action: Action): void {
  const possibility = action.when(desk)
  if (possibility.kind === 'hidden') return
  if (possibility.kind === 'disabled') {
    desk.toasts.tell({ meaning: 'notice', text: possibility.why, action: null, key: action.id })
    return
  }
  action.run(desk)
}
