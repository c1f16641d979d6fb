import { app } from 'electron'
import type { Session, WebContents } from 'electron'
import log from 'electron-log/main'

/** Shuts every way out of our own page, for each page that is ever made. */
export function setupSecurity(): void {
  // Root has no use of the system's sandbox, and Electron refuses to start with both.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  else if (process.getuid?.() !== 0) {
    // An AppImage adds the switch by itself where the system lets its users make no namespaces.
    log.warn("The windows run without the system's sandbox; the installed package has it")
  }
  app.on('web-contents-created', (_event, contents) => confine(contents))
  app.on('session-created', denyPermissions)
}

function confine(contents: WebContents): void {
  const refuse = (what: string) => (event: { preventDefault: () => void }) => {
    event.preventDefault()
    log.warn(`${what} was refused`)
  }
  contents.on('will-navigate', refuse('A navigation'))
  contents.on('will-redirect', refuse('A redirection'))
  contents.on('will-attach-webview', refuse('A web view'))
  contents.setWindowOpenHandler(() => {
    log.warn('A new window was refused')
    return { action: 'deny' }
  })
}

/** The page needs none of the permissions a web page can ask for. */
function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    log.warn(`The permission ${permission} was refused`)
    answer(false)
  })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
}
