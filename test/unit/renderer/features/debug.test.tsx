import { test } from 'vitest'
import { renderDesk } from '../../../support/renderer/render-desk'
test('x', async () => {
  const { desk } = await renderDesk()
  console.log(document.querySelectorAll('[role=option]').length, desk.inbox.view(null).ids.length, document.querySelector('[role=listbox]')?.outerHTML.slice(0, 600), (document.querySelector('[role=listbox]') as any).offsetHeight, desk.replica.store.getState())
  await new Promise((r) => setTimeout(r, 300))
  console.log(document.querySelectorAll('[role=option]').length)
})
