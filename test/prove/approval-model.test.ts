import { expect, test } from 'vitest'
import { knownApprovalPlots } from '../support/model/known-approval-plots'
import { approvalPlots } from '../support/model/plans'
import { expectApproval, modelHolds } from '../support/model/property'

test('approval-model: 20,000 generated histories of approval are each explained by some order', async () => {
  const report = await modelHolds({
    seed: 20_262,
    histories: 20_000,
    known: knownApprovalPlots,
    of: approvalPlots,
  })
  console.info(JSON.stringify(report))
  expectApproval(report)
  expect(report.acts).toBeGreaterThan(150_000)
  expect(report.overlapping).toBeGreaterThan(report.pairs / 2)
  expect(report.lockWaits).toBeGreaterThan(20_000)
}, 3_600_000)
