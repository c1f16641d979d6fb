import { expect, test } from 'vitest'
import {
  displayRuleFor,
  shownBy,
  staleBefore,
  type DisplayRule,
} from '../../../../domain/availability/stock-display'

test.each([
  [{ kind: 'exact' }, 61_000, { quantity: 61_000, orMore: false }],
  [{ kind: 'capped', at: 50_000 }, 49_999, { quantity: 49_999, orMore: false }],
  [{ kind: 'capped', at: 50_000 }, 50_000, { quantity: 50_000, orMore: true }],
  [{ kind: 'capped', at: 50_000 }, 9_000_000, { quantity: 50_000, orMore: true }],
  [{ kind: 'yes_no' }, 61_000, null],
] satisfies [DisplayRule, number, unknown][])('%j shows %i as %j', (rule, quantity, shown) => {
  expect(shownBy(rule, quantity)).toEqual(shown)
})

test('a group without a rule of its own has that of all, and so has whoever has not signed in', () => {
  const display = {
    rule: { kind: 'yes_no' },
    groups: [{ groupId: 'G1', rule: { kind: 'exact' } }],
  } as const
  expect(displayRuleFor(display, 'G1')).toEqual({ kind: 'exact' })
  expect(displayRuleFor(display, 'G2')).toEqual({ kind: 'yes_no' })
  expect(displayRuleFor(display, null)).toEqual({ kind: 'yes_no' })
})

test('a report is old after the hours that were set, and never where none are', () => {
  const now = new Date('2026-11-23T11:00:00.000Z')
  expect(staleBefore({ staleAfterHours: 25 }, now)).toBe('2026-11-22T10:00:00.000Z')
  expect(staleBefore({ staleAfterHours: null }, now)).toBeNull()
})
