import { nativeTheme } from 'electron'

import type { AppInfo, LocalSettings } from '../contract/console'
import { setupMenu } from './menu'

/** Makes what the system draws for us follow the settings: the theme, and the menu's language. */
export function applySettings(runAction: (id: string) => void) {
  return (settings: LocalSettings, systemLanguage: AppInfo['systemLanguage']): void => {
    nativeTheme.themeSource = settings.theme
    setupMenu(settings.language === 'system' ? systemLanguage : settings.language, runAction)
  }
}
