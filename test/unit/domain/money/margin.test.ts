import { describe, expect, it } from 'vitest'
import { documentMargin, unitMargin } from '../../../../domain/money/margin'
import type { CostedRow } from '../../../../domain/money/margin'
import { kronor } from '../../../support/domain/prices'

const cost = (major: number, currency = 'SEK') => ({ amount: major * 1_000_000, currency })

describe('unitMargin', () => {
  it.each([
    ['of the price', kronor(100), 0, cost(75), 250_000],
    ['after the rebate', kronor(100), 200_000, cost(60), 250_000],
    ['without VAT', kronor(125, 'gross'), 0, cost(75), 250_000],
    ['without VAT, after the rebate', kronor(125, 'gross'), 200_000, cost(60), 250_000],
    ['below 0 when sold at a loss', kronor(50), 0, cost(75), -500_000],
    ['half away from zero', kronor(3), 0, cost(2), 333_333],
    ['half away from zero', kronor(3), 0, cost(1), 666_667],
    ['of a whole price when it costs nothing', kronor(3), 0, cost(0), 1_000_000],
  ])('%s', (_, price, rebate, unitCost, margin) => {
    expect(unitMargin(price, rebate, 250_000, unitCost)).toBe(margin)
  })

  it('is counted to the smallest price there is', () => {
    const least = { ...kronor(0), amount: 1 }
    expect(unitMargin(least, 999_999, 250_000, cost(0))).toBe(1_000_000)
  })

  it('is unknown without a cost, in another currency, or for nothing', () => {
    expect(unitMargin(kronor(100), 0, 250_000, null)).toBeNull()
    expect(unitMargin(kronor(100), 0, 250_000, cost(75, 'EUR'))).toBeNull()
    expect(unitMargin(kronor(0), 0, 250_000, cost(75))).toBeNull()
    expect(unitMargin(kronor(100), 1_000_000, 250_000, cost(75))).toBeNull()
  })
})

describe('documentMargin', () => {
  const row = (major: number, unitCost: CostedRow['cost'], quantity = 1_000): CostedRow => ({
    price: kronor(major),
    quantity,
    rebate: 0,
    vatRate: 250_000,
    cost: unitCost,
  })

  it('weighs rows by what they bring in', () => {
    const rows = [row(100, cost(50)), row(100, cost(90), 3_000)]
    expect(documentMargin(rows)).toEqual({ kind: 'known', margin: 200_000 })
  })

  it('counts a gross row without its VAT', () => {
    const gross = { ...row(0, cost(75)), price: kronor(125, 'gross') }
    expect(documentMargin([gross])).toEqual({ kind: 'known', margin: 250_000 })
  })

  it('counts in the currency’s own minor units', () => {
    const yen = {
      ...row(0, { amount: 75_000_000, currency: 'JPY' }),
      price: { amount: 100_000_000, basis: 'net', currency: 'JPY' } as const,
    }
    expect(documentMargin([yen])).toEqual({ kind: 'known', margin: 250_000 })
  })

  it('counts in decimals as fine as a currency has', () => {
    const unit = { amount: 100, basis: 'net', currency: 'CLF' } as const
    const row = { price: unit, quantity: 1_000, rebate: 0, vatRate: 0, cost: cost(0, 'CLF') }
    expect(documentMargin([row])).toEqual({ kind: 'known', margin: 1_000_000 })
  })

  it('says how many rows hide their cost, and the margin of the rest', () => {
    const rows = [row(100, cost(50)), row(100, null), row(100, cost(5, 'EUR'))]
    expect(documentMargin(rows)).toEqual({
      kind: 'unknown',
      rowsWithoutCost: 2,
      marginOfRest: 500_000,
    })
    expect(documentMargin([])).toEqual({ kind: 'unknown', rowsWithoutCost: 0, marginOfRest: null })
  })
})
