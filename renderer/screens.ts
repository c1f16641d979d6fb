import type { Shown } from './state/navigation'
import type { Screen } from './screen'
import { customersScreen } from './features/customers/screen'
import { groupsScreen } from './features/groups/screen'
import { inboxScreen } from './features/inbox/screen'
import { ordersScreen } from './features/orders/screen'
import { quotesScreen } from './features/quotes/screen'
import { rulesScreen } from './features/rules/screen'
import { settingsScreen } from './features/settings/screen'
import { stockScreen } from './features/stock/screen'
import { usersScreen } from './features/users/screen'

/** Every screen, in the order of the rail. */
export const screens: readonly Screen[] = [
  inboxScreen,
  ordersScreen,
  customersScreen,
  quotesScreen,
  stockScreen,
  settingsScreen,
  usersScreen,
  rulesScreen,
  groupsScreen,
]

/** The screen on which each kind of thing is shown. */
export const showing: Readonly<Partial<Record<Shown, string>>> = Object.fromEntries(
  screens.flatMap(({ shows, id }) => (shows ? [[shows, id]] : [])),
)
