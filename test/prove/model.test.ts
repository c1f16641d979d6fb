import { expect, test } from 'vitest'
import { knownPlots } from '../support/model/known-plots'
import { modelHolds } from '../support/model/property'

test('model: 20,000 generated histories of two nodes are each explained by some order', async () => {
  const report = await modelHolds({ seed: 20_261, histories: 20_000, known: knownPlots })
  console.info(JSON.stringify(report))
  expect(report.acts).toBeGreaterThan(80_000)
  // Side by side in earnest: statements between one another's, and one waiting for the other.
  expect(report.overlapping).toBeGreaterThan(report.pairs / 2)
  expect(report.lockWaits).toBeGreaterThan(10_000)
})
