import { openBenchConsole, type BenchConsole } from './bench-console'
import { startBenchSeller, type BenchSeller } from './bench-seller'
import { report, median, timed } from './figure'
import { startGatewayProcess } from './gateway-process'
import { multiply } from './multiply'

const sizes = [1_000, 10_000, 200_000]
const rounds = 5
const times = 40

/**
 * How long something takes with a thousand, ten thousand and two hundred thousand requisitions in the
 * database: the median of each round, against the smallest size.
 *
 * @param prepare gives what is to be timed, the first few times uncounted
 */
export async function measureGrowth(
  name: string,
  prepare: (
    console_: BenchConsole,
    seller: BenchSeller,
    count: number,
  ) => Promise<readonly (() => Promise<unknown>)[]>,
): Promise<void> {
  const seller = await startBenchSeller(3)
  const gateway = await startGatewayProcess(seller.databaseUrl)
  let made = 0
  let smallest: readonly number[] | null = null
  for (const size of sizes) {
    for (; made < size; made += Math.min(20_000, size - made)) {
      await multiply(seller.client, Math.min(20_000, size - made))
    }
    const console_ = await openBenchConsole(gateway.url, seller.approver)
    for (const work of await prepare(console_, seller, times)) await work()
    const took: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const all: number[] = []
      for (const work of await prepare(console_, seller, times)) all.push(await timed(work))
      took.push(median(all))
    }
    report(`${name}.${size}`, 'ms', took, smallest)
    smallest ??= took
    console_.close()
  }
  await gateway.stop()
  await seller.close()
}
