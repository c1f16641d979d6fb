import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { createShopClient } from '../demo/shop/client'
import { openShopFloor } from '../demo/shop/shop-floor'
import { demoSeed } from '../demo/seller/generate-demo'
import { todayIn } from '../domain/calendar'
import { startBenchSeller } from './harness/bench-seller'
import { benchRuntime, nextRowPainted, startConsole, startFloor } from './harness/console-app'
import { reportQuantile } from './harness/figure'
import { startGatewayProcess } from './harness/gateway-process'

/**
 * From the webshop's POST being sent to its row being painted in the console, against a bare Socket.IO
 * event painted by a bare page.
 */
const rounds = 5
const events = 100
/** Code is compiled by running it; the first are not counted. */
const warmUp = 100

const { runtime, close } = await benchRuntime()
const seller = await startBenchSeller()
const gateway = await startGatewayProcess(seller.databaseUrl)
const { app, inbox } = await startConsole(runtime, gateway.url, seller.approver)
await inbox.show('all')
const shop = createShopClient({ url: gateway.url, secret: seller.shopSecret })
const today = todayIn('Europe/Stockholm', new Date().toISOString())
const desk = openShopFloor({ seed: demoSeed, today }, today, 11)

const http = createServer()
const io = new Server(http, { transports: ['websocket'] })
await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
const { port } = http.address() as AddressInfo
const connected = new Promise<void>((resolve) => io.once('connection', () => resolve()))
const bare = await startFloor(runtime, 'event-to-pixel', {
  FLOOR_SERVER: `http://127.0.0.1:${port}`,
})
await connected

const ours: number[][] = []
const floors: number[][] = []
let rows = 0
for (let index = 0; index < warmUp; index += 1) {
  await onceBare()
  await onceOurs()
}
for (let round = 0; round < rounds; round += 1) {
  const [mine, theirs]: [number[], number[]] = [[], []]
  for (let index = 0; index < events; index += 1) {
    // Neither is always the one that finds the machine as the other has left it.
    if (index % 2 === 0) theirs.push(await onceBare())
    mine.push(await onceOurs())
    if (index % 2 === 1) theirs.push(await onceBare())
  }
  ours.push(mine)
  floors.push(theirs)
}
reportQuantile('event-to-pixel.p50', 'ms', 0.5, ours, floors)
reportQuantile('event-to-pixel.p99', 'ms', 0.99, ours, floors)
await app.close()
await bare.close()
await io.close()
await gateway.stop()
await seller.close()
await close()

async function onceBare(): Promise<number> {
  const id = `floor-${(rows += 1)}`
  const painted = await nextRowPainted(bare)
  const sent = now()
  io.emit('row', { id, text: 'K-20001 Ahlbergs Rör AB 4 520 kr' })
  return (await painted()) - sent
}

async function onceOurs(): Promise<number> {
  const { event } = desk.nextDocument({
    type: 'requisition.submitted',
    id: undefined,
    now: new Date().toISOString(),
    toBeDecided: true,
  })
  const painted = await nextRowPainted(app)
  const sent = now()
  const answer = await shop.send(event)
  if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  return (await painted()) - sent
}

/** On the same clock as the page's. */
function now(): number {
  return performance.timeOrigin + performance.now()
}
