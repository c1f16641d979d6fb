import { app } from 'electron'

import type { AppInfo } from '../contract/console'

/** Which application this is, on which system. */
export function readAppInfo(recovered: AppInfo['recovered'] = []): AppInfo {
  return {
    version: app.getVersion(),
    platform: platform(),
    systemLanguage: systemLanguage(),
    recovered,
  }
}

function platform(): AppInfo['platform'] {
  return process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux'
}

/** The first of the person's languages that Kontor speaks; Swedish when it speaks none of them. */
function systemLanguage(): AppInfo['systemLanguage'] {
  for (const tag of app.getPreferredSystemLanguages()) {
    const language = tag.slice(0, 2).toLowerCase()
    if (language === 'sv' || language === 'en') return language
  }
  return 'sv'
}
