import { app } from 'electron'
import log from 'electron-log/main'

/** Longest wait for an orderly end, in ms; the embedded gateway alone may take ten seconds. */
const closeWithin = 15_000

/** Ends in order: once the windows are gone, everything is closed before the process ends. */
export function setupQuit(close: () => Promise<void>): void {
  let isClosed = false
  let isClosing = false
  app.on('will-quit', (event) => {
    if (isClosed) return
    event.preventDefault()
    if (isClosing) return
    isClosing = true
    const deadline = new Promise<void>((resolve) => setTimeout(resolve, closeWithin))
    void Promise.race([close(), deadline])
      .catch((error: unknown) => log.error('Closing failed', error))
      .finally(() => {
        isClosed = true
        // Not in the same turn: a quit inside the quit that was just held up is lost.
        setImmediate(() => app.quit())
      })
  })
}
