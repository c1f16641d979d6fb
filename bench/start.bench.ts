import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBenchSeller } from './harness/bench-seller'
import { benchRuntime, pidOf, startConsole, startFloor } from './harness/console-app'
import { report } from './harness/figure'
import { startGatewayProcess } from './harness/gateway-process'
import { multiply } from './harness/multiply'
import { costOf, type ProcessCost } from './harness/process-cost'

/**
 * What the console's processes cost from launch to an interactive inbox of 10,000 requisitions that
 * this computer has seen before, the gateway elsewhere, against an Electron window with an empty page.
 */
const rounds = 5
const requisitions = 10_000

const { runtime, close } = await benchRuntime()
const seller = await startBenchSeller()
await multiply(seller.client, requisitions)
const gateway = await startGatewayProcess(seller.databaseUrl)
const account = seller.approver
const userData = await mkdtemp(join(tmpdir(), 'kontor-bench-console-'))
await started()

const ours: ProcessCost[] = []
const floors: ProcessCost[] = []
for (let round = 0; round < rounds; round += 1) {
  const empty = await startFloor(runtime, 'empty-window')
  floors.push(await costOf(pidOf(empty)))
  await empty.close()
  ours.push(await started())
}
report(
  'start.cpu',
  'ms',
  ours.map(({ cpuMs }) => cpuMs),
  floors.map(({ cpuMs }) => cpuMs),
)
report(
  'start.pss',
  'MiB',
  ours.map(({ pssMiB }) => pssMiB),
  floors.map(({ pssMiB }) => pssMiB),
)
await gateway.stop()
await seller.close()
await rm(userData, { recursive: true, force: true })
await close()

async function started(): Promise<ProcessCost> {
  const { app } = await startConsole(runtime, gateway.url, account, userData)
  const cost = await costOf(pidOf(app))
  await app.close()
  return cost
}
