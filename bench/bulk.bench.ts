import type { SendResult } from '../contract/console'
import { startPump, type Flight } from '../renderer/services/bulk-pump'
import { lookAt, seenInList } from './harness/approve'
import { openBenchConsole, type BenchConsole } from './harness/bench-console'
import { startBenchSeller } from './harness/bench-seller'
import { report, reportQuantile, timed } from './harness/figure'
import { startGatewayProcess } from './harness/gateway-process'
import { inTurns } from './harness/in-turns'
import { multiply, type Waiting } from './harness/multiply'

/**
 * Five hundred approvals of ten-line requisitions as the window sends them together, from the first
 * command to the last answer, with more and more requisitions in the database. Floor: the same with a
 * gateway that answers at once, which is the pace alone. And what a question of the same console takes
 * meanwhile, beside what it takes when there is no such rush.
 */
const rounds = 3
const approvals = 500
const sizes = [1_000, 10_000, 50_000]
const pauseMs = 100

const seller = await startBenchSeller()
const gateway = await startGatewayProcess(seller.databaseUrl)
const console_ = await openBenchConsole(gateway.url, seller.approver)
await pump(await waitingOnes(), approveBy(console_))
let made = approvals
for (const size of sizes) {
  await multiply(seller.client, size - (made - approvals))
  made = size + approvals
  const asked: number[][] = []
  const alone: number[][] = []
  const [ours, floors] = await inTurns(
    rounds,
    async () => {
      const waiting = await waitingOnes()
      made += approvals
      const questions = askMeanwhile(console_)
      const took = await timed(() => pump(waiting, approveBy(console_)))
      asked.push(await questions.stop())
      return took
    },
    async () => {
      const questions = askMeanwhile(console_)
      const took = await timed(() => pump(Array.from({ length: approvals }), atOnce))
      alone.push(await questions.stop())
      return took
    },
  )
  report(`bulk.500.${size}`, 'ms', ours, floors)
  reportQuantile(`bulk.500.question.${size}`, 'ms', 0.9, asked, alone)
}
console_.close()
await gateway.stop()
await seller.close()

/** As many as are approved together, looked at by whoever does. */
async function waitingOnes(): Promise<readonly Waiting[]> {
  const waiting = await multiply(seller.client, approvals)
  await lookAt(console_, waiting)
  return waiting
}

/** Resolves when everything has its answer. @throws when the gateway refuses one */
function pump<T>(all: readonly T[], send: (one: T) => Promise<SendResult>): Promise<void> {
  return new Promise((resolve, reject) => {
    const never = new Promise<void>(() => undefined)
    startPump(all, {
      canReach: () => true,
      send: (one): Flight => ({ ended: send(one), unclear: never }),
      sending: () => undefined,
      back: () => undefined,
      ended: (_one, result) => {
        if (result.kind === 'refused') reject(new Error(result.error.message))
      },
      moved: (phase) => {
        if (phase === 'ended') resolve()
      },
    })
  })
}

function approveBy(client: BenchConsole) {
  return async (one: Waiting): Promise<SendResult> => {
    const payload = { revision: 1, seen: seenInList(one) }
    const answer = await client.command('requisition.approve', one.id, one.version, payload)
    return answer.ok
      ? { kind: 'accepted', result: answer.result, version: answer.version }
      : { kind: 'refused', error: answer.error }
  }
}

async function atOnce(): Promise<SendResult> {
  return { kind: 'accepted', result: {}, version: 2 }
}

/** What somebody asks who goes on working: a search now and then. */
function askMeanwhile(client: BenchConsole) {
  const took: number[] = []
  let isWanted = true
  const done = (async () => {
    while (isWanted) {
      took.push(await timed(() => client.query('requisition.search', { text: 'ahlberg' })))
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  })()
  return {
    async stop(): Promise<number[]> {
      isWanted = false
      await done
      return took
    },
  }
}
