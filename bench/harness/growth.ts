import { setTimeout as wait } from 'node:timers/promises'
import { openBenchConsole, type BenchConsole } from './bench-console'
import { startBenchSeller, type BenchSeller } from './bench-seller'
import { report, median, timed } from './figure'
import { startGatewayProcess } from './gateway-process'
import { multiply } from './multiply'

const sizes = [1_000, 10_000, 200_000]
const rounds = 5
const times = 40
const warmUp = 120
const pauseMs = 25

/** A seller with so many requisitions, and a console that is in step with its gateway. */
export interface Grown {
  readonly size: number
  readonly console_: BenchConsole
  readonly seller: BenchSeller
}

/** Gives what is to be timed, so many times. */
export type Prepare = (grown: Grown, count: number) => Promise<readonly (() => Promise<unknown>)[]>

/**
 * How long something takes with a thousand, ten thousand and two hundred thousand requisitions in the
 * database: the median of each round, against the smallest size. Each size has a server and a gateway
 * of its own, all of them there from beginning to end and asked in turn.
 *
 * @param measured by the figure's name, to which the size is added
 */
export async function measureGrowth(measured: Readonly<Record<string, Prepare>>): Promise<void> {
  const all: (Grown & { close(): Promise<void> })[] = []
  for (const size of sizes) all.push(await grow(size))
  for (const [name, prepare] of Object.entries(measured)) {
    const took = new Map<Grown, number[]>(all.map((one) => [one, []]))
    for (const one of all) for (const work of await prepare(one, warmUp)) await paced(work)
    for (let round = 0; round < rounds; round += 1) {
      for (const one of round % 2 === 0 ? all : all.toReversed()) {
        const each: number[] = []
        for (const work of await prepare(one, times)) each.push(await paced(work))
        took.get(one)?.push(median(each))
      }
    }
    const [smallest = []] = took.values()
    for (const [{ size }, medians] of took) {
      report(`${name}.${size}`, 'ms', medians, medians === smallest ? null : smallest)
    }
  }
  for (const one of all) await one.close()
}

/** The milliseconds it took. A gateway answers one console so many questions a second, and no more. */
async function paced(work: () => Promise<unknown>): Promise<number> {
  const took = await timed(work)
  await wait(pauseMs)
  return took
}

async function grow(size: number): Promise<Grown & { close(): Promise<void> }> {
  const seller = await startBenchSeller()
  for (let made = 0; made < size; made += 10_000) {
    await multiply(seller.client, Math.min(10_000, size - made))
  }
  // As the database's own housekeeping would leave it some minutes later.
  await seller.client.query('vacuum analyze')
  const gateway = await startGatewayProcess(seller.databaseUrl)
  const { rows } = await seller.client.query<{ seq: string }>(
    'select max(xid)::text as seq from feed',
  )
  const console_ = await openBenchConsole(gateway.url, seller.approver, Number(rows[0]?.seq))
  return {
    size,
    console_,
    seller,
    async close() {
      console_.close()
      await gateway.stop()
      await seller.close()
    },
  }
}
