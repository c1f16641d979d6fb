import { setTimeout as wait } from 'node:timers/promises'
import { createShopClient } from '../demo/shop/client'
import { openShopFloor } from '../demo/shop/shop-floor'
import { demoSeed } from '../demo/seller/generate-demo'
import { todayIn } from '../domain/calendar'
import { startBenchSeller } from './harness/bench-seller'
import { benchRuntime, pidOf, startConsole } from './harness/console-app'
import { startGatewayProcess } from './harness/gateway-process'
import { median, print } from './harness/figure'
import { costOf } from './harness/process-cost'

/**
 * Growth of the console's memory over a day of work without its pauses: documents come in, each is
 * opened and approved by keys, screens are changed; in every part the gateway goes away and comes back
 * and the window is loaded anew. The first parts warm everything up and are not counted. The figure is
 * what a straight line through all counted parts grows from the first of them to the last; the parts
 * themselves are printed beside it.
 */
const warmUpParts = 3
const parts = 8
const decisions = 40

const { runtime, close } = await benchRuntime()
const seller = await startBenchSeller()
let gateway = await startGatewayProcess(seller.databaseUrl)
const { app, inbox } = await startConsole(runtime, gateway.url, seller.approver)
const shop = createShopClient({ url: gateway.url, secret: seller.shopSecret })
const today = todayIn('Europe/Stockholm', new Date().toISOString())
const desk = openShopFloor({ seed: demoSeed, today }, today, 13)

for (let part = 0; part < warmUpParts; part += 1) await dayPart()
const seen: number[] = []
for (let part = 0; part < parts; part += 1) {
  await dayPart()
  seen.push(await settledPss())
}
process.stderr.write(`soak.pss, part by part: ${seen.map((mib) => mib.toFixed(1)).join(' ')} MiB\n`)
const { start, end } = lineThrough(seen)
print({ name: 'soak.pss', unit: '%', rounds: parts }, (end / start - 1) * 100)
await app.close()
await gateway.stop()
await seller.close()
await close()

async function dayPart(): Promise<void> {
  await work(decisions)
  const { port } = new URL(gateway.url)
  await gateway.stop()
  gateway = await startGatewayProcess(seller.databaseUrl, Number(port))
  await inbox.waitUntilLive()
  await app.page.reload()
  await inbox.waitUntilLive()
  await inbox.open('inbox')
}

async function work(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const { event } = desk.nextDocument({
      type: 'requisition.submitted',
      id: undefined,
      now: new Date().toISOString(),
      toBeDecided: true,
    })
    const sent = await shop.send(event)
    if (!sent.ok) throw new Error(JSON.stringify(sent.error))
    await inbox.select(sent.value.receipt.requisition.id)
    await inbox.pressApprove()
    if (index % 10 === 9) await inbox.open(index % 20 === 9 ? 'orders' : 'customers')
    if (index % 10 === 9) await inbox.open('inbox')
  }
}

/**
 * What is kept, and not what the window's collector has not come to yet, which on a busy machine is more
 * than anything could grow by: it is told to collect. For the other processes the middle of some looks.
 */
async function settledPss(): Promise<number> {
  const session = await app.page.context().newCDPSession(app.page)
  await session.send('HeapProfiler.collectGarbage')
  await session.detach()
  const seen: number[] = []
  for (let look = 0; look < 7; look += 1) {
    await wait(1_500)
    seen.push((await costOf(pidOf(app))).pssMiB)
  }
  return median(seen)
}

/** Where the straight line that lies closest to evenly spaced values starts and ends. */
function lineThrough(values: readonly number[]): { readonly start: number; readonly end: number } {
  const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / all.length
  const middle = (values.length - 1) / 2
  const steps = values.map((_, at) => at - middle)
  const slope =
    mean(values.map((value, at) => value * (at - middle))) / mean(steps.map((step) => step ** 2))
  return { start: mean(values) - slope * middle, end: mean(values) + slope * middle }
}
