import { join } from 'node:path'

import { app } from 'electron'

/** Settles where this person's data lies. `--user-data-dir=FOLDER` gives an instance of its own. */
export function setupUserData(): void {
  const chosen = app.commandLine.getSwitchValue('user-data-dir')
  app.setPath('userData', chosen === '' ? join(app.getPath('appData'), 'Kontor') : chosen)
}

/** One instance per user-data folder: a second one shows the first one's window and ends. */
export function isOnlyInstance(): boolean {
  return app.requestSingleInstanceLock()
}
