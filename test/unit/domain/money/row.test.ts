import {
  add,
  dinero,
  multiply,
  toSnapshot,
  transformScale,
  halfAwayFromZero,
} from 'dinero.js/bigint'
import { JPY, KWD, SEK } from 'dinero.js/bigint/currencies'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compareUnitPrices,
  rowAmount,
  rowAmounts,
  unitPriceAfterRebate,
  unitPriceOn,
} from '../../../../domain/money/row'
import type { UnitPrice } from '../../../../domain/units'
import { kronor } from '../../../support/domain/prices'
import { assertHolds, FEW } from '../../../support/properties/cases'

const yen: UnitPrice = { amount: 333_500_000, basis: 'net', currency: 'JPY' }

describe('rowAmount', () => {
  it.each([
    ['price × quantity', kronor(19.12), 3_000, 0, 5_736],
    ['on the gross basis of a gross price', kronor(22.944, 'gross'), 3_000, 0, 6_883],
    ['with its rebate', kronor(100), 2_500, 100_000, 22_500],
    ['a whole rebate', kronor(100), 2_500, 1_000_000, 0],
    ['half an öre up', kronor(0.005), 1_000, 0, 1],
    ['less than half an öre down', kronor(0.004999), 1_000, 0, 0],
    ['half an öre of a return away from zero', kronor(0.005), -1_000, 0, -1],
    ['no decimals in yen', yen, 1_000, 0, 334],
    ['three decimals in dinars', { ...yen, currency: 'KWD' } as UnitPrice, 1_000, 0, 333_500],
  ])('%s', (_, price, quantity, rebate, amount) => {
    expect(rowAmount({ price, quantity, rebate })).toBe(amount)
  })

  it('rounds once: a price rounded after its rebate, or a row before it, would give another', () => {
    // 0.335 × 0.5 × 3 = 0.5025; 0.17 × 3 = 0.51; 1.01 × 0.5 = 0.505 → 0.51.
    expect(rowAmount({ price: kronor(0.335), quantity: 3_000, rebate: 500_000 })).toBe(50)
  })

  it('throws rather than be inexact', () => {
    const price = { ...kronor(0), amount: 9_007_199_254_740_991 }
    expect(() => rowAmount({ price, quantity: 10_000_000_000, rebate: 0 })).toThrow(RangeError)
  })

  it('is what dinero.js counts', () => {
    const currency = fc.constantFrom(SEK, JPY, KWD)
    const amount = fc.integer({ min: 0, max: 10_000_000_000_000 })
    const quantity = fc.integer({ min: -1_000_000, max: 1_000_000 })
    const rebate = fc.integer({ min: 0, max: 1_000_000 })
    assertHolds(
      fc.property(currency, amount, quantity, rebate, (currency, amount, quantity, rebate) => {
        const full = multiply(dinero({ amount: BigInt(amount), currency, scale: 6n }), {
          amount: BigInt(quantity),
          scale: 3n,
        })
        const off = multiply(full, { amount: BigInt(-rebate), scale: 6n })
        const counted = transformScale(add(full, off), currency.exponent, halfAwayFromZero)
        const price: UnitPrice = { amount, basis: 'net', currency: currency.code }
        expect(rowAmount({ price, quantity, rebate })).toBe(Number(toSnapshot(counted).amount))
      }),
      FEW,
    )
  })
})

describe('rowAmounts', () => {
  it('has the row of the recorded shop, priced without VAT or with', () => {
    const amounts = { net: 5_736, vat: 1_147, gross: 6_883 }
    const row = { quantity: 3_000, rebate: 0, vatRate: 200_000 }
    expect(rowAmounts({ ...row, price: kronor(19.12) })).toEqual(amounts)
    expect(rowAmounts({ ...row, price: kronor(22.944, 'gross') })).toEqual(amounts)
  })

  it('rounds net and gross each from the exact amount', () => {
    // 0.014 net is 0.0175 gross: 0.01 and 0.02, where 25 % on 0.01 would make 0.01.
    expect(
      rowAmounts({ price: kronor(0.014), quantity: 1_000, rebate: 0, vatRate: 250_000 }),
    ).toEqual({ net: 1, vat: 1, gross: 2 })
    expect(
      rowAmounts({ price: kronor(0.026, 'gross'), quantity: 1_000, rebate: 0, vatRate: 250_000 }),
    ).toEqual({ net: 2, vat: 1, gross: 3 })
  })

  it('takes the rebate off both, and nothing for 0 %', () => {
    expect(
      rowAmounts({ price: kronor(80), quantity: 1_000, rebate: 250_000, vatRate: 250_000 }),
    ).toEqual({ net: 6_000, vat: 1_500, gross: 7_500 })
    expect(
      rowAmounts({ price: kronor(80, 'gross'), quantity: 1_000, rebate: 0, vatRate: 0 }),
    ).toEqual({ net: 8_000, vat: 0, gross: 8_000 })
  })
})

describe('unit prices for showing', () => {
  it('stand on either basis', () => {
    expect(unitPriceOn(kronor(19.12), 'gross', 200_000)).toEqual(kronor(22.944, 'gross'))
    expect(unitPriceOn(kronor(22.944, 'gross'), 'net', 200_000)).toEqual(kronor(19.12))
    expect(unitPriceOn(kronor(1, 'gross'), 'net', 120_000).amount).toBe(892_857)
    const price = kronor(5)
    expect(unitPriceOn(price, 'net', 250_000)).toBe(price)
  })

  it('less their rebate', () => {
    expect(unitPriceAfterRebate(kronor(19.12), 125_000)).toEqual(kronor(16.73))
    expect(unitPriceAfterRebate({ ...kronor(0), amount: 1 }, 500_000).amount).toBe(1)
    expect(unitPriceAfterRebate({ ...kronor(0), amount: 1 }, 500_001).amount).toBe(0)
  })
})

describe('compareUnitPrices', () => {
  it.each([
    ['the same basis', kronor(80), kronor(81), -1],
    ['the same basis', kronor(81, 'gross'), kronor(80, 'gross'), 1],
    ['80 net and 100 gross at 25 %', kronor(80), kronor(100, 'gross'), 0],
    ['a millionth less', { ...kronor(80), amount: 79_999_999 }, kronor(100, 'gross'), -1],
    ['a millionth more', kronor(100, 'gross'), { ...kronor(80), amount: 79_999_999 }, 1],
    ['gross that is less', kronor(99, 'gross'), kronor(80), -1],
  ])('%s', (_, a, b, sign) => {
    expect(Math.sign(compareUnitPrices(a, b, 250_000))).toBe(sign)
  })
})
