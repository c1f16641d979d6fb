import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rowAmounts } from '../../../../domain/money/row'
import type { TaxedRow } from '../../../../domain/money/row'
import { documentTotals, tryDocumentTotals, vatModes } from '../../../../domain/money/totals'
import type { UnitPrice } from '../../../../domain/units'
import { euros, kronor } from '../../../support/domain/prices'
import { assertHolds, FEW } from '../../../support/properties/cases'

function row(price: UnitPrice, vatRate = 250_000, quantity = 1_000): TaxedRow {
  return { price, quantity, rebate: 0, vatRate }
}

const onSum = { currency: 'SEK', mode: 'per_rate_on_sum' } as const
const perRow = { currency: 'SEK', mode: 'per_row' } as const

describe('documentTotals', () => {
  it('per row: counts as the recorded shop', () => {
    expect(documentTotals([row(kronor(19.12), 200_000, 3_000)], perRow)).toEqual({
      currency: 'SEK',
      net: 5_736,
      vat: [{ rate: 200_000, base: 5_736, amount: 1_147 }],
      gross: 6_883,
      mode: 'per_row',
    })
  })

  it('on the sum: VAT per rate, highest first, 0 % too', () => {
    const rows = [
      row(kronor(10), 0),
      row(kronor(100.01), 120_000),
      row(kronor(33.33), 250_000),
      row(kronor(66.68), 250_000),
    ]
    expect(documentTotals(rows, onSum)).toEqual({
      currency: 'SEK',
      net: 21_002,
      vat: [
        { rate: 250_000, base: 10_001, amount: 2_500 },
        { rate: 120_000, base: 10_001, amount: 1_200 },
        { rate: 0, base: 1_000, amount: 0 },
      ],
      gross: 24_702,
      mode: 'per_rate_on_sum',
    })
  })

  it('tells the two modes apart where rounding does', () => {
    const rows = [row(kronor(0.02)), row(kronor(0.02)), row(kronor(0.02))]
    expect(documentTotals(rows, onSum)).toMatchObject({ net: 6, gross: 8 })
    expect(documentTotals(rows, perRow)).toMatchObject({ net: 6, gross: 9 })
  })

  it('rounds rows before it sums them', () => {
    const rows = [row(kronor(0.004), 0), row(kronor(0.004), 0), row(kronor(0.004), 0)]
    expect(documentTotals(rows, onSum).net).toBe(0)
  })

  it('on the sum: a customer with gross prices pays what they add up to', () => {
    const rows = [row(kronor(9.99, 'gross')), row(kronor(9.99, 'gross'))]
    expect(documentTotals(rows, onSum)).toMatchObject({
      net: 1_598,
      vat: [{ rate: 250_000, base: 1_598, amount: 400 }],
      gross: 1_998,
    })
  })

  it('on the sum: net and gross rows of one rate stand together', () => {
    const rows = [row(kronor(9.99, 'gross')), row(kronor(100.01))]
    // 9.99 is 7.99 + 2.00; 25 % on 100.01 is 25.00.
    expect(documentTotals(rows, onSum)).toMatchObject({
      net: 10_800,
      vat: [{ rate: 250_000, base: 10_800, amount: 2_700 }],
      gross: 13_500,
    })
  })

  it('of nothing is nothing', () => {
    expect(documentTotals([], onSum)).toEqual({
      currency: 'SEK',
      net: 0,
      vat: [],
      gross: 0,
      mode: 'per_rate_on_sum',
    })
  })

  it('of a return is its mirror image', () => {
    const rows = [row(kronor(0.02)), row(kronor(33.335), 120_000)]
    const back = rows.map((each) => ({ ...each, quantity: -each.quantity }))
    for (const options of [onSum, perRow]) {
      const { net, gross } = documentTotals(rows, options)
      expect(documentTotals(back, options)).toMatchObject({ net: -net, gross: -gross })
    }
  })

  it('adds up in either mode, in any order of rows', () => {
    const taxedRow = fc.record({
      price: fc.record({
        amount: fc.integer({ min: 0, max: 1_000_000_000 }),
        basis: fc.constantFrom('net' as const, 'gross' as const),
        currency: fc.constant('SEK'),
      }),
      quantity: fc.integer({ min: -5_000, max: 100_000 }),
      rebate: fc.integer({ min: 0, max: 1_000_000 }),
      vatRate: fc.constantFrom(250_000, 120_000, 60_000, 0),
    })
    assertHolds(
      fc.property(fc.array(taxedRow), fc.constantFrom(...vatModes), (rows, mode) => {
        const totals = documentTotals(rows, { currency: 'SEK', mode })
        expect(documentTotals(rows.toReversed(), { currency: 'SEK', mode })).toEqual(totals)
        const sum = (values: readonly number[]) => values.reduce((all, each) => all + each, 0)
        expect(sum(totals.vat.map(({ base }) => base))).toBe(totals.net)
        expect(sum(totals.vat.map(({ amount }) => amount))).toBe(totals.gross - totals.net)
        const rates = new Set(rows.map(({ vatRate }) => vatRate))
        expect(totals.vat.map(({ rate }) => rate)).toEqual([...rates].sort((a, b) => b - a))
        const amounts = rows.map(rowAmounts)
        if (mode === 'per_row') {
          expect(totals.net).toBe(sum(amounts.map(({ net }) => net)))
          expect(totals.gross).toBe(sum(amounts.map(({ gross }) => gross)))
          return
        }
        for (const { rate, base, amount } of totals.vat) {
          const ofRate = rows.flatMap((each, index) =>
            each.vatRate === rate ? [{ basis: each.price.basis, ...amounts[index]! }] : [],
          )
          const netRows = sum(ofRate.map(({ basis, net }) => (basis === 'net' ? net : 0)))
          const grossRows = sum(ofRate.map(({ basis, gross }) => (basis === 'gross' ? gross : 0)))
          // Within half an öre of the exact figure for each of the two sums.
          expect(Math.abs(base - netRows - grossRows / (1 + rate / 1e6))).toBeLessThan(0.5001)
          const exact = (netRows * rate) / 1e6 + grossRows - grossRows / (1 + rate / 1e6)
          expect(Math.abs(amount - exact)).toBeLessThan(1.0001)
        }
      }),
      FEW,
    )
  })
})

