import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../../demo/seller/random'

describe('repeatable chance', () => {
  it('follows from the seed and the stream’s name', () => {
    const draw = (seed: number, stream: string) => {
      const random = createRandom(seed, stream)
      return Array.from({ length: 20 }, () => random.next())
    }
    expect(draw(1, 'articles')).toEqual(draw(1, 'articles'))
    expect(draw(1, 'companies')).not.toEqual(draw(1, 'articles'))
    expect(draw(2, 'articles')).not.toEqual(draw(1, 'articles'))
  })

  it('is spread evenly', () => {
    const random = createRandom(3, 'spread')
    const counts = Array.from({ length: 10 }, () => 0)
    for (let index = 0; index < 100_000; index++) counts[random.whole(0, 9)]! += 1
    // Chi-square with 9 degrees of freedom: 27.9 is passed by one seed in a thousand.
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)
    expect(chiSquare).toBeLessThan(27.9)
  })

  it('samples without repeating, and all there is when asked for more', () => {
    const items = ['a', 'b', 'c', 'd', 'e']
    const random = createRandom(4, 'sample')
    for (let round = 0; round < 50; round++) {
      const three = random.sample(items, 3)
      expect(new Set(three).size).toBe(3)
    }
    expect(random.sample(items, 9).sort()).toEqual(items)
    expect(items).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  it('has nothing to pick from nothing', () => {
    expect(() => createRandom(5, 'pick').pick([])).toThrow('nothing to pick from')
  })
})
