import type { RunningApp } from './app'

/** Makes the window as large as that, in pixels, and waits until it is. */
export async function resize(app: RunningApp, width: number, height: number): Promise<void> {
  await app.electron.evaluate(
    ({ BrowserWindow }, size) =>
      BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
    { width, height },
  )
  await app.page.waitForFunction((wide) => innerWidth === wide, width)
}