describe('tryDocumentTotals', () => {
  it('gives the totals', () => {
    const rows = [row(kronor(80))]
    expect(tryDocumentTotals(rows, onSum)).toEqual({
      ok: true,
      totals: documentTotals(rows, onSum),
    })
  })

  it('refuses rows in two currencies', () => {
    const rows = [row(kronor(80)), row(euros(8))]
    expect(tryDocumentTotals(rows, onSum)).toEqual({
      ok: false,
      error: { code: 'mixed_currencies' },
    })
    expect(() => documentTotals(rows, onSum)).toThrow(TypeError)
  })

  it.each(vatModes)('refuses sums that are not exact any more, %s', (mode) => {
    const huge = row({ ...kronor(0), amount: 9_000_000_000_000_000 }, 250_000, 1_000_000)
    expect(tryDocumentTotals([huge], { ...onSum, mode }).ok).toBe(true)
    const many = Array.from({ length: 12 }, () => huge)
    const error = { ok: false, error: { code: 'amount_too_large' } }
    expect(tryDocumentTotals(many, { ...onSum, mode })).toEqual(error)
    const larger = { ...huge, quantity: 10_000_000_000_000 }
    expect(tryDocumentTotals([larger], { ...onSum, mode })).toEqual(error)
  })

  it('lets a bug be a bug', () => {
    const broken = row({ ...kronor(0), amount: 1.5 })
    expect(() => tryDocumentTotals([broken], onSum)).toThrow(RangeError)
  })
})
