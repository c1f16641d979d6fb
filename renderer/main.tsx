import { createRoot } from 'react-dom/client'
import '@fontsource-variable/inter/index.css'
import './ui/page.css'
import { App } from './app'
import { createDesk } from './desk'
import { showing } from './screens'
import { reportToConsole } from './services/reporter'

/** Whoever waits longer sees that something is on its way; in milliseconds. */
const LATEST = 120

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no root')

window.addEventListener('error', ({ error, message }) => {
  // The browser's way of saying that a size is measured again in the next frame: nothing is wrong.
  if (message.startsWith('ResizeObserver loop')) return
  reportToConsole(error ?? message)
})
window.addEventListener('unhandledrejection', ({ reason }) => reportToConsole(reason))

const desk = createDesk(window.kontor, { report: reportToConsole, showing })
// Theme, language and, when it comes at once, the work are known before anything is drawn, so that
// nothing changes before the eyes.
await desk.ready
await Promise.race([desk.filled, new Promise((resolve) => setTimeout(resolve, LATEST))])
createRoot(root).render(<App desk={desk} />)
requestAnimationFrame(() => {
  document.documentElement.dataset['ready'] = 'true'
  desk.bridge.request('app.ready').catch(reportToConsole)
})
