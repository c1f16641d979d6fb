import { bareApprovals } from './floors/same-sql'
import { approveAll } from './harness/approve'
import { openBenchConsoles } from './harness/bench-console'
import { startBenchSeller } from './harness/bench-seller'
import { report, timed } from './harness/figure'
import { startGatewayProcess } from './harness/gateway-process'
import { inTurns } from './harness/in-turns'
import { multiply, type Waiting } from './harness/multiply'

/**
 * Approvals a second of ten-line requisitions by 1, 4 and 8 clients, each sending its next when the
 * last was answered. Floor: the very same SQL by bare `pg` from as many connections.
 */
const rounds = 5
const approvals = 400
const clientCounts = [1, 4, 8]

const seller = await startBenchSeller()
const gateway = await startGatewayProcess(seller.databaseUrl)
await warmUp()
for (const count of clientCounts) {
  const bare = await bareApprovals(seller, count)
  const consoles = await openBenchConsoles(gateway.url, seller.approver, count)
  // What is new to a connection is planned first; that is not counted, on either side.
  await bare.approve(await multiply(seller.client, 10 * count))
  const [ours, floors] = await inTurns(
    rounds,
    () => rate((waiting) => approveAll(consoles, waiting)),
    () => rate((waiting) => bare.approve(waiting)),
  )
  report(`approve.rate.${count}`, '1/s', ours, floors)
  for (const one of consoles) one.close()
  await bare.close()
}
await gateway.stop()
await seller.close()

/** The gateway's code is compiled by running it; the first few hundred approvals are not counted. */
async function warmUp(): Promise<void> {
  const consoles = await openBenchConsoles(gateway.url, seller.approver, 8)
  await approveAll(consoles, await multiply(seller.client, approvals))
  for (const one of consoles) one.close()
}

async function rate(approve: (waiting: readonly Waiting[]) => Promise<unknown>): Promise<number> {
  const waiting = await multiply(seller.client, approvals)
  return (approvals * 1_000) / (await timed(() => approve(waiting)))
}
