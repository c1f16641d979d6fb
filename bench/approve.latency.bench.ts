import { approveBy } from './harness/approve'
import { bareApprovals } from './floors/same-sql'
import { openBenchConsole } from './harness/bench-console'
import { startBenchSeller } from './harness/bench-seller'
import { reportQuantile, timed } from './harness/figure'
import { startGatewayProcess } from './harness/gateway-process'
import { inTurns } from './harness/in-turns'
import { multiply } from './harness/multiply'

/**
 * One approval of a ten-line requisition by one console, from the command to its answer after commit.
 * Floor: the very same SQL by bare `pg`.
 */
const rounds = 5
const approvals = 200

const seller = await startBenchSeller()
const bare = await bareApprovals(seller, 1)
const gateway = await startGatewayProcess(seller.databaseUrl)
const console_ = await openBenchConsole(gateway.url, seller.approver)
await throughGateway()
await byBare()
const [ours, floors] = await inTurns(rounds, throughGateway, byBare)
reportQuantile('approve.latency.p50', 'ms', 0.5, ours, floors)
reportQuantile('approve.latency.p99', 'ms', 0.99, ours, floors)
console_.close()
await bare.close()
await gateway.stop()
await seller.close()

async function throughGateway(): Promise<readonly number[]> {
  const took: number[] = []
  for (const one of await multiply(seller.client, approvals)) {
    took.push(await timed(() => approveBy(console_, one)))
  }
  return took
}

async function byBare(): Promise<readonly number[]> {
  return bare.approve(await multiply(seller.client, approvals))
}
