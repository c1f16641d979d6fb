import { describe, expect, it } from 'vitest'

import { retryDelay } from '../../../../main/connection/backoff'

describe('retryDelay', () => {
  it('is quick at first and never above ten seconds', () => {
    expect(retryDelay(0, 0.999)).toBeLessThanOrEqual(100)
    expect(retryDelay(1, 0.999)).toBeLessThanOrEqual(400)
    expect(retryDelay(500, 0.999)).toBeLessThanOrEqual(10_000)
    expect(retryDelay(500, 0)).toBe(5_000)
  })

  it('spreads over half of each step', () => {
    expect(retryDelay(3, 0)).toBe(1_000)
    expect(retryDelay(3, 0.5)).toBe(1_500)
  })

  it('grows with every failure', () => {
    const delays = [0, 1, 2, 3, 4, 5, 6].map((failures) => retryDelay(failures, 0.5))
    expect(delays).toEqual([...delays].sort((a, b) => a - b))
    expect(new Set(delays).size).toBe(delays.length)
  })
})
