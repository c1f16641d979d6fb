import { join } from 'node:path'

import { Menu, app } from 'electron'

import { applySettings } from './appearance'
import { setupConsole } from './console'
import { isOnlyInstance, setupUserData } from './instance'
import { handleDropped, handleRequests, tellWindow } from './ipc'
import { setupLogging } from './logging'
import { setupPower } from './power'
import { declareScheme, serveApp } from './protocol'
import { setupQuit } from './quit'
import { setupSecurity } from './security'
import { openMainWindow } from './window'
import type { TellWindow } from './window-port'

setupUserData()
if (isOnlyInstance()) {
  setupLogging()
  declareScheme()
  setupSecurity()
  app.on('window-all-closed', () => app.quit())
  // Else Electron makes a menu of its own first, only to have it replaced by ours.
  Menu.setApplicationMenu(null)
  void app.whenReady().then(start)
} else {
  app.quit()
}

async function start(): Promise<void> {
  await serveApp(join(__dirname, '..', 'renderer'), developmentServer())
  const tell: TellWindow = (name, payload) => tellWindow(window.contents, name, payload)
  const desk = setupConsole({
    tell,
    windowReady: () => window.reportReady(),
    settingsApply: applySettings((id) => tell('action.run', { id })),
  })
  handleRequests(desk.handlers)
  handleDropped(desk.holdFile)
  const window = openMainWindow(desk.setAside, desk.disk)
  window.contents.on('did-start-loading', desk.windowLost)
  setupPower(desk.cameBack)
  setupQuit(desk.close)
  await desk.begin()
}

/** Where `npm run dev` serves the page from. A packaged application takes no such hint. */
function developmentServer(): string | undefined {
  return app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']
}
