import fc from 'fast-check'
import { expect } from 'vitest'
import { checkAggregates } from '../history/aggregates'
import { checkOrders } from '../history/orders'
import { openModelHouse, type ModelHouse } from './house'
import { plots, type Plot } from './plans'
import { runHistory } from './run-history'

/** Histories side by side, each on a database of its own, so that none waits for another's locks. */
const lanes = 4

export interface ModelReport {
  readonly acts: number
  /** Pairs of acts that were sent at once and both spoke to the database. */
  readonly pairs: number
  /** Those of them whose statements came between one another's. */
  readonly overlapping: number
  readonly lockWaits: number
  readonly seconds: number
}

/**
 * Generated histories on two nodes: every batch of acts sent at once must be explained by some order
 * of them, and the database must in the end have what that order leads to. How their statements come
 * between one another is drawn from the seed as well.
 * @param known histories that once went wrong, run before all others
 */
export async function modelHolds(options: {
  readonly seed: number
  readonly histories: number
  readonly known: readonly Plot[]
}): Promise<ModelReport> {
  const start = performance.now()
  const total = { acts: 0, pairs: 0, overlapping: 0, lockWaits: 0 }
  const run = async (house: ModelHouse, plot: Plot) => {
    total.acts += plot.flatMap(({ plans }) => plans).length
    const unexplained = await runHistory(house, plot, (interleaving) => {
      total.pairs += interleaving.pairs
      total.overlapping += interleaving.overlapping
      total.lockWaits += interleaving.lockWaits
    })
    if (unexplained !== null) throw new Error(unexplained)
  }
  const lane = async (at: number) => {
    const house = await openModelHouse()
    try {
      for (const [number, plot] of options.known.entries())
        if (number % lanes === at) await run(house, plot)
      await fc.assert(
        fc.asyncProperty(plots, (plot) => run(house, plot)),
        { seed: options.seed + at, numRuns: Math.ceil(options.histories / lanes) },
      )
      const { db } = house.nodes[0]
      expect([...(await checkAggregates(db)), ...(await checkOrders(db))]).toEqual([])
    } finally {
      await house.close()
    }
  }
  await Promise.all(Array.from({ length: lanes }, (_, at) => lane(at)))
  return { ...total, seconds: Math.round((performance.now() - start) / 1_000) }
}
