import { setTimeout as wait } from 'node:timers/promises'
import { startBenchSeller } from './harness/bench-seller'
import { benchRuntime, pidOf, startConsole, startFloor } from './harness/console-app'
import { report } from './harness/figure'
import { startGatewayProcess } from './harness/gateway-process'
import { costOf } from './harness/process-cost'

/**
 * CPU milliseconds a minute of console, gateway and PostgreSQL while nothing happens, against an empty
 * window. A round is a minute, so that what happens once a minute happens in each.
 */
const rounds = 5
const roundMs = 60_000

const { runtime, close } = await benchRuntime()
const seller = await startBenchSeller()
const gateway = await startGatewayProcess(seller.databaseUrl)
const empty = await startFloor(runtime, 'empty-window')
const { app } = await startConsole(runtime, gateway.url, seller.approver)
await wait(30_000)
const pids = [pidOf(app), gateway.pid, seller.serverPid, pidOf(empty)] as const
const used: number[][] = []
for (let round = 0; round < rounds; round += 1) {
  const before = await Promise.all(pids.map(costOf))
  await wait(roundMs)
  const after = await Promise.all(pids.map(costOf))
  used.push(after.map(({ cpuMs }, at) => cpuMs - (before[at]?.cpuMs ?? 0)))
}
const of = (at: number) => used.map((round) => round[at] ?? 0)
report('idle.cpu', 'ms/min', of(0), of(3))
report('idle.gateway.cpu', 'ms/min', of(1))
report('idle.postgres.cpu', 'ms/min', of(2))
await app.close()
await empty.close()
await gateway.stop()
await seller.close()
await close()
