import { fileURLToPath } from 'node:url'

import { _electron } from 'playwright-core'
import type { Page } from 'playwright-core'

import { ensureDisplay } from '../../../scripts/electron-runtime/display'
import { resolveElectron } from '../../../scripts/electron-runtime/resolve'

export interface PreviewWindow {
  readonly page: Page
  /** Sets the size of what is drawn, in pixels. */
  readonly resize: (width: number, height: number) => Promise<void>
  /** What the page complained about, policy violations included. */
  readonly faults: string[]
  readonly close: () => Promise<void>
}

/** Opens an Electron window for the preview. */
export async function openPreview(): Promise<PreviewWindow> {
  const runtime = await resolveElectron()
  const display = await ensureDisplay()
  const app = await _electron.launch({
    executablePath: runtime.executablePath,
    args: [...runtime.args, fileURLToPath(new URL('shell', import.meta.url))],
    env: { ...(process.env as Record<string, string>), ...display.env },
    chromiumSandbox: !runtime.args.includes('--no-sandbox'),
  })
  const page = await app.firstWindow()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.stack ?? error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  return {
    page,
    faults,
    resize: async (width, height) => {
      await app.evaluate(
        ({ BrowserWindow }, size) =>
          BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
        { width, height },
      )
      await page.waitForFunction((wide) => innerWidth === wide, width)
    },
    close: async () => {
      await app.close()
      await display.close()
    },
  }
}
