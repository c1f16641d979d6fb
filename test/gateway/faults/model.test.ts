import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openModelHouse } from '../../support/model/house'
import { knownPlots } from '../../support/model/known-plots'
import { knownApprovalPlots } from '../../support/model/known-approval-plots'
import { approvalPlots, plots } from '../../support/model/plans'
import { expectApproval, modelHolds } from '../../support/model/property'
import { runHistory } from '../../support/model/run-history'
import type { Interleaving } from '../../support/model/turns'

test('what people and a shop do at once is explained by some order of it (200 histories)', async () => {
  const report = await modelHolds({ seed: 1, histories: 200, known: knownPlots })
  expect(report.overlapping).toBeGreaterThan(report.pairs / 2)
  expect(report.lockWaits).toBeGreaterThan(50)
}, 120_000)

test('approval keeps its promises in every history: one order, all steps, nobody alone, nothing stale (150 histories)', async () => {
  const report = await modelHolds({
    seed: 2,
    histories: 150,
    known: knownApprovalPlots,
    of: approvalPlots,
  })
  expectApproval(report)
  expect(report.overlapping).toBeGreaterThan(report.pairs / 2)
  expect(report.lockWaits).toBeGreaterThan(50)
}, 120_000)

test('a history comes about again by its draws, statement by statement', async () => {
  const house = await openModelHouse()
  try {
    const sample = [plots, approvalPlots].flatMap((some) =>
      fc.sample(some, { seed: 7, numRuns: 20 }),
    )
    for (const sampled of sample) {
      // Of three, two may wait for the same lock, and which of them gets it is the database's to say.
      const plot = sampled.map(({ plans, turns }) => ({ plans: plans.slice(0, 2), turns }))
      const runs = [0, 1].map(() => [] as Interleaving[])
      for (const heard of runs)
        expect(await runHistory(house, plot, (one) => heard.push(one))).toBeNull()
      expect(runs[1]).toEqual(runs[0])
    }
  } finally {
    await house.close()
  }
}, 60_000)
