import { bareApprovals } from './floors/same-sql'
import { approveAll, lookAt } from './harness/approve'
import { openBenchConsoles } from './harness/bench-console'
import { startBenchSeller } from './harness/bench-seller'
import { report, timed } from './harness/figure'
import { startGatewayProcess } from './harness/gateway-process'
import { inTurns } from './harness/in-turns'
import { multiply } from './harness/multiply'

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
  // Made beforehand, all of them: after it the server plans every statement anew, on every connection.
  // That is done with by the first approvals on either side, which are not counted.
  const waiting = await multiply(seller.client, (2 * rounds + 1) * approvals)
  await reportStock()
  const next = (many: number) => waiting.splice(0, many)
  await approveAll(consoles, next(approvals / 2))
  await bare.approve(next(approvals / 2))
  const [ours, floors] = await inTurns(
    rounds,
    () => rate(() => approveAll(consoles, next(approvals))),
    () => rate(() => bare.approve(next(approvals))),
  )
  report(`approve.rate.${count}`, '1/s', ours, floors)
  for (const one of consoles) one.close()
  await bare.close()
}
await gateway.stop()
await seller.close()

/** Each begins as the day after a report of stock that contains all orders so far. */
async function reportStock(): Promise<void> {
  await seller.client.query('update sales_order_line set open = false')
  await seller.client.query('vacuum analyze')
}

/** The gateway's code is compiled by running it; the first few hundred approvals are not counted. */
async function warmUp(): Promise<void> {
  const consoles = await openBenchConsoles(gateway.url, seller.approver, 8)
  const waiting = await multiply(seller.client, approvals)
  if (consoles[0]) await lookAt(consoles[0], waiting)
  await approveAll(consoles, waiting)
  for (const one of consoles) one.close()
}

async function rate(approve: () => Promise<unknown>): Promise<number> {
  return (approvals * 1_000) / (await timed(approve))
}
