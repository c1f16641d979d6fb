import { join } from 'node:path'

import { app, BrowserWindow, clipboard, dialog, safeStorage } from 'electron'
import type { OpenDialogOptions } from 'electron'
import log from 'electron-log/main'

import { attachmentEndings } from '../contract/attachments'
import type { AppInfo, LocalSettings } from '../contract/console'
import { readAppInfo } from './app-info'
import { chosenFiles, type ChosenFiles } from './attachments/chosen-files'
import { markForeign } from './attachments/mark-foreign'
import { sendFile } from './attachments/send-file'
import { Desk } from './desk/desk'
import { outboxFile } from './desk/holdings'
import { createEmbeddedGateway } from './embedded-gateway/embedded-gateway'
import { forkGateway } from './embedded-gateway/utility-process'
import type { RequestHandlers } from './ipc'
import { countWaiting } from './outbox/waiting'
import { requestHandlers } from './requests'
import { download } from './session/download'
import { createGatewayHttp } from './session/gateway-http'
import { openInstallation } from './session/installation'
import { ConsoleSession } from './session/session'
import { createVault } from './session/vault'
import { openSettings } from './settings'
import type { Recovered } from './storage/checked-store'
import { watchDisk, type Disk } from './storage/disk'
import type { TellWindow } from './window-port'

export interface ConsoleOptions {
  readonly tell: TellWindow
  readonly windowReady: () => void
  /** Told at once and at every change. */
  readonly settingsApply: (
    settings: LocalSettings,
    systemLanguage: AppInfo['systemLanguage'],
  ) => void
}

export interface Console {
  readonly handlers: RequestHandlers
  /** Takes a file that a person has dropped onto the window. */
  readonly holdFile: ChosenFiles['hold']
  /** What everything is kept on. */
  readonly disk: Disk
  /** Note a file that could not be used, so that the window says so once. */
  setAside(file: Recovered): void
  /** Go on where the last run ended. */
  begin(): Promise<void>
  /** The person is back at the computer: what looks open may be dead. */
  cameBack(): void
  /** The window was emptied and has not asked for its replica again. */
  windowLost(): void
  close(): Promise<void>
}

/** How long the gateway may take over signing in or out, in ms. */
const httpWithin = 15_000

/** How long the gateway may say nothing while it is told much, in ms. */
const downloadWithin = 60_000

/** How long the gateway may neither take more of a file nor answer, in ms. */
const uploadWithin = 60_000

/** Joins the parts of the main process: settings, session, the embedded gateway and the desk. */
export function setupConsole(options: ConsoleOptions): Console {
  const { tell, settingsApply } = options
  const folder = app.getPath('userData')
  let recovered: Recovered[] = []
  let isWindowReady = false
  /** The window has asked what was set aside before. */
  let isInfoTold = false
  const setAside = (file: Recovered) => {
    if (isInfoTold) tell('app.recovered', { file: file.file, keptAs: file.keptAs })
    else recovered.push(file)
  }
  const disk = watchDisk({
    folder,
    changed: (state) => tell('storage.changed', state),
    log: log.scope('disk'),
  })
  const settings = openSettings(folder, setAside, log.scope('settings'), disk)
  const { systemLanguage } = readAppInfo()

  const files = chosenFiles()
  const session = new ConsoleSession({
    installation: openInstallation(folder, setAside, log.scope('settings'), disk),
    vault: createVault(safeStorage),
    http: createGatewayHttp({ fetch, within: httpWithin }),
    embedded: createEmbeddedGateway({
      fork: () => forkGateway(log.scope('gateway')),
      dataDir: demoFolder(folder),
      log: log.scope('gateway'),
    }),
    openDesk: (desk) =>
      Desk.open({
        ...desk,
        folder,
        app: app.getVersion(),
        isWindowReady: () => isWindowReady,
        tell,
        recovered: (file, keptAs) => setAside({ file, keptAs }),
        disk,
        log: log.scope('desk'),
      }),
    countWaiting: (identity) => countWaiting(outboxFile(folder, identity)),
    stateChanged: (state) => {
      // What one person has chosen is nothing for the next one at the same window.
      files.belongTo(state.kind === 'signed_in' ? state.user.id : null)
      tell('session.changed', state)
    },
    log: log.scope('session'),
  })

  settingsApply(settings.read(), systemLanguage)
  return {
    setAside,
    disk,
    holdFile: files.hold,
    handlers: requestHandlers({
      session,
      settings,
      tell,
      storage: () => disk.state,
      appInfo: () => {
        const said = recovered
        recovered = []
        isInfoTold = true
        return readAppInfo(said)
      },
      windowReady: options.windowReady,
      replicaAsked: () => (isWindowReady = true),
      settingsChanged: (changed) => settingsApply(changed, systemLanguage),
      writeClipboard: (text) => void clipboard.writeText(text),
      chooseFile: async (name, contents) => {
        const window = BrowserWindow.fromWebContents(contents)
        const options = { defaultPath: join(app.getPath('documents'), name) }
        const { canceled, filePath } = await (window
          ? dialog.showSaveDialog(window, options)
          : dialog.showSaveDialog(options))
        return canceled || !filePath ? null : filePath
      },
      files,
      choosePaths: async (contents) => {
        const window = BrowserWindow.fromWebContents(contents)
        const options: OpenDialogOptions = {
          properties: ['openFile', 'multiSelections'],
          filters: [{ name: attachmentEndings.join(', '), extensions: [...attachmentEndings] }],
        }
        const { canceled, filePaths } = await (window
          ? dialog.showOpenDialog(window, options)
          : dialog.showOpenDialog(options))
        return canceled ? [] : filePaths
      },
      sendFile: (access, file, progress) =>
        sendFile({ fetch, within: uploadWithin }, access, file, progress),
      download: (access, path, file) =>
        download({ fetch, within: downloadWithin }, access, path, file),
      markForeign,
    }),
    begin: () => session.begin({ demo: app.commandLine.hasSwitch('demo') }),
    cameBack: () => session.desk?.reconnect('dropped'),
    windowLost() {
      files.clear()
      isWindowReady = false
      isInfoTold = false
    },
    async close() {
      await session.close()
      await disk.close()
    },
  }
}

/** Where the demo keeps its database: `--demo-dir=FOLDER`, or in the user-data folder. */
function demoFolder(folder: string): string {
  const chosen = app.commandLine.getSwitchValue('demo-dir')
  return chosen === '' ? join(folder, 'demo') : chosen
}
