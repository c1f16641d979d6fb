import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addWorkingDays,
  compareDates,
  daysBetween,
  isCalendarDate,
  isWorkingDay,
  todayIn,
  weekday,
  workingDayFrom,
  workingDayUntil,
} from '../../../domain/calendar'
import { swedishWorkCalendar } from '../../../domain/swedish-holidays'
import { assertHolds, FEW } from '../../support/properties/cases'

const noHolidays = { holidays: new Set<string>() }

describe('isCalendarDate', () => {
  it.each(['2026-11-23', '2028-02-29', '0001-01-01', '9999-12-31', '2000-02-29'])(
    '%s is one',
    (text) => {
      expect(isCalendarDate(text)).toBe(true)
    },
  )

  it.each([
    '2026-02-29',
    '2026-02-30',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '1900-02-29',
    '0000-01-01',
    '26-01-01',
    '2026-1-1',
    '20260101',
    '2026-01-01T00:00:00Z',
    '+002026-01-01',
    '+010000-01',
    ' 2026-01-01',
    '2026-01-01\n',
    '',
  ])('%j is none', (text) => {
    expect(isCalendarDate(text)).toBe(false)
  })
})

describe('todayIn', () => {
  it.each([
    ['2026-11-23T22:59:59.999Z', '2026-11-23'],
    ['2026-11-23T23:00:00.000Z', '2026-11-24'],
    // The clocks go forward on 29 March and back on 25 October.
    ['2026-03-28T22:59:59Z', '2026-03-28'],
    ['2026-03-28T23:00:00Z', '2026-03-29'],
    ['2026-03-29T21:59:59Z', '2026-03-29'],
    ['2026-03-29T22:00:00Z', '2026-03-30'],
    ['2026-10-24T21:59:59Z', '2026-10-24'],
    ['2026-10-24T22:00:00Z', '2026-10-25'],
    ['2026-10-25T22:59:59Z', '2026-10-25'],
    ['2026-10-25T23:00:00Z', '2026-10-26'],
    ['2026-12-31T22:59:59Z', '2026-12-31'],
    ['2026-12-31T23:00:00Z', '2027-01-01'],
  ])('at %s it is %s in Stockholm', (now, today) => {
    expect(todayIn('Europe/Stockholm', now)).toBe(today)
  })

  it('is another date elsewhere', () => {
    const now = '2026-12-31T23:30:00Z'
    expect(todayIn('America/New_York', now)).toBe('2026-12-31')
    expect(todayIn('Europe/Helsinki', now)).toBe('2027-01-01')
    expect(todayIn('UTC', now)).toBe('2026-12-31')
  })
})

describe('days', () => {
  it('are added and counted over months, leap days and years, as Temporal has them', () => {
    const from = fc.integer({ min: -700_000, max: 2_900_000 })
    const days = fc.integer({ min: -10_000, max: 10_000 })
    const epoch = Temporal.PlainDate.from('1970-01-01')
    assertHolds(
      fc.property(from, days, (start, days) => {
        const date = epoch.add({ days: start })
        const text = date.toString()
        const later = date.add({ days }).toString()
        expect(addDays(text, days)).toBe(later)
        expect(daysBetween(text, later)).toBe(days)
        expect(weekday(text)).toBe(date.dayOfWeek)
        expect(isCalendarDate(text)).toBe(true)
        expect(Math.sign(compareDates(text, later))).toBe(-Math.sign(days) + 0)
      }),
      FEW,
    )
  })

  it('throws where there is no date', () => {
    expect(() => addDays('tomorrow', 1)).toThrow(RangeError)
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError)
    expect(() => daysBetween('2026-11-23', '2026-13-01')).toThrow(RangeError)
    expect(() => weekday('someday')).toThrow(RangeError)
    expect(() => addWorkingDays('2026-11-23', 1.5, noHolidays)).toThrow('whole number')
  })
})

describe('addWorkingDays', () => {
  const sweden = swedishWorkCalendar(2026, 2027)

  it.each([
    ['over a weekend', '2026-11-20', 1, '2026-11-23'],
    ['within a week', '2026-11-23', 4, '2026-11-27'],
    ['a week on', '2026-11-23', 5, '2026-11-30'],
    ['from a Saturday', '2026-11-21', 1, '2026-11-23'],
    ['from a Sunday', '2026-11-22', 1, '2026-11-23'],
    ['0 on a working day', '2026-11-23', 0, '2026-11-23'],
    ['0 on a Saturday', '2026-11-21', 0, '2026-11-23'],
    ['0 on a holiday', '2026-12-24', 0, '2026-12-28'],
    ['over Christmas', '2026-12-23', 1, '2026-12-28'],
    ['over the year’s end', '2026-12-23', 5, '2027-01-05'],
    ['over Epiphany', '2027-01-05', 1, '2027-01-07'],
    ['over Easter', '2026-04-02', 1, '2026-04-07'],
    ['over Midsummer', '2026-06-18', 1, '2026-06-22'],
    ['backwards', '2026-11-23', -1, '2026-11-20'],
    ['backwards from a Sunday', '2026-11-22', -1, '2026-11-20'],
    ['backwards over Christmas', '2026-12-28', -1, '2026-12-23'],
  ])('%s: %s and %i is %s', (_, date, days, result) => {
    expect(addWorkingDays(date, days, sweden)).toBe(result)
  })

  it('counts a holiday on a weekend once', () => {
    const calendar = { holidays: new Set(['2026-11-21']) }
    expect(addWorkingDays('2026-11-20', 1, calendar)).toBe('2026-11-23')
  })

  it('is days of working with nothing left out between, forth and back', () => {
    const start = fc.integer({ min: 0, max: 700 }).map((days) => addDays('2026-01-01', days))
    assertHolds(
      fc.property(start, fc.integer({ min: 1, max: 60 }), (date, days) => {
        const end = addWorkingDays(date, days, sweden)
        expect(isWorkingDay(end, sweden)).toBe(true)
        let worked = 0
        for (let at = 1; at <= daysBetween(date, end); at += 1) {
          if (isWorkingDay(addDays(date, at), sweden)) worked += 1
        }
        expect(worked).toBe(days)
        if (isWorkingDay(date, sweden)) expect(addWorkingDays(end, -days, sweden)).toBe(date)
      }),
      { ...FEW, runs: 200 },
    )
  })

  it('finds the working day on either side', () => {
    expect(workingDayFrom('2026-12-25', sweden)).toBe('2026-12-28')
    expect(workingDayUntil('2026-12-25', sweden)).toBe('2026-12-23')
    expect(workingDayFrom('2026-11-23', sweden)).toBe('2026-11-23')
    expect(workingDayUntil('2026-11-23', sweden)).toBe('2026-11-23')
  })
})
