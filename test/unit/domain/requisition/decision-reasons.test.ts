import { describe, expect, test } from 'vitest'
import { decisionReasons, periodStart } from '../../../../domain/requisition/decision-reasons'
import { company, group } from './parties'

function reasons(overrides: Partial<Parameters<typeof decisionReasons>[0]> = {}) {
  return decisionReasons({
    kind: 'proposal',
    company: company(),
    group: group('order'),
    totals: { net: 1_000, gross: 1_250 },
    usedInPeriod: 0,
    exposure: 0,
    prices: { missing: [], differing: [], stale: [] },
    discontinued: [],
    ...overrides,
  })
}

test('a proposal of someone who may order needs nobody', () => {
  expect(reasons()).toEqual([])
})

describe('authority', () => {
  test('a list and a quote request ask for a person by what they are, whoever sends them', () => {
    for (const kind of ['list', 'quote_request'] as const) {
      // Limits bind only what orders by itself.
      expect(reasons({ kind, group: group('order', { perOrder: 1 }) })).toEqual([
        { kind: 'not_a_proposal' },
      ])
      expect(reasons({ kind, group: group('lists') })).toEqual([{ kind: 'not_a_proposal' }])
    }
  })

  test('a right below ordering', () => {
    expect(reasons({ group: group('requisition', { perOrder: 1 }) })).toEqual([
      { kind: 'right_below_order', right: 'requisition' },
    ])
  })

  test('a limit may be reached and not passed', () => {
    expect(reasons({ group: group('order', { perOrder: 1_000 }) })).toEqual([])
    expect(reasons({ group: group('order', { perOrder: 999 }) })).toEqual([
      { kind: 'over_order_limit', limit: 999, total: 1_000 },
    ])
    const perPeriod = group('order', { perPeriod: 5_000, period: 'year' })
    expect(reasons({ group: perPeriod, usedInPeriod: 4_000 })).toEqual([])
    expect(reasons({ group: perPeriod, usedInPeriod: 4_001 })).toEqual([
      { kind: 'over_period_limit', limit: 5_000, used: 4_001, total: 1_000, period: 'year' },
    ])
  })

  test('both limits may be passed at once', () => {
    const both = group('order', { perOrder: 999, perPeriod: 999 })
    expect(reasons({ group: both }).map(({ kind }) => kind)).toEqual([
      'over_order_limit',
      'over_period_limit',
    ])
  })

  test('a limit in another currency says nothing, and someone must', () => {
    expect(reasons({ group: group('order', { currency: 'EUR', perOrder: 1_000_000 }) })).toEqual([
      { kind: 'limit_in_other_currency', limitCurrency: 'EUR', currency: 'SEK' },
    ])
    expect(reasons({ group: group('order', { currency: 'EUR' }) })).toEqual([])
  })
})

describe('the company', () => {
  test('within its credit and beyond it, with VAT', () => {
    const limited = company({ creditLimit: 2_000 })
    expect(reasons({ company: limited, exposure: 750 })).toEqual([])
    expect(reasons({ company: limited, exposure: 751 })).toEqual([
      { kind: 'credit_exceeded', limit: 2_000, exposure: 751, total: 1_250 },
    ])
  })

  test('on hold', () => {
    const onHold = company({ status: 'on_hold', statusReason: 'Obetalt' })
    expect(reasons({ company: onHold })).toEqual([{ kind: 'company_on_hold', reason: 'Obetalt' }])
  })
})

test('prices that are missing, other than shown, or stale', () => {
  expect(reasons({ prices: { missing: ['a'], differing: ['b', 'c'], stale: ['d'] } })).toEqual([
    { kind: 'price_missing', lineIds: ['a'] },
    { kind: 'price_differs', lineIds: ['b', 'c'] },
    { kind: 'price_stale', lineIds: ['d'] },
  ])
})

test('articles that are no longer carried', () => {
  expect(reasons({ discontinued: ['b'] })).toEqual([
    { kind: 'article_discontinued', lineIds: ['b'] },
  ])
})

test('a period begins on the first of its month or year', () => {
  expect(periodStart('2026-11-23', 'month')).toBe('2026-11-01')
  expect(periodStart('2026-11-01', 'month')).toBe('2026-11-01')
  expect(periodStart('2026-11-23', 'year')).toBe('2026-01-01')
})
