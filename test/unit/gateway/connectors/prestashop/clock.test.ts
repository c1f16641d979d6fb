import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  changesSince,
  isTimeZone,
  shiftDate,
} from '../../../../../gateway/connectors/prestashop/clock'

/** What the shop writes as `date_upd` for a change at an instant. */
function shopWrites(instant: number, timeZone: string): string {
  return new Date(instant).toLocaleString('sv-SE', { timeZone })
}

describe('since when to look for changes', () => {
  test('two hours back, by the clock in the shop', () => {
    const startedAt = new Date('2026-11-23T14:06:03Z')
    expect(changesSince(startedAt, 'Europe/Paris')).toBe('2026-11-23 13:06:03')
    expect(changesSince(startedAt, 'Europe/Stockholm')).toBe('2026-11-23 13:06:03')
    expect(changesSince(startedAt, 'America/New_York')).toBe('2026-11-23 07:06:03')
  })

  test('midnight is 00, not 24', () => {
    expect(changesSince(new Date('2026-01-01T02:00:00Z'), 'UTC')).toBe('2026-01-01 00:00:00')
  })

  test(
    'a change after the pass began is never missed, summer time or not',
    { timeout: 30_000 },
    () => {
      // A week around each change of 2026, in zones that go either way; half of the cases in the hour.
      const turns = ['2026-03-29T01:00:00Z', '2026-10-25T01:00:00Z'].map(Date.parse)
      fc.assert(
        fc.property(
          fc.constantFrom(...turns),
          fc.oneof(
            fc.integer({ min: -10_800, max: 10_800 }),
            fc.integer({ min: -302_400, max: 302_400 }),
          ),
          fc.nat(86_400),
          fc.constantFrom('Europe/Stockholm', 'Europe/London', 'UTC', 'Asia/Tokyo'),
          fc.boolean(),
          (turn, offset, later, timeZone, isKnown) => {
            const startedAt = turn + offset * 1000
            const since = changesSince(new Date(startedAt), isKnown ? timeZone : null)
            expect(shopWrites(startedAt + later * 1000, timeZone) > since).toBe(true)
          },
        ),
        { numRuns: 600, seed: 821 },
      )
    },
  )
})

test('time zones are known by name', () => {
  expect(isTimeZone('Europe/Stockholm')).toBe(true)
  expect(isTimeZone('Europe/Nowhere')).toBe(false)
  expect(isTimeZone('')).toBe(false)
})

test('days go over months and years', () => {
  expect(shiftDate('2026-12-31', 1)).toBe('2027-01-01')
  expect(shiftDate('2028-03-01', -1)).toBe('2028-02-29')
})
