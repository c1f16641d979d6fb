import fc from 'fast-check'
import { expect, test } from 'vitest'
import { documentTotals } from '../../../../domain/money/totals'
import {
  compareLines,
  counteredLines,
  editLines,
  type ComparableLine,
  type DraftLine,
} from '../../../../domain/quote/draft'
import { takeIn } from '../../../../domain/requisition/intake'

function line(id: string, overrides: Partial<DraftLine> = {}): DraftLine {
  return {
    id,
    article: 'RB-2206',
    quantity: 1_000,
    price: null,
    warehouse: null,
    requestedDate: null,
    comment: null,
    ...overrides,
  }
}
const ids = (lines: readonly DraftLine[]) => lines.map(({ id }) => id).join(' ')

test('an edit writes rows in their places, takes some away and puts new ones last', () => {
  const edited = editLines([line('a'), line('b'), line('c')], {
    put: [line('d'), line('b', { quantity: 5_000 })],
    removed: ['a', 'x'],
  })
  expect(ids(edited)).toBe('b c d')
  expect(edited[0]?.quantity).toBe(5_000)
})

test('a row both taken away and written is written', () => {
  const edited = editLines([line('a')], { put: [line('a', { comment: 'ny' })], removed: ['a'] })
  expect(edited).toEqual([line('a', { comment: 'ny' })])
})

test('a counter-offer changes what it names and nothing else', () => {
  const price = { amount: 15_000_000, basis: 'net', rebate: 0 } as const
  expect(
    counteredLines(
      [line('a'), line('b', { price }), line('c')],
      [
        { id: 'a', quantity: 2_000, price: null },
        { id: 'c', quantity: null, price },
      ],
    ),
  ).toEqual([line('a', { quantity: 2_000 }), line('b', { price }), line('c', { price })])
})

test('two versions stand side by side by their row ids', () => {
  const row = (id: string, overrides: Partial<ComparableLine> = {}): ComparableLine => ({
    id,
    articleId: 'RB-2206',
    quantity: 1_000,
    price: { amount: 1, basis: 'net', rebate: 0 },
    requestedDate: null,
    comment: null,
    ...overrides,
  })
  const rows = compareLines(
    [row('a'), row('b'), row('c')],
    [
      row('b', { quantity: 2_000, price: { amount: 1, basis: 'net', rebate: 5 } }),
      row('c'),
      row('d'),
    ],
  )
  expect(rows.map((one) => (one.kind === 'changed' ? one.fields : one.kind))).toEqual([
    ['quantity', 'price'],
    'same',
    'added',
    'removed',
  ])
})

test('the sums of a quote are those of its rows, whatever is written', () => {
  const written = fc.array(
    fc.record({
      quantity: fc.integer({ min: 1, max: 10_000_000 }),
      price: fc.option(
        fc.record({
          amount: fc.integer({ min: 0, max: 1_000_000_000 }),
          basis: fc.constantFrom('net' as const, 'gross' as const),
          rebate: fc.integer({ min: 0, max: 1_000_000 }),
        }),
      ),
      vatRate: fc.constantFrom(250_000, 120_000, 60_000, 0),
    }),
    { maxLength: 30 },
  )
  const company = {
    id: '1001',
    name: 'Ahlbergs',
    vatNumber: null,
    currency: 'SEK',
    language: 'sv',
    customerGroupId: 'G',
    priceListId: null,
    paymentTerms: null,
    creditLimit: null,
    exposure: 0,
    status: 'active',
    statusReason: null,
    accountOwner: null,
    addresses: [],
  } as const
  const group = {
    id: 'G',
    name: 'G',
    orderingRight: 'lists',
    priceListId: null,
    orderLimit: { perOrder: null, perPeriod: null, period: 'month', currency: 'SEK' },
  } as const
  const own = { amount: 12_345_678, basis: 'net', currency: 'SEK' } as const
  fc.assert(
    fc.property(written, fc.constantFrom('per_rate_on_sum', 'per_row'), (rows, vatMode) => {
      const lines = rows.map(({ quantity, price, vatRate }, at) => ({
        line: line(String(at), { quantity, price }),
        article: {
          id: 'RB-2206',
          groupId: null,
          listPrice: own,
          vatRate,
          precision: 3 as const,
          packMultiple: 0,
          minimumQuantity: 0,
          status: 'active' as const,
        },
      }))
      const taken = takeIn(
        { kind: 'quote_request', company, group, lines, deliveryAddress: null },
        {
          vatMode,
          priceOf: (article) => ({
            kind: 'priced',
            unitPrice: own,
            rebate: 0,
            listPrice: own,
            vatRate: article.vatRate,
            source: { kind: 'list_price' },
            steps: [],
            stale: false,
          }),
          usedInPeriod: 0,
          exposure: 0,
        },
      )
      if (!taken.ok) return
      const sums = documentTotals(
        rows.map(({ quantity, price, vatRate }) => ({
          price: price ? { amount: price.amount, basis: price.basis, currency: 'SEK' } : own,
          quantity,
          rebate: price?.rebate ?? 0,
          vatRate,
        })),
        { currency: 'SEK', mode: vatMode },
      )
      expect(taken.value.totals).toEqual(sums)
    }),
  )
})
