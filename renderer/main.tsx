import { createRoot } from 'react-dom/client'
import { App } from './app'
import { createDesk } from './desk'
import { showing } from './screens'
import { reportToConsole } from './services/reporter'
import './ui/page.css'

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no root')

window.addEventListener('error', ({ error }) => reportToConsole(error))
window.addEventListener('unhandledrejection', ({ reason }) => reportToConsole(reason))

const desk = createDesk(window.kontor, { report: reportToConsole, showing })
// Theme and language are known before anything is drawn, so that nothing changes before the eyes.
await desk.ready
createRoot(root).render(<App desk={desk} />)
requestAnimationFrame(() => {
  document.documentElement.dataset['ready'] = 'true'
  desk.bridge.request('app.ready').catch(reportToConsole)
})
