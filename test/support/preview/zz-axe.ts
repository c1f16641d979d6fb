import { AxeBuilder } from '@axe-core/playwright'
import { openPreview } from '/work/main/test/support/preview/open'
import { servePreview } from '/work/main/test/support/preview/serve'
const server = await servePreview(); const preview = await openPreview(); const { page } = preview
try {
  for (const [name, scene, theme, keys] of [['inbox','inbox','light','j'],['inbox dark','inbox','dark','j'],['reject','inbox','light','jr'],['palette','inbox','light','K'],['sheet','inbox','dark','?'],['offline','offline','dark','j'],['first','first_run','light',''],['signin','sign_in','dark',''],['accounts','demo_accounts','light','']] as const) {
    await preview.resize(1600, 900)
    await page.goto(`${server.url}/?scene=${scene}&theme=${theme}&lang=sv`)
    await page.waitForSelector('html[data-ready]')
    for (const k of keys) await page.keyboard.press(k === 'K' ? 'Control+k' : k)
    await page.waitForTimeout(400)
    const r = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
    console.log(name, r.violations.map((v) => `${v.id} (${v.impact}): ${v.nodes.slice(0,3).map((n) => n.target.join(' ') + ' :: ' + n.html.slice(0,120)).join(' || ')}`))
  }
  // performance
  for (const [scene, find] of [['large', 'K-20999'], ['many', '']] as const) {
    await page.goto(`${server.url}/?scene=${scene}&theme=light&lang=sv`)
    await page.waitForSelector('html[data-ready]')
    await page.waitForFunction(() => (document.querySelectorAll('[role=option]').length > 5))
    await page.waitForTimeout(4000)
    const ms = await page.evaluate(async (scene) => {
      const frame = () => new Promise((r) => requestAnimationFrame(() => setTimeout(r, 0)))
      const press = async (key: string) => { const s = performance.now(); document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })); const js = performance.now() - s; await frame(); return [js, performance.now() - s].map((x) => x.toFixed(1)).join('/') }
      const out: string[] = []
      for (const key of scene === 'large' ? ['j','j','k','j','k','j'] : ['j','j','j','j','j']) out.push(await press(key))
      return out.join(' ') + ' rows ' + document.querySelectorAll('[role=row]').length + ' ' + document.querySelector('[role=listbox]')?.getAttribute('aria-label')
    }, scene)
    console.log(scene, ms)
  }
} finally { await preview.close(); server.close() }
