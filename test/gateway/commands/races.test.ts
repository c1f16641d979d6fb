import { test } from 'vitest'
import { raceApprovals } from '../../support/races'

test('two approvers at once on two nodes make one order, and the second is told of the first', async () => {
  await raceApprovals(25)
})
