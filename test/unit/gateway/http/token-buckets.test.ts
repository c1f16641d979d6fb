import { expect, test } from 'vitest'
import { tokenBuckets } from '../../../../gateway/http/token-buckets'

test('so many at once, then so many a second, each key by itself', () => {
  let now = 0
  const wait = tokenBuckets({ perSecond: 2, burst: 5 }, () => now)
  expect(Array.from({ length: 7 }, () => wait('a'))).toEqual([0, 0, 0, 0, 0, 1, 1])
  expect(wait('b')).toBe(0)
  now += 1_000
  expect([wait('a'), wait('a'), wait('a')]).toEqual([0, 0, 1])
  now += 3_600_000
  expect(Array.from({ length: 6 }, () => wait('a'))).toEqual([0, 0, 0, 0, 0, 1])
})

test('a slow pace says how long to wait, and a clock set back gives nothing away', () => {
  let now = 10_000
  const wait = tokenBuckets({ perSecond: 0.1, burst: 1 }, () => now)
  expect(wait('a')).toBe(0)
  expect(wait('a')).toBe(10)
  now = 0
  expect(wait('a')).toBe(10)
})

test('strangers do not fill the memory: the one unused for longest is forgotten', () => {
  const wait = tokenBuckets({ perSecond: 1, burst: 1 }, () => 0)
  expect(wait('first')).toBe(0)
  for (let index = 0; index < 10_000; index += 1) wait(`stranger ${index}`)
  expect(wait('stranger 9999')).toBe(1)
  expect(wait('first')).toBe(0)
})
