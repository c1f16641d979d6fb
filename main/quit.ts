import { app } from 'electron'
import log from 'electron-log/main'

/** Longest wait for an orderly end, in ms; the embedded gateway alone may take ten seconds. */
const closeWithin = 15_000
/** Between the end of everything of ours and that of the process, in ms. */
const quitEvery = 100

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
        // Not at once: a quit inside the quit that was just held up is lost, and one that comes while
        // the window is still being taken down leaves the process running in circles.
        setInterval(() => app.quit(), quitEvery)
      })
  })
}
