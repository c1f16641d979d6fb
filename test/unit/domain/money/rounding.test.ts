import { describe, expect, it } from 'vitest'
import { divideRounded, powerOfTen, toExactNumber } from '../../../../domain/money/rounding'

describe('divideRounded', () => {
  it.each([
    [5n, 10n, 1n],
    [-5n, 10n, -1n],
    [4n, 10n, 0n],
    [-4n, 10n, 0n],
    [15n, 10n, 2n],
    [25n, 10n, 3n],
    [-25n, 10n, -3n],
    [1n, 3n, 0n],
    [2n, 3n, 1n],
    [-2n, 3n, -1n],
    [3n, 2n, 2n],
    [0n, 7n, 0n],
    [14n, 7n, 2n],
    [499_999_999_999_999_999_999n, 1_000_000_000_000_000_000_000n, 0n],
    [500_000_000_000_000_000_000n, 1_000_000_000_000_000_000_000n, 1n],
  ])('%s ÷ %s is %s', (numerator, denominator, rounded) => {
    expect(divideRounded(numerator, denominator)).toBe(rounded)
  })
})

describe('toExactNumber', () => {
  it('takes what a number holds exactly and throws past it', () => {
    expect(toExactNumber(9_007_199_254_740_991n)).toBe(9_007_199_254_740_991)
    expect(toExactNumber(-9_007_199_254_740_991n)).toBe(-9_007_199_254_740_991)
    expect(Object.is(toExactNumber(0n), 0)).toBe(true)
    expect(() => toExactNumber(9_007_199_254_740_992n)).toThrow(RangeError)
    expect(() => toExactNumber(-9_007_199_254_740_993n)).toThrow(RangeError)
  })
})

it('powers of ten', () => {
  expect([0, 1, 15].map(powerOfTen)).toEqual([1n, 10n, 1_000_000_000_000_000n])
})
