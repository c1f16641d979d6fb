import { expect, test } from 'vitest'
import { expectedDate } from '../../../../domain/availability/expected-date'
import type { Availability } from '../../../../domain/availability/position'

/** 24, 25 and 26 December 2026 are a Thursday, a Friday and a Saturday. */
const calendar = { holidays: new Set(['2026-12-24', '2026-12-25']) }
const deliverable: Availability = { kind: 'deliverable', quantity: 1_000, confirmed: true }
const promised = (date: string): Availability => ({
  kind: 'promised',
  date,
  confirmed: true,
  deliverableNow: 0,
})

test.each<[string, Availability, today: string, expected: string | null]>([
  ['what is there leaves today', deliverable, '2026-11-27', '2026-11-27'],
  ['on a Saturday, on Monday', deliverable, '2026-11-28', '2026-11-30'],
  ['on a holiday, on the next working day', deliverable, '2026-12-24', '2026-12-28'],
  [
    'what comes in on a working day leaves then',
    promised('2026-12-01'),
    '2026-11-27',
    '2026-12-01',
  ],
  ['what comes in on a Sunday, on Monday', promised('2026-11-29'), '2026-11-27', '2026-11-30'],
  ['what comes in on a holiday, after it', promised('2026-12-25'), '2026-11-27', '2026-12-28'],
  [
    'a lead time ends on a working day',
    { kind: 'lead_time', days: 5, date: '2026-12-04', deliverableNow: 0 },
    '2026-11-27',
    '2026-12-04',
  ],
  [
    'of what is out of stock nobody can say',
    { kind: 'out_of_stock', deliverableNow: 0 },
    '2026-11-28',
    null,
  ],
])('%s', (_, availability, today, expected) => {
  expect(expectedDate(availability, today, calendar)).toBe(expected)
})
