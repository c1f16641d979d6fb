import type { BrowserWindowConstructorOptions, Rectangle } from 'electron'

export interface WindowPlace {
  /** Position and size in device-independent pixels; without a position the system centres it. */
  readonly bounds: Pick<Rectangle, 'width' | 'height'> & Partial<Pick<Rectangle, 'x' | 'y'>>
  readonly maximized: boolean
}

/** Everything a window is created with. The page is confined here; a test holds us to it. */
export function windowOptions(
  place: WindowPlace,
  preload: string,
  backgroundColor: string,
): BrowserWindowConstructorOptions {
  return {
    ...place.bounds,
    // List, lines and the decision at the foot need so much to stand beside each other.
    minWidth: 880,
    minHeight: 560,
    title: 'Kontor',
    backgroundColor,
    // Alt shows it; what is in it is in the window as well.
    autoHideMenuBar: true,
    // Shown when painted, so that nobody sees it empty.
    show: false,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
    },
  }
}
