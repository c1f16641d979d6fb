import { describe, expect, it } from 'vitest'
import { addDays, isWorkingDay, weekday } from '../../../domain/calendar'
import { swedishHolidays, swedishWorkCalendar } from '../../../domain/swedish-holidays'

function dateOf(year: number, holiday: string): string | undefined {
  return swedishHolidays(year).find((each) => each.holiday === holiday)?.date
}

describe('swedishHolidays', () => {
  it('is the almanac of 2026', () => {
    expect(swedishHolidays(2026).map(({ date, holiday }) => `${date} ${holiday}`)).toEqual([
      '2026-01-01 new_years_day',
      '2026-01-06 epiphany',
      '2026-04-03 good_friday',
      '2026-04-05 easter_day',
      '2026-04-06 easter_monday',
      '2026-05-01 may_day',
      '2026-05-14 ascension_day',
      '2026-05-24 whit_sunday',
      '2026-06-06 national_day',
      '2026-06-19 midsummer_eve',
      '2026-06-20 midsummer_day',
      '2026-10-31 all_saints_day',
      '2026-12-24 christmas_eve',
      '2026-12-25 christmas_day',
      '2026-12-26 boxing_day',
      '2026-12-31 new_years_eve',
    ])
  })

  // Among them the earliest and the latest there can be, and those the tables treat apart.
  it.each([
    [1818, '1818-03-22'],
    [1943, '1943-04-25'],
    [1954, '1954-04-18'],
    [1981, '1981-04-19'],
    [2000, '2000-04-23'],
    [2008, '2008-03-23'],
    [2024, '2024-03-31'],
    [2025, '2025-04-20'],
    [2027, '2027-03-28'],
    [2038, '2038-04-25'],
    [2049, '2049-04-18'],
    [2076, '2076-04-19'],
    [2100, '2100-03-28'],
    [2285, '2285-03-22'],
  ])('has Easter of %i on %s', (year, date) => {
    expect(dateOf(year, 'easter_day')).toBe(date)
  })

  it('has Easter where Knuth’s account of the Gregorian tables has it, for 2,600 years', () => {
    for (let year = 1583; year <= 4200; year += 1) {
      expect(dateOf(year, 'easter_day')).toBe(easterByTheTables(year))
    }
  })

  it.each([
    [2020, '2020-06-20'],
    [2021, '2021-06-26'],
    [2022, '2022-06-25'],
    [2027, '2027-06-26'],
  ])('has Midsummer Day of %i on %s', (year, date) => {
    expect(dateOf(year, 'midsummer_day')).toBe(date)
    expect(dateOf(year, 'midsummer_eve')).toBe(addDays(date, -1))
  })

  it.each([
    [2020, '2020-10-31'],
    [2021, '2021-11-06'],
    [2022, '2022-11-05'],
    [2027, '2027-11-06'],
  ])('has All Saints’ Day of %i on %s', (year, date) => {
    expect(dateOf(year, 'all_saints_day')).toBe(date)
  })

  it('keeps movable days on their weekdays, year after year, in order', () => {
    for (let year = 1990; year <= 2200; year += 1) {
      const holidays = swedishHolidays(year)
      expect(holidays).toHaveLength(16)
      expect(holidays.map(({ date }) => date)).toEqual(holidays.map(({ date }) => date).toSorted())
      expect(weekday(dateOf(year, 'easter_day')!)).toBe(7)
      expect(weekday(dateOf(year, 'good_friday')!)).toBe(5)
      expect(weekday(dateOf(year, 'easter_monday')!)).toBe(1)
      expect(weekday(dateOf(year, 'ascension_day')!)).toBe(4)
      expect(weekday(dateOf(year, 'whit_sunday')!)).toBe(7)
      expect(weekday(dateOf(year, 'midsummer_day')!)).toBe(6)
      expect(weekday(dateOf(year, 'all_saints_day')!)).toBe(6)
      expect(dateOf(year, 'midsummer_day')! >= `${year}-06-20`).toBe(true)
      expect(dateOf(year, 'midsummer_day')! <= `${year}-06-26`).toBe(true)
      expect(dateOf(year, 'all_saints_day')! >= `${year}-10-31`).toBe(true)
      expect(dateOf(year, 'all_saints_day')! <= `${year}-11-06`).toBe(true)
    }
  })
})

it('swedishWorkCalendar covers both its years', () => {
  const calendar = swedishWorkCalendar(2026, 2027)
  expect(isWorkingDay('2026-01-01', calendar)).toBe(false)
  expect(isWorkingDay('2027-12-31', calendar)).toBe(false)
  expect(isWorkingDay('2027-12-30', calendar)).toBe(true)
  expect(calendar.holidays.has('2028-01-01')).toBe(false)
  expect(calendar.holidays.has('2025-12-31')).toBe(false)
})

/** The Art of Computer Programming, volume 1, exercise 1.3.2–14: golden number, epact, full moon. */
function easterByTheTables(year: number): string {
  const golden = (year % 19) + 1
  const century = Math.floor(year / 100) + 1
  const droppedLeapYears = Math.floor((3 * century) / 4) - 12
  const lunarOrbit = Math.floor((8 * century + 5) / 25) - 5
  const sunday = Math.floor((5 * year) / 4) - droppedLeapYears - 10
  let epact = (11 * golden + 20 + lunarOrbit - droppedLeapYears) % 30
  if (epact < 0) epact += 30
  if ((epact === 25 && golden > 11) || epact === 24) epact += 1
  let fullMoon = 44 - epact
  if (fullMoon < 21) fullMoon += 30
  return addDays(`${year}-03-01`, fullMoon + 6 - ((sunday + fullMoon) % 7))
}
