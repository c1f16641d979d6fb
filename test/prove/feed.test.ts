import { expect, test } from 'vitest'
import { feedStorm } from '../support/feed-storm'

test('feed: no console misses one of 100,000 changes of two nodes over bad lines', async () => {
  const report = await feedStorm({ seed: 11, changes: 100_000, entities: 200, consoles: 8 })
  console.info(JSON.stringify(report))
  expect(report.returns).toBeGreaterThan(100)
  expect(report.overwritten).toBeLessThan(report.covered / 2)
})
