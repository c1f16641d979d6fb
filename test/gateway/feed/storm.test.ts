import { expect, test } from 'vitest'
import { feedStorm } from '../../support/feed-storm'

test.each([1, 2])(
  'no console misses a change, whoever writes where and drops off when (seed %i)',
  async (seed) => {
    const report = await feedStorm({ seed, changes: 2_500, entities: 20, consoles: 4 })
    expect(report.returns).toBeGreaterThan(4)
    // Most were there to be sent: what may be left out is the exception.
    expect(report.overwritten).toBeLessThan(report.covered / 2)
  },
  60_000,
)
