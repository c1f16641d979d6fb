import { test } from 'vitest'
import { feedStorm } from '../../support/feed-storm'

test.each([1, 2])(
  'no console misses a change, whoever writes where and drops off when (seed %i)',
  async (seed) => {
    await feedStorm({ seed, changes: 400, consoles: 4 })
  },
)
