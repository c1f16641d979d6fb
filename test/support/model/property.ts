import fc from 'fast-check'
import { expect } from 'vitest'
import { checkAggregates } from '../history/aggregates'
import { checkOrders } from '../history/orders'
import { openModelHouse } from './house'
import { plots, type Plot } from './plans'
import { runHistory } from './run-history'

/** Histories side by side, each about a requisition of its own. */
const lanes = 4

/**
 * Generated histories on two nodes: every batch of acts sent at once must be explained by some order
 * of them, and the database must in the end have what that order leads to.
 * @param known histories that once went wrong, run before all others
 */
export async function modelHolds(options: {
  readonly seed: number
  readonly histories: number
  readonly known: readonly Plot[]
}): Promise<{ readonly acts: number; readonly seconds: number }> {
  const start = performance.now()
  const house = await openModelHouse()
  let acts = 0
  try {
    for (const plot of options.known) expect(await runHistory(house, plot)).toBeNull()
    const lane = async (at: number) =>
      fc.assert(
        fc.asyncProperty(plots, async (plot) => {
          acts += plot.flat().length
          const unexplained = await runHistory(house, plot)
          if (unexplained !== null) throw new Error(unexplained)
        }),
        { seed: options.seed + at, numRuns: Math.ceil(options.histories / lanes) },
      )
    await Promise.all(Array.from({ length: lanes }, (_, at) => lane(at)))
    const { db } = house.nodes[0]
    expect([...(await checkAggregates(db)), ...(await checkOrders(db))]).toEqual([])
    return { acts, seconds: Math.round((performance.now() - start) / 1_000) }
  } finally {
    await house.close()
  }
}
