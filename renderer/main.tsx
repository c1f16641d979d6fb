import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no root')

const { version } = await window.kontor.request('app.info')
createRoot(root).render(
  <StrictMode>
    <h1>Kontor {version}</h1>
  </StrictMode>,
)
requestAnimationFrame(() => void window.kontor.request('app.ready'))
