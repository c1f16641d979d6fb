import { afterEach, expect, inject, test } from 'vitest'

import { launchApp } from '../support/app'
import type { RunningApp } from '../support/app'

let app: RunningApp | undefined

afterEach(async () => {
  await app?.close()
  app = undefined
})

test('the window opens on the application, without a fault', async () => {
  app = await launchApp({ runtime: inject('appRuntime') })
  expect(await app.page.title()).toBe('Kontor')
  expect(app.page.url()).toBe('app://kontor/index.html')
  const visible = await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.isVisible()),
  )
  expect(visible).toEqual([true])
  expect(app.faults).toEqual([])
})
