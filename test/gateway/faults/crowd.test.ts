import { expect, test } from 'vitest'
import { crowdApproves, expectCrowd } from '../../support/faults/crowd'

test('a crowd at two gateways approves as the rules ask, and a gateway is killed under it (100 requisitions)', async () => {
  const report = await crowdApproves({
    seed: 5,
    desks: 7,
    clerks: 1,
    documents: 100,
    gatewayKills: 1,
    consoleKills: 1,
  })
  expectCrowd(report, false)
  expect(report.orders).toBeGreaterThan(10)
}, 300_000)
