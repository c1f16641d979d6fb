import { setTimeout as wait } from 'node:timers/promises'
import { createShopClient } from '../demo/shop/client'
import { openShopFloor } from '../demo/shop/shop-floor'
import { demoSeed } from '../demo/seller/generate-demo'
import { todayIn } from '../domain/calendar'
import { startBenchSeller } from './harness/bench-seller'
import { benchRuntime, pidOf, startConsole } from './harness/console-app'
import { report } from './harness/figure'
import { startGatewayProcess } from './harness/gateway-process'
import { median } from './harness/figure'
import { costOf } from './harness/process-cost'

/**
 * Growth of the console's memory over a day of work without its pauses: documents come in, each is
 * opened and approved by keys. The first part warms everything up and is not counted.
 */
const warmUp = 40
const parts = 5
const decisions = 40

const { runtime, close } = await benchRuntime()
const seller = await startBenchSeller()
const gateway = await startGatewayProcess(seller.databaseUrl)
const { app, inbox } = await startConsole(runtime, gateway.url, seller.approver)
const shop = createShopClient({ url: gateway.url, secret: seller.shopSecret })
const today = todayIn('Europe/Stockholm', new Date().toISOString())
const desk = openShopFloor({ seed: demoSeed, today }, today, 13)

await work(warmUp)
const before = await settledPss()
const growth: number[] = []
for (let part = 0; part < parts; part += 1) {
  await work(decisions)
  growth.push(((await settledPss()) / before - 1) * 100)
}
report('soak.pss', '%', growth.slice(-1))
await app.close()
await gateway.stop()
await seller.close()
await close()

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

/** Memory goes up and down by what the collector has not come to yet: the middle of some looks. */
async function settledPss(): Promise<number> {
  const seen: number[] = []
  for (let look = 0; look < 7; look += 1) {
    await wait(1_500)
    seen.push((await costOf(pidOf(app))).pssMiB)
  }
  return median(seen)
}
