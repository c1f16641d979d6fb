import { hidden, possible } from './action'
import type { Action } from './action'
import { applicationActions, outboxAction } from './application'
import { screens } from '../screens'

/** Going to a screen: Ctrl or ⌘ and its number in the rail. */
const goActions: readonly Action[] = screens.map((screen, at) => ({
  id: `go.${screen.id}`,
  title: screen.title,
  group: 'go',
  icon: screen.icon,
  keys: at < 9 ? [`Mod+${at + 1}`] : [],
  when: (desk) => (screen.isAllowed && !screen.isAllowed(desk) ? hidden : possible),
  run: (desk) => desk.navigation.go(screen.id),
}))

/** A screen's own actions mean something only while it is shown. */
const screenActions: readonly Action[] = screens.flatMap((screen) =>
  screen.actions.map((action) => ({
    ...action,
    when: (desk) =>
      desk.navigation.store.getState().screen === screen.id ? action.when(desk) : hidden,
  })),
)

/** Everything a person can do, in the order in which it is shown. */
export const actions: readonly Action[] = [
  ...screenActions,
  ...goActions,
  ...applicationActions.slice(0, 2),
  outboxAction,
  ...applicationActions.slice(2),
]

export function actionById(id: string): Action | undefined {
  return actions.find((action) => action.id === id)
}
