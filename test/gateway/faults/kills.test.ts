import { expect, test } from 'vitest'
import { killsUnderLoad } from '../../support/faults/kills'

test('a gateway, its database and a console killed under load lose and double nothing', async () => {
  const report = await killsUnderLoad({
    seed: 3,
    gatewayKills: 3,
    postgresKills: 1,
    naps: [],
    silences: [],
    clerks: 1,
    consoleKills: 2,
    consoleNaps: [1_500],
    workBetween: 15,
  })
  expect(report.orders).toBeGreaterThan(0)
  expect(report.returns).toBeGreaterThan(4)
  // They were hit: by kills that cost somebody an answer. (With commands in a console's outbox as well
  // only when there are many kills.)
  expect(report.lostTo.gateway.sentAgain + report.lostTo.postgres.sentAgain).toBeGreaterThan(0)
}, 240_000)
