import { test } from 'vitest'
import { feedStorm } from '../support/feed-storm'

test.each([11, 12, 13, 14, 15])(
  'feed: no console misses a change in a storm of 4,000 over two nodes (seed %i)',
  async (seed) => {
    await feedStorm({ seed, changes: 4_000, consoles: 10 })
  },
)
