import { setTimeout as wait } from 'node:timers/promises'
import { startBenchSeller } from './harness/bench-seller'
import { benchRuntime, startConsole, startFloor } from './harness/console-app'
import { reportQuantile } from './harness/figure'
import { startGatewayProcess } from './harness/gateway-process'
import { nextLinesPainted } from './harness/lines-painted'
import { takeInDocuments } from './harness/long-documents'

/**
 * From the key in the inbox that opens a requisition for the first time to its lines being on the screen,
 * and from there to what has changed about them as of now, by how many lines it has. Prices have changed
 * since it came in, so that there is something to be told of each line. Floor: a bare page that draws as
 * many rows of plain text as are in sight at a key press.
 */
const sizes = [1_000, 10] as const
/** Code is compiled by running it; the first are not counted. */
const [warmUp, openings] = [5, 25]
/** What is open counts as read by then, and the window has come to rest. */
const restMs = 700

const { runtime, close } = await benchRuntime()
const seller = await startBenchSeller()
// One more of each than is opened: that is where it begins.
const lengths = Array.from({ length: 2 * (warmUp + openings) + 1 }, (_, at) => sizes[at % 2] ?? 0)
const ids = await takeInDocuments(seller.databaseUrl, lengths.toReversed())
await seller.client.query('update price_rule set price = price * 101 / 100 where price is not null')
await seller.client.query('update article set list_price = list_price * 101 / 100')
const gateway = await startGatewayProcess(seller.databaseUrl)
const { app, inbox } = await startConsole(runtime, gateway.url, seller.approver)
const bare = await startFloor(runtime, 'open')
// The newest stands first.
await inbox.select(ids.at(-1) ?? '')
await wait(restMs)

const lines = new Map<number, number[]>(sizes.map((size) => [size, []]))
const changes = new Map<number, number[]>(sizes.map((size) => [size, []]))
const floors = new Map<number, number[]>(sizes.map((size) => [size, []]))
for (const [at, size] of lengths.slice(1).entries()) {
  const opened = await nextLinesPainted(app, 'changes')
  await app.page.keyboard.press('j')
  const ours = await opened()
  await bare.page.evaluate((rows) => (document.body.dataset['rows'] = String(rows)), ours.count)
  const floor = await nextLinesPainted(bare, 'lines')
  await bare.page.keyboard.press('j')
  const theirs = await floor()
  await wait(restMs)
  if (at < 2 * warmUp) continue
  lines.get(size)?.push(ours.lines)
  changes.get(size)?.push(ours.changes)
  floors.get(size)?.push(theirs.lines)
}
for (const size of [...sizes].toReversed()) {
  const floor = [floors.get(size) ?? []]
  reportQuantile(`open.${size}`, 'ms', 0.5, [lines.get(size) ?? []], floor)
  reportQuantile(`open.${size}.p90`, 'ms', 0.9, [lines.get(size) ?? []], floor)
  reportQuantile(`revalidate.${size}.shown`, 'ms', 0.5, [changes.get(size) ?? []], floor)
}
await app.close()
await bare.close()
await gateway.stop()
await seller.close()
await close()
