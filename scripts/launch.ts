import { buildIfStale, projectFolder } from './build'
import { makeCodeCache } from './code-cache/make'
import { ensureDisplay } from './electron-runtime/display'
import { resolveElectron } from './electron-runtime/resolve'
import { runChild } from './run-child'

/**
 * Builds when needed, finds Electron and a display, and runs the application until it ends.
 *
 * @returns the application's exit code
 */
export async function launch(args: readonly string[]): Promise<number> {
  const [runtime] = await Promise.all([resolveElectron(), buildIfStale()])
  await makeCodeCache(runtime)
  const display = await ensureDisplay()
  // On a display without a desktop, Chromium complains at length of what a desktop would offer.
  const quiet = 'DISPLAY' in display.env ? ['--log-level=3'] : []
  try {
    return await runChild(
      runtime.executablePath,
      [...runtime.args, ...quiet, projectFolder, ...args],
      { env: display.env },
    )
  } finally {
    await display.close()
  }
}
