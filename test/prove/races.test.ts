import { expect, test } from 'vitest'
import { raceApprovals } from '../support/races'

test('races: 500 rounds of two approvers at once on two nodes make exactly 500 orders', async () => {
  const { wins } = await raceApprovals(500)
  console.info(JSON.stringify({ rounds: 500, wins }))
  // Were one always first, it would not have been a race.
  expect(Math.min(...Object.values(wins))).toBeGreaterThan(10)
})
