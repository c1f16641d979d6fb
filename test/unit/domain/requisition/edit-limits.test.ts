import { expect, test } from 'vitest'
import {
  beyondLimits,
  largestHandDiscount,
  type PricedLine,
} from '../../../../domain/requisition/edit-limits'
import { beyondOwn } from '../../../../domain/requisition/decide'
import { priced } from './parties'

const list = { amount: 100_000_000, basis: 'net', currency: 'SEK' } as const
/** Listed at 100 kr, costs 60. */
function line(set: number | null, overrides: Partial<PricedLine> = {}): PricedLine {
  return {
    id: '1',
    ...(set !== null && {
      set: {
        unitPrice: { amount: set * 1_000_000, basis: 'net', currency: 'SEK' },
        rebate: 0,
        by: { id: 'u', name: 'U' },
      },
    }),
    shown: null,
    resolved: priced(100, { listPrice: list }),
    vatRate: 250_000,
    cost: { amount: 60_000_000, currency: 'SEK' },
    ...overrides,
  }
}
const limits = { discountLimit: 100_000, marginFloor: 250_000 }

test('to the limit and no further', () => {
  expect(beyondLimits([line(90)], limits)).toEqual([])
  expect(beyondLimits([line(89)], limits)).toEqual([
    { lineId: '1', limit: 'discount', value: 110_000, allowed: 100_000 },
  ])
  expect(beyondLimits([line(75)], limits)).toMatchObject([
    { limit: 'discount' },
    { limit: 'margin', value: 200_000 },
  ])
  expect(beyondLimits([line(75)], { discountLimit: null, marginFloor: null })).toEqual([])
})

test('a rebate counts as what it leaves, a gross price as what it is without VAT', () => {
  const rebated = line(null, {
    set: { unitPrice: list, rebate: 120_000, by: { id: 'u', name: 'U' } },
  })
  expect(beyondLimits([rebated], limits)).toMatchObject([{ value: 120_000 }])
  const gross = line(null, {
    set: {
      unitPrice: { amount: 112_500_000, basis: 'gross', currency: 'SEK' },
      rebate: 0,
      by: { id: 'u', name: 'U' },
    },
  })
  expect(beyondLimits([gross], limits)).toEqual([])
})

test('more than the customer pays by itself is beyond nothing', () => {
  const contract = priced(70, { listPrice: list })
  expect(beyondLimits([line(72, { resolved: contract })], limits)).toEqual([])
  expect(beyondLimits([line(69, { resolved: contract })], limits)).toHaveLength(2)
})

test('what has no list price is measured by the customer’s own, and what is given away by its cost', () => {
  const own = { resolved: priced(100) }
  expect(beyondLimits([line(80, own)], limits)).toMatchObject([
    { limit: 'discount', value: 200_000 },
  ])
  expect(beyondLimits([line(0)], { ...limits, discountLimit: null })).toMatchObject([
    { limit: 'margin' },
  ])
  expect(beyondLimits([line(0, { cost: null })], { ...limits, discountLimit: null })).toEqual([])
})

test('the largest discount by hand is that of hand-set prices alone', () => {
  const contract = line(null, { resolved: priced(50, { listPrice: list }) })
  expect(largestHandDiscount([contract])).toBeNull()
  expect(largestHandDiscount([contract, line(95), line(88)])).toBe(120_000)
})

test('only of their own work anybody is not the only approver', () => {
  const edited = { byUserIds: ['u'], discount: 120_000, margin: 200_000 }
  const person = { userId: 'u', ...limits }
  expect(beyondOwn(edited, person)).toEqual({ limit: 'discount', value: 120_000, allowed: 100_000 })
  expect(beyondOwn({ ...edited, discount: null }, person)).toMatchObject({ limit: 'margin' })
  expect(beyondOwn({ ...edited, discount: 100_000, margin: 250_000 }, person)).toBeNull()
  expect(beyondOwn(edited, { ...person, userId: 'other' })).toBeNull()
  expect(beyondOwn(undefined, person)).toBeNull()
})
