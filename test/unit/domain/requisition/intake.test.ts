import { describe, expect, test } from 'vitest'
import type { PriceResolution } from '../../../../domain/pricing/rules'
import {
  hasOtherPriceThanResolved,
  takeIn,
  type IntakeTerms,
} from '../../../../domain/requisition/intake'
import type { IntakeArticle, IntakeLine } from '../../../../domain/requisition/intake-document'
import type { SoundDocument } from '../../../../domain/requisition/judge-document'
import { article, company, group, line, missing, priced } from './parties'

function sound(
  lines: readonly Partial<IntakeLine>[],
  overrides: Partial<SoundDocument> = {},
): SoundDocument {
  return {
    kind: 'proposal',
    company: company(),
    group: group('order'),
    lines: lines.map((each, index) => ({
      line: line({ id: `${index}`, ...each }),
      article: article(),
    })),
    deliveryAddress: null,
    ...overrides,
  }
}

function take(
  document: SoundDocument,
  price: PriceResolution | ((article: IntakeArticle, quantity: number) => PriceResolution),
  overrides: Partial<IntakeTerms> = {},
) {
  const taken = takeIn(document, {
    vatMode: 'per_rate_on_sum',
    priceOf: typeof price === 'function' ? price : () => price,
    usedInPeriod: 0,
    exposure: 0,
    ...overrides,
  })
  if (!taken.ok) throw new Error(JSON.stringify(taken.refusals))
  return taken.value
}

describe('what a row costs', () => {
  test('is the price shown, else the price resolved, else nothing yet', () => {
    const { lines, totals } = take(
      sound([
        { price: { amount: 90_000_000, basis: 'net', rebate: 0 } },
        { price: { amount: 90_000_000, basis: 'net', rebate: 100_000 } },
        {},
      ]),
      priced(100),
    )
    expect(lines.map(({ rowAmount }) => rowAmount)).toEqual([18_000, 16_200, 20_000])
    expect(totals).toMatchObject({ net: 54_200, gross: 67_750, mode: 'per_rate_on_sum' })
    const without = take(sound([{}]), missing)
    expect(without.lines[0]).toMatchObject({ rowAmount: null, resolved: missing, vatRate: 250_000 })
    expect(without.totals).toMatchObject({ net: 0, gross: 0, vat: [] })
  })

  test('is on the basis of its price', () => {
    const gross = priced(0, { unitPrice: { amount: 125_000_000, basis: 'gross', currency: 'SEK' } })
    const { lines, totals } = take(sound([{}]), gross)
    expect(lines[0]?.rowAmount).toBe(25_000)
    expect(totals).toMatchObject({ net: 20_000, gross: 25_000 })
  })

  test('counts VAT as the seller does: 19.12 net × 3 at 20 % is 68.83 per row', () => {
    const price = priced(19.12, { vatRate: 200_000 })
    const three = sound([{ quantity: 3_000 }, { quantity: 3_000 }])
    expect(take(three, price, { vatMode: 'per_row' }).totals).toMatchObject({ gross: 2 * 6_883 })
    expect(take(three, price).totals).toMatchObject({ net: 11_472, gross: 13_766 })
    const one = sound([{ quantity: 3_000 }])
    expect(take(one, price, { vatMode: 'per_row' }).totals).toMatchObject({
      net: 5_736,
      gross: 6_883,
    })
  })

  test('is asked of each line by its article and quantity', () => {
    const asked: [string, number][] = []
    take(sound([{ quantity: 1_000 }, { quantity: 5_000 }]), (of, quantity) => {
      asked.push([of.id, quantity])
      return priced(1)
    })
    expect(asked).toEqual([
      ['VALVE', 1_000],
      ['VALVE', 5_000],
    ])
  })
})

describe('a shown price differs', () => {
  const shownAs = (amount: number, basis: 'net' | 'gross', rebate = 0, quantity = 1_000) =>
    sound([{ quantity, price: { amount: Math.round(amount * 1_000_000), basis, rebate } }])
  const differs = (document: SoundDocument, price: PriceResolution) =>
    take(document, price).reasons.some(({ kind }) => kind === 'price_differs')

  test('when the row would cost something else now', () => {
    expect(differs(shownAs(100, 'net'), priced(100))).toBe(false)
    expect(differs(shownAs(99.99, 'net'), priced(100))).toBe(true)
    expect(differs(shownAs(100.01, 'net'), priced(100))).toBe(true)
    // The same by another way: 10 % off 100, and 90.
    expect(differs(shownAs(90, 'net'), priced(100, { rebate: 100_000 }))).toBe(false)
    // With VAT and without.
    expect(differs(shownAs(125, 'gross'), priced(100))).toBe(false)
    expect(differs(shownAs(124.99, 'gross'), priced(100))).toBe(true)
  })

  test('not by what rounding takes away, until the quantity brings it back', () => {
    // 22.944 with VAT, shown as 22.94.
    const price = priced(19.12, { vatRate: 200_000 })
    expect(differs(shownAs(22.94, 'gross', 0, 1_000), price)).toBe(false)
    expect(differs(shownAs(22.94, 'gross', 0, 3_000), price)).toBe(true)
    expect(differs(shownAs(22.944, 'gross', 0, 3_000), price)).toBe(false)
  })

  test('when no rule bears it out', () => {
    expect(differs(shownAs(100, 'net'), missing)).toBe(true)
  })
})

