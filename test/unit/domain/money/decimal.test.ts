import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  MICRO_SCALE,
  MILLI_SCALE,
  parseDecimal,
  PERCENT_SCALE,
  printDecimal,
} from '../../../../domain/money/decimal'
import { assertHolds, FEW } from '../../../support/properties/cases'

describe('parseDecimal', () => {
  it.each([
    ['19.12', MICRO_SCALE, 19_120_000],
    ['2.5', MILLI_SCALE, 2_500],
    ['25', PERCENT_SCALE, 250_000],
    ['0', 3, 0],
    ['007', 0, 7],
    ['00000000000000000000.50', 2, 50],
    ['-0.5', 2, -50],
    ['19.1200000', 6, 19_120_000],
    ['5.000', 0, 5],
    [' 3 ', 0, 3],
    ['9007199254740991', 0, 9_007_199_254_740_991],
    ['-9007199254740.991', 3, -9_007_199_254_740_991],
  ])('%j at scale %i is %i', (text, scale, value) => {
    expect(parseDecimal(text, scale)).toEqual({ ok: true, value })
  })

  it('has no minus zero', () => {
    expect(parseDecimal('-0.0', 2)).toEqual({ ok: true, value: 0 })
  })

  it.each([
    ['', 'decimal_empty'],
    ['  ', 'decimal_empty'],
    ['1,5', 'decimal_malformed'],
    ['1 000', 'decimal_malformed'],
    ['1e3', 'decimal_malformed'],
    ['0x10', 'decimal_malformed'],
    ['.5', 'decimal_malformed'],
    ['5.', 'decimal_malformed'],
    ['+5', 'decimal_malformed'],
    ['--5', 'decimal_malformed'],
    ['1.2.3', 'decimal_malformed'],
    ['NaN', 'decimal_malformed'],
    ['Infinity', 'decimal_malformed'],
    ['٣', 'decimal_malformed'],
    ['12 kr', 'decimal_malformed'],
    ['\u22125', 'decimal_malformed'],
    ['1.234', 'decimal_too_fine'],
    ['0.001', 'decimal_too_fine'],
    ['90071992547409.92', 'decimal_too_large'],
    ['-90071992547409.92', 'decimal_too_large'],
    ['9'.repeat(1_000_000), 'decimal_too_large'],
  ])('refuses %.30j as %s', (text, code) => {
    expect(parseDecimal(text, 2)).toEqual({ ok: false, error: { code, text, scale: 2 } })
  })

  it.each([
    ['2,5', 2_500],
    ['2.5', 2_500],
    ['1 234,5', 1_234_500],
    ['1\u00a0234\u00a0567', 1_234_567_000],
    ['1\u202f234', 1_234_000],
    ['\u22123', -3_000],
  ])('reads %j as people type it', (text, value) => {
    expect(parseDecimal(text, 3, 'typed')).toEqual({ ok: true, value })
  })

  it.each(['1.234,5', '1,234.5', '1,234,567', '12 34', '1 2345', '1  234', '1,5 00', ' ,5'])(
    'does not guess what %j is',
    (text) => {
      expect(parseDecimal(text, 3, 'typed')).toMatchObject({
        ok: false,
        error: { code: 'decimal_malformed' },
      })
    },
  )
})

describe('printDecimal', () => {
  it.each([
    [19_120_000, 6, 0, '19.12'],
    [2_500, 3, 0, '2.5'],
    [2_000, 3, 0, '2'],
    [2_000, 3, 2, '2.00'],
    [2_120, 3, 1, '2.12'],
    [5, 3, 0, '0.005'],
    [-5, 3, 0, '-0.005'],
    [0, 2, 2, '0.00'],
    [7, 0, 0, '7'],
    [7, 0, 2, '7.00'],
    [100, 0, 0, '100'],
    [-9_007_199_254_740_991, 6, 0, '-9007199254.740991'],
  ])('%i at scale %i with %i decimals is %s', (value, scale, decimals, text) => {
    expect(printDecimal(value, scale, decimals)).toBe(text)
  })

  it.each([1.5, Number.NaN, 2 ** 53])('throws on %d', (value) => {
    expect(() => printDecimal(value, 2)).toThrow(RangeError)
  })

  it('is read back to the same integer, in either notation', () => {
    const integer = fc.maxSafeInteger()
    const digits = fc.integer({ min: 0, max: 9 })
    assertHolds(
      fc.property(integer, digits, digits, (value, scale, decimals) => {
        const text = printDecimal(value, scale, decimals)
        expect(parseDecimal(text, scale)).toEqual({ ok: true, value })
        expect(parseDecimal(text.replace('.', ','), scale, 'typed')).toEqual({ ok: true, value })
      }),
      FEW,
    )
  })
})
