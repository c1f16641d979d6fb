import { Settings2 } from 'lucide-react'
import type { Screen } from '../../screen'
import { SettingsView } from './settings-view'

export const settingsScreen: Screen = {
  id: 'settings',
  title: 'action.go.settings',
  icon: Settings2,
  view: SettingsView,
  isAside: true,
  actions: [],
}
