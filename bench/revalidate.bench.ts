import { storefrontEventSchema } from '../contract/storefront'
import { demoSeed } from '../demo/seller/generate-demo'
import { generateVolume } from '../demo/seller/volume'
import { todayIn } from '../domain/calendar'
import { createGateway } from '../gateway/create-gateway'
import { createLog } from '../gateway/log'
import { placeOrder } from '../gateway/requisitions/place-order'
import { receiveEvent } from '../gateway/storefront/receive-event'
import { openBenchConsole } from './harness/bench-console'
import { startBenchSeller } from './harness/bench-seller'
import { median, report, timed } from './harness/figure'
import { startGatewayProcess } from './harness/gateway-process'

/**
 * A document as proposed against now, from the question to its answer, by how many lines it has: prices
 * resolved anew, every line placed, figures compared. Against the shortest, to see how it grows.
 */
const sizes = [10, 100, 1_000, 10_000]
const rounds = 5
const times = 8

const seller = await startBenchSeller()
const ids = await takeIn()
const gateway = await startGatewayProcess(seller.databaseUrl)
const console_ = await openBenchConsole(gateway.url, seller.approver)
const took = new Map(sizes.map((size) => [size, [] as number[]]))
for (let round = -1; round < rounds; round += 1) {
  for (const [size, each] of took) {
    const all: number[] = []
    for (let time = 0; time < times; time += 1) {
      all.push(await timed(() => console_.query('requisition.revalidate', { id: ids.get(size) })))
    }
    // The first is the code's own compiling.
    if (round >= 0) each.push(median(all))
  }
}
const [shortest = []] = took.values()
for (const [size, each] of took) {
  report(`revalidate.${size}`, 'ms', each, each === shortest ? null : shortest)
}
console_.close()
await gateway.stop()
await seller.close()

/** One document of each size by the real door; their ids. */
async function takeIn(): Promise<ReadonlyMap<number, string>> {
  const { databaseUrl } = seller
  const door = await createGateway({ databaseUrl, log: createLog({ level: 'error' }) })
  const now = new Date().toISOString()
  const by = { seed: demoSeed, today: todayIn('Europe/Stockholm', now), now }
  const found = new Map<number, string>()
  for (const [at, size] of sizes.entries()) {
    const [one] = generateVolume({ seller: by, seed: 100 + at, count: 1, lines: [size, size] })
    if (!one) throw new Error('Nothing was made.')
    const webhookId = `revalidate-${size}`
    const data = { ...(one.event as { data: object }).data, id: webhookId }
    const event = { ...(one.event as object), data }
    const reception = await receiveEvent(door.context, placeOrder, {
      shopId: 'demo',
      webhookId,
      body: Buffer.from(JSON.stringify(event)),
      event: storefrontEventSchema.parse(event),
    })
    if (reception.kind === 'refused') throw new Error(JSON.stringify(reception.errors))
    if (!('requisition' in reception.receipt))
      throw new Error('A proposal was taken for an answer.')
    const { id, state } = reception.receipt.requisition
    if (state !== 'submitted') throw new Error(`It is ${state}.`)
    found.set(size, id)
  }
  await door.close()
  return found
}
