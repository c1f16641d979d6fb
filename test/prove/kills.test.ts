import { expect, test } from 'vitest'
import { killsUnderLoad } from '../support/faults/kills'

test('kills: 30 of gateways, 10 of PostgreSQL and 20 of consoles under load lose and double nothing', async () => {
  const report = await killsUnderLoad({
    seed: 17,
    gatewayKills: 30,
    postgresKills: 10,
    // Longer than pings are waited for, and longer than a transaction may lie idle.
    naps: [10_000, 20_000],
    silences: [8_000],
    clerks: 2,
    consoleKills: 20,
    consoleNaps: [500, 2_000, 5_000, 12_000, 20_000],
    workBetween: 60,
  })
  console.info(JSON.stringify(report))
  expect(report.orders).toBeGreaterThan(200)
  // The kills hit: answers were lost and commands sent again, of which some had been carried out.
  const { gateway, postgres } = report.lostTo
  expect(gateway.sentAgain).toBeGreaterThanOrEqual(30)
  expect(postgres.sentAgain).toBeGreaterThanOrEqual(10)
  expect(gateway.carriedOut + postgres.carriedOut).toBeGreaterThan(0)
  expect(report.keptThroughKill).toBeGreaterThan(10)
})
