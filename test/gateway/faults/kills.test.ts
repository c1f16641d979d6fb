import { expect, test } from 'vitest'
import { killsUnderLoad } from '../../support/faults/kills'

test('a gateway and its database killed under load lose and double nothing', async () => {
  const report = await killsUnderLoad({
    seed: 3,
    gatewayKills: 3,
    postgresKills: 1,
    naps: [],
    silences: [],
    workBetween: 15,
  })
  expect(report.orders).toBeGreaterThan(0)
  expect(report.returns).toBeGreaterThan(4)
}, 120_000)