describe('it is ordered at once', () => {
  test('when nothing speaks against it', () => {
    expect(take(sound([{}]), priced(100))).toMatchObject({ reasons: [], isOrderedAtOnce: true })
  })

  test('and not when something does', () => {
    const lines = [{}, { price: { amount: 1, basis: 'net' as const, rebate: 0 } }]
    const taken = take(sound(lines), priced(100, { stale: true }))
    expect(taken.isOrderedAtOnce).toBe(false)
    expect(taken.reasons).toEqual([
      { kind: 'price_differs', lineIds: ['1'] },
      { kind: 'price_stale', lineIds: ['0', '1'] },
    ])
    expect(take(sound([{}]), missing).reasons).toEqual([{ kind: 'price_missing', lineIds: ['0'] }])
  })

  test('on totals as they come out: net against limits, with VAT against credit', () => {
    const document = sound([{}], {
      company: company({ creditLimit: 25_000 }),
      group: group('order', { perOrder: 20_000, perPeriod: 30_000 }),
    })
    expect(take(document, priced(100), { usedInPeriod: 10_000 }).isOrderedAtOnce).toBe(true)
    expect(take(document, priced(100), { exposure: 1 }).reasons).toEqual([
      { kind: 'credit_exceeded', limit: 25_000, exposure: 1, total: 25_000 },
    ])
  })
})

describe('amounts that cannot be kept exactly are refused', () => {
  const terms: IntakeTerms = {
    vatMode: 'per_rate_on_sum',
    priceOf: () => priced(9_000_000),
    usedInPeriod: 0,
    exposure: 0,
  }
  test('on the row that has one', () => {
    const refused = takeIn(sound([{}, { quantity: 10_000_000_000 }]), terms)
    expect(refused).toEqual({
      ok: false,
      refusals: [{ pointer: '/lines/1', problem: { code: 'amount_too_large' } }],
    })
  })

  test('in their sum', () => {
    const half = { quantity: 5_500_000_000 }
    expect(takeIn(sound([half]), terms).ok).toBe(true)
    expect(takeIn(sound([half, half]), terms)).toEqual({
      ok: false,
      refusals: [{ pointer: '/lines', problem: { code: 'amount_too_large' } }],
    })
  })

  test('and a shown price is kept though the one resolved could not be counted', () => {
    const shown = {
      quantity: 10_000_000_000,
      price: { amount: 1_000_000, basis: 'net' as const, rebate: 0 },
    }
    const taken = takeIn(sound([shown]), terms)
    expect(taken.ok && taken.value.reasons).toEqual([{ kind: 'price_differs', lineIds: ['0'] }])
  })
})

describe('a price set by hand', () => {
  const by = { id: 'anna', name: 'Anna' }
  const set = (amount: number) => ({
    unitPrice: { amount: amount * 1_000_000, basis: 'net', currency: 'SEK' } as const,
    rebate: 0,
    by,
  })
  const shown = { amount: 1_000_000, basis: 'net', rebate: 0 } as const

  test('is no reason to ask, since somebody has seen both', () => {
    const { reasons, lines } = take(sound([{ price: shown, set: set(2) }]), priced(100))
    expect(reasons).toEqual([])
    expect(lines[0]).toMatchObject({ set: set(2) })
  })

  test('to what it is by itself is none: the reason to ask stays', () => {
    const { reasons, lines } = take(sound([{ price: shown, set: set(1) }]), priced(100))
    expect(reasons).toMatchObject([{ kind: 'price_differs', lineIds: ['0'] }])
    expect(lines[0]).not.toHaveProperty('set')
    expect(take(sound([{ set: set(100) }]), priced(100)).lines[0]).not.toHaveProperty('set')
  })

  test('counts for rules as a changed price, as one that was shown does', () => {
    const counted = (lines: readonly Partial<IntakeLine>[]) =>
      take(sound(lines), priced(100)).lines.map(hasOtherPriceThanResolved)
    expect(counted([{ set: set(2) }, { price: shown }, {}, { set: set(100) }])).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
})
