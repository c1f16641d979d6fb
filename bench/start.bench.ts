import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunningApp } from '../test/support/app'
import { startBenchSeller } from './harness/bench-seller'
import {
  benchRuntime,
  pidOf,
  startConsole,
  startFloor,
  startSignedIn,
  withKeyring,
} from './harness/console-app'
import { report } from './harness/figure'
import { startGatewayProcess } from './harness/gateway-process'
import { multiply } from './harness/multiply'
import { costOf, type ProcessCost } from './harness/process-cost'

/**
 * What the console's processes cost from launch to an interactive inbox of 10,000 requisitions that
 * this computer has seen before, its user still signed in, the gateway elsewhere, against an Electron
 * window with an empty page. `start.first` is the very first time: signing in, and all of it fetched.
 */
const rounds = 9
const requisitions = 10_000

const { runtime, close } = await benchRuntime()
const seller = await startBenchSeller()
await multiply(seller.client, requisitions)
const gateway = await startGatewayProcess(seller.databaseUrl)
const userData = await mkdtemp(join(tmpdir(), 'kontor-bench-console-'))
const first = await startedFirst()
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
report('start.first.cpu', 'ms', [first.cpuMs])
report('start.first.pss', 'MiB', [first.pssMiB])
await gateway.stop()
await seller.close()
await rm(userData, { recursive: true, force: true })
await close()

async function started(): Promise<ProcessCost> {
  return costAndClose(await startSignedIn(runtime, userData, requisitions))
}

async function startedFirst(): Promise<ProcessCost> {
  const keeping = withKeyring(runtime)
  const { app, inbox } = await startConsole(keeping, gateway.url, seller.approver, userData)
  await inbox.waitUntilCounted(requisitions)
  return costAndClose(app)
}

async function costAndClose(app: RunningApp): Promise<ProcessCost> {
  const cost = await costOf(pidOf(app))
  await app.close()
  return cost
}
