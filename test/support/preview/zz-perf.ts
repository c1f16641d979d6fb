import { openPreview } from './open'
import { servePreview } from './serve'
const server = await servePreview(); const preview = await openPreview(); const { page } = preview
const code = `(async (scene) => {
  const frame = () => new Promise((r) => requestAnimationFrame(() => setTimeout(r, 0)));
  const press = async (key) => { const s = performance.now(); document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })); const js = performance.now() - s; await frame(); return [js, performance.now() - s].map((x) => x.toFixed(1)).join('/') };
  const out = [];
  for (const key of scene === 'large' ? ['j','j','k','j','k','j'] : ['j','j','j','j','j']) out.push(await press(key));
  const list = document.querySelector('[role=listbox]');
  const long = []; let last = performance.now();
  for (let i = 0; i < 120; i++) { (scene === 'large' ? document.querySelector('#inbox-detail') : list).scrollTop += 120; await new Promise((r) => requestAnimationFrame(r)); const now = performance.now(); long.push(now - last); last = now }
  long.sort((a, b) => a - b);
  out.push('scroll p50 ' + long[60].toFixed(1) + ' p95 ' + long[114].toFixed(1) + ' max ' + long[119].toFixed(1));
  return out.join(' ') + ' rows ' + document.querySelectorAll('[role=row]').length + ' options ' + document.querySelectorAll('[role=option]').length
})`
try {
  await preview.resize(1600, 900)
  for (const scene of ['large', 'many'] as const) {
    const s = Date.now()
    await page.goto(`${server.url}/?scene=${scene}&theme=light&lang=sv`)
    await page.waitForSelector('html[data-ready]')
    await page.waitForSelector('[role=option]')
    console.log(scene, 'first rows', Date.now() - s)
    await page.waitForTimeout(6000)
    console.log(scene, await page.evaluate(`${code}('${scene}')`))
  }
} finally { await preview.close(); server.close() }
