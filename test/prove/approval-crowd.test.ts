import { expect, test } from 'vitest'
import { crowdApproves, expectCrowd } from '../support/faults/crowd'

test('approval-crowd: 20 consoles at two gateways approve 10,000 requisitions as the rules ask, through kills', async () => {
  const report = await crowdApproves({
    // A seed that has failed is had again by naming it.
    seed: Number(process.env['SEED'] ?? 20_263),
    desks: 18,
    clerks: 2,
    documents: 10_000,
    gatewayKills: 25,
    consoleKills: 10,
  })
  console.info(JSON.stringify(report))
  expectCrowd(report, true)
  expect(report.orders).toBeGreaterThan(2_000)
  expect(report.lostTo.gateway.sentAgain).toBeGreaterThan(25)
  expect(report.lostTo.gateway.carriedOut).toBeGreaterThan(0)
}, 3_600_000)
