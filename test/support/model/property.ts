import fc from 'fast-check'
import { expect } from 'vitest'
import { checkAggregates } from '../history/aggregates'
import { checkApprovals, type Against } from '../history/approvals'
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
  /** What was answered how often, and what histories ended in: `requisition.edit ok`, `expired`. */
  readonly seen: Readonly<Record<string, number>>
  /** What is against each invariant of approval. */
  readonly against: Against
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
  /** What histories are drawn from; everything there is unless said. */
  readonly of?: fc.Arbitrary<Plot>
}): Promise<ModelReport> {
  const start = performance.now()
  const total = { acts: 0, pairs: 0, overlapping: 0, lockWaits: 0 }
  const seen: Record<string, number> = {}
  const against: Record<string, string[]> = {}
  const run = async (house: ModelHouse, plot: Plot) => {
    total.acts += plot.flatMap(({ plans }) => plans).length
    const unexplained = await runHistory(house, plot, (interleaving, said) => {
      for (const one of said) seen[one] = (seen[one] ?? 0) + 1
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
        fc.asyncProperty(options.of ?? plots, (plot) => run(house, plot)),
        { seed: options.seed + at, numRuns: Math.ceil(options.histories / lanes) },
      )
      const { db } = house.nodes[0]
      for (const [name, found] of Object.entries(await checkApprovals(db)))
        (against[name] ??= []).push(...found)
      expect([...(await checkAggregates(db)), ...(await checkOrders(db))]).toEqual([])
    } finally {
      await house.close()
    }
  }
  await Promise.all(Array.from({ length: lanes }, (_, at) => lane(at)))
  const seconds = Math.round((performance.now() - start) / 1_000)
  return { ...total, seen, against, seconds }
}

/** What a run about approval has to have come by, so that the invariants were of something. */
const happenings = [
  'requisition.approve ok',
  'requisition.approve not_your_step',
  'requisition.approve above_limit',
  'requisition.approve own_work',
  'requisition.edit ok',
  'requisition.edit beyond_price_limit',
  'requisition.approve customer_approves',
  'requisition.split ok',
  'requisition.split invalid',
  'requisition.return ok',
  'requisition.skip_step ok',
  'requisition.skip_step cannot_skip',
  'requisition.revive ok',
  'requisition.revive wrong_state',
  'accept ok',
  'accept nothing_to_accept',
  'buyer ok',
  'buyer may_not_order',
  'buyer no_buyer_asked',
  'buyer approval_of_other_revision',
  'buyer no_longer_open',
  'became ordered',
  'became expired',
] as const

/** Nothing is against any invariant of approval, and everything there is to approval has happened. */
export function expectApproval({ against, seen }: ModelReport): void {
  expect(against).toEqual({
    'ordered at most once, and only from the current revision': [],
    'ordered only when every demanded step is approved or skipped, and somebody approved last': [],
    'the customer’s own step is taken by one of theirs who may order, and charged to them': [],
    'nobody alone approves what is theirs beyond their own limits': [],
    'no approval survives a material change': [],
    'a part is let off no step of the whole': [],
    'totals equal their rows': [],
    'expired only what was open, and went on only when it was taken up again': [],
  })
  expect(happenings.filter((what) => !seen[what])).toEqual([])
}
