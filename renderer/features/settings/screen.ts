import { Settings2 } from 'lucide-react'
import { late } from '../../late'
import type { Screen } from '../../screen'

export const settingsScreen: Screen = {
  id: 'settings',
  title: 'action.go.settings',
  icon: Settings2,
  view: late(async () => (await import('./settings-view')).SettingsView),
  isAside: true,
  actions: [],
}
