import { createRoot } from 'react-dom/client'
import '@fontsource-variable/inter/index.css'
import './ui/page.css'
import { App, SessionScreen } from './app'
import { createDesk } from './desk'
import { loadAll } from './late'
import { showing } from './screens'
import { reportToConsole } from './services/reporter'
import { signedInUser } from './state/console'

/** Whoever waits longer sees that something is on its way; in milliseconds. */
const LATEST = 250

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no root')

window.addEventListener('error', ({ error, message }) => {
  // The browser's way of saying that a size is measured again in the next frame: nothing is wrong.
  if (message.startsWith('ResizeObserver loop')) return
  reportToConsole(error ?? message)
})
window.addEventListener('unhandledrejection', ({ reason }) => reportToConsole(reason))

const desk = createDesk(window.kontor, { report: reportToConsole, showing })

/** Not awaited by this module: what is fetched later waits until the module has run. */
async function draw(into: HTMLElement): Promise<void> {
  // Theme, language and, when it comes at once, the work are known before anything is drawn, so that
  // nothing changes before the eyes.
  await desk.ready
  if (signedInUser(desk.console.getState()) === null) {
    // Where it cannot be had, drawing it says so.
    await SessionScreen.load().catch(() => undefined)
  }
  await Promise.race([desk.filled, new Promise((resolve) => setTimeout(resolve, LATEST))])
  createRoot(into).render(<App desk={desk} />)
  requestAnimationFrame(() => {
    document.documentElement.dataset['ready'] = 'true'
    desk.bridge.request('app.ready').catch(reportToConsole)
  })
}
draw(root).catch(reportToConsole)

/** Whoever touches the window is likely to go on: what they may open is fetched before they do. */
const touches = ['pointerdown', 'keydown'] as const
const touched = () => {
  for (const touch of touches) window.removeEventListener(touch, touched)
  void loadAll().catch(reportToConsole)
}
for (const touch of touches) window.addEventListener(touch, touched, { passive: true })
