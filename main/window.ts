import { join } from 'node:path'

import { BrowserWindow, app, nativeTheme, powerMonitor, screen } from 'electron'
import type { WebContents } from 'electron'
import log from 'electron-log/main'

import { z } from '../contract/zod'
import { PAGE } from './own-page'
import type { Disk } from './storage/disk'
import { openCheckedStore, type Recovered } from './storage/checked-store'
import { windowOptions } from './window-options'
import { placeWindow } from './window-place'

export interface MainWindow {
  readonly contents: WebContents
  readonly show: () => void
  /** The window has mounted and listens. */
  readonly reportReady: () => void
}

/** A page that crashes twice within this time would crash for ever. */
const CRASH_LOOP_MILLISECONDS = 10_000

/** What is kept of a window; `placeWindow` judges whether it is of any use. */
const keptSchema = z.object({ place: z.unknown() })

/** Opens the window where it was last time, and keeps it alive through crashes and sleep. */
export function openMainWindow(setAside: (file: Recovered) => void, disk: Disk): MainWindow {
  const store = openCheckedStore({
    folder: app.getPath('userData'),
    name: 'window',
    schema: keptSchema,
    initial: { place: undefined },
    recovered: setAside,
    disk,
    log,
  })
  const place = placeWindow(store.read().place, workAreas())
  const background = nativeTheme.shouldUseDarkColors ? '#14161a' : '#ffffff'
  const window = new BrowserWindow(
    windowOptions(place, join(__dirname, '..', 'preload', 'index.cjs'), background),
  )
  if (place.maximized) window.maximize()

  const show = () => {
    if (window.isDestroyed()) return
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }
  window.once('ready-to-show', show)
  window.on('close', () => {
    store.write({ place: { bounds: window.getNormalBounds(), maximized: window.isMaximized() } })
  })
  let lastCrash = 0
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    const again = Date.now() - lastCrash < CRASH_LOOP_MILLISECONDS
    lastCrash = Date.now()
    log.error(`The page went away (${reason}); ${again ? 'it stays away' : 'loading it again'}`)
    if (!again) window.reload()
  })
  powerMonitor.on('resume', () => {
    if (window.isDestroyed()) return
    // Some drivers leave the window white after sleep until it is drawn again.
    window.webContents.invalidate()
  })
  app.on('second-instance', show)
  void window.loadURL(PAGE)
  return {
    contents: window.webContents,
    show,
    reportReady: () => log.info(`Ready ${Math.round(process.uptime() * 1000)} ms after the start`),
  }
}

function workAreas() {
  const main = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id)
  return [main, ...others].map(({ workArea }) => workArea)
}
