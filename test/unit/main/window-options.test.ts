import { expect, test } from 'vitest'

import { windowOptions } from '../../../main/window-options'

const options = windowOptions(
  { bounds: { width: 900, height: 700 }, maximized: false },
  '/somewhere/preload.cjs',
  '#000000',
)

test('the page is confined', () => {
  expect(options.webPreferences).toMatchObject({
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
  })
})

test('nothing is added that loosens it', () => {
  const preferences = Object.keys(options.webPreferences ?? {})
  for (const loosening of ['enableBlinkFeatures', 'disableBlinkFeatures', 'plugins', 'devTools']) {
    expect(preferences).not.toContain(loosening)
  }
})

test('the window is never so small that list and decision do not stand beside each other', () => {
  expect(options).toMatchObject({ minWidth: 880, minHeight: 560 })
})

test('the window is shown only when there is something to see', () => {
  expect(options).toMatchObject({ show: false, width: 900, height: 700 })
})
