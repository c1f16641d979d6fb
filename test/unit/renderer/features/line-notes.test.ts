import { expect, test } from 'vitest'
import { formatsIn } from '../../../../language/formats'
import { wordsIn } from '../../../../language/words'
import { priceDifference } from '../../../../renderer/features/inbox/line-notes'
import { line, price } from '../../../fakes/desk/entities'

const words = wordsIn('sv')
const texts = { ...words, formats: formatsIn(words, 'Europe/Stockholm') }
const base = line({ id: '1', articleId: 'A', quantity: 1_000, at: 100 })
const resolvedAt = (kronor: number, rebate = 0, basis: 'net' | 'gross' = 'net') => ({
  ...base.resolved,
  kind: 'priced' as const,
  unitPrice: price(kronor, basis),
  rebate,
})
const say = (
  shown: typeof base.shown,
  resolved: ReturnType<typeof resolvedAt> | { kind: 'missing' },
) =>
  priceDifference(
    {
      shown,
      resolved:
        resolved.kind === 'missing'
          ? { kind: 'missing', reason: 'no_rule', listPrice: null, vatRate: 250_000 }
          : (resolved as typeof base.resolved),
    },
    texts,
  )?.replace(/\u00a0/g, ' ') ?? null

test('nothing is said when the customer saw what counts now, or saw nothing', () => {
  expect(say(base.shown, resolvedAt(100))).toBeNull()
  expect(say(null, resolvedAt(100))).toBeNull()
  // Another way to the same price is no difference.
  expect(say({ unitPrice: price(100), rebate: 0 }, resolvedAt(125, 200_000))).toBeNull()
})

test('how much the price has moved, and where to', () => {
  expect(say(base.shown, resolvedAt(103.2))).toBe('pris +3,2 % sedan kunden såg det, nu 103,20')
  expect(say(base.shown, resolvedAt(95))).toBe('pris −5 % sedan kunden såg det, nu 95,00')
  expect(say({ unitPrice: price(100), rebate: 50_000 }, resolvedAt(110, 100_000))).toBe(
    'pris +4,2 % sedan kunden såg det, nu 99,00',
  )
})

test('prices that cannot be compared are set beside each other', () => {
  expect(say(base.shown, resolvedAt(125, 0, 'gross'))).toBe('kunden såg 100,00, nu 125,00')
  expect(say({ unitPrice: price(0), rebate: 0 }, resolvedAt(10))).toBe('kunden såg 0,00, nu 10,00')
  expect(say(base.shown, { kind: 'missing' })).toBe('kunden såg 100,00, nu saknas pris')
})
