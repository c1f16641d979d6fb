import { approveBy } from './harness/approve'
import { bareApprovals } from './floors/same-sql'
import { openBenchConsole } from './harness/bench-console'
import { startBenchSeller } from './harness/bench-seller'
import { quantile, report, timed } from './harness/figure'
import { startGatewayProcess } from './harness/gateway-process'
import { multiply } from './harness/multiply'

/**
 * One approval of a ten-line requisition by one console, from the command to its answer after commit.
 * Floor: the very same SQL by bare `pg`.
 */
const rounds = 5
const approvals = 100

const seller = await startBenchSeller()
const bare = await bareApprovals(seller, 1)
const gateway = await startGatewayProcess(seller.databaseUrl)
const console_ = await openBenchConsole(gateway.url, seller.approver)
for (const one of await multiply(seller.client, 200)) await approveBy(console_, one)

const ours: number[][] = []
const floors: (readonly number[])[] = []
for (let round = 0; round < rounds; round += 1) {
  const took: number[] = []
  for (const one of await multiply(seller.client, approvals)) {
    took.push(await timed(() => approveBy(console_, one)))
  }
  ours.push(took)
  floors.push(await bare.approve(await multiply(seller.client, approvals)))
}
for (const [name, share] of [
  ['approve.latency.p50', 0.5],
  ['approve.latency.p99', 0.99],
] as const) {
  report(
    name,
    'ms',
    ours.map((round) => quantile(round, share)),
    floors.map((round) => quantile(round, share)),
  )
}
console_.close()
await bare.close()
await gateway.stop()
await seller.close()
