import { openBenchConsole } from './harness/bench-console'
import { startBenchSeller } from './harness/bench-seller'
import { median, report, timed } from './harness/figure'
import { startGatewayProcess } from './harness/gateway-process'
import { takeInDocuments } from './harness/long-documents'

/**
 * A document as proposed against now, from the question to its answer, by how many lines it has: prices
 * resolved anew, every line placed, figures compared. Against the shortest, to see how it grows.
 */
const sizes = [10, 100, 1_000, 10_000]
const rounds = 5
const times = 8

const seller = await startBenchSeller()
const ids = await takeInDocuments(seller.databaseUrl, sizes)
const gateway = await startGatewayProcess(seller.databaseUrl)
const console_ = await openBenchConsole(gateway.url, seller.approver)
const took = new Map(sizes.map((size) => [size, [] as number[]]))
for (let round = -1; round < rounds; round += 1) {
  for (const [at, each] of [...took.values()].entries()) {
    const all: number[] = []
    for (let time = 0; time < times; time += 1) {
      all.push(await timed(() => console_.query('requisition.revalidate', { id: ids[at] })))
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
