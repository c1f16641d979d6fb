import type { WorkCalendar } from './article'
import { addDays, compareDates, weekday } from './calendar'
import type { CalendarDate } from './units'

/** The public holidays of the act on public holidays (1989:253), and the eves businesses keep closed. */
export type SwedishHoliday =
  | 'new_years_day'
  | 'epiphany'
  | 'good_friday'
  | 'easter_day'
  | 'easter_monday'
  | 'may_day'
  | 'ascension_day'
  | 'whit_sunday'
  | 'national_day'
  | 'midsummer_eve'
  | 'midsummer_day'
  | 'all_saints_day'
  | 'christmas_eve'
  | 'christmas_day'
  | 'boxing_day'
  | 'new_years_eve'

export interface HolidayDate {
  readonly date: CalendarDate
  readonly holiday: SwedishHoliday
}

/**
 * A year's Swedish public holidays by date, with Midsummer's Eve, Christmas Eve and New Year's Eve,
 * which the Annual Leave Act (1977:480) puts on a par with Sundays. The rules are those in force
 * since 2005, whatever the year.
 */
export function swedishHolidays(year: number): readonly HolidayDate[] {
  const easter = easterSunday(year)
  const midsummer = firstSaturdayFrom(dateIn(year, '06-20'))
  const holidays: readonly HolidayDate[] = [
    { date: dateIn(year, '01-01'), holiday: 'new_years_day' },
    { date: dateIn(year, '01-06'), holiday: 'epiphany' },
    { date: addDays(easter, -2), holiday: 'good_friday' },
    { date: easter, holiday: 'easter_day' },
    { date: addDays(easter, 1), holiday: 'easter_monday' },
    { date: dateIn(year, '05-01'), holiday: 'may_day' },
    { date: addDays(easter, 39), holiday: 'ascension_day' },
    { date: addDays(easter, 49), holiday: 'whit_sunday' },
    { date: dateIn(year, '06-06'), holiday: 'national_day' },
    { date: addDays(midsummer, -1), holiday: 'midsummer_eve' },
    { date: midsummer, holiday: 'midsummer_day' },
    { date: firstSaturdayFrom(dateIn(year, '10-31')), holiday: 'all_saints_day' },
    { date: dateIn(year, '12-24'), holiday: 'christmas_eve' },
    { date: dateIn(year, '12-25'), holiday: 'christmas_day' },
    { date: dateIn(year, '12-26'), holiday: 'boxing_day' },
    { date: dateIn(year, '12-31'), holiday: 'new_years_eve' },
  ]
  // Ascension Day may fall on or before May Day, and Whit Sunday on or around the National Day.
  return [...holidays].sort((a, b) => compareDates(a.date, b.date))
}

/** A work calendar of Swedish holidays, both years included. */
export function swedishWorkCalendar(fromYear: number, toYear: number): WorkCalendar {
  const holidays = new Set<CalendarDate>()
  for (let year = fromYear; year <= toYear; year += 1) {
    for (const { date } of swedishHolidays(year)) holidays.add(date)
  }
  return { holidays }
}

/**
 * Easter Sunday in the Gregorian calendar, by the rule that Butcher's Ecclesiastical Calendar (1876)
 * gives for every year.
 */
function easterSunday(year: number): CalendarDate {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const yearOfCentury = year % 100
  const moonCorrection = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3)
  const epact = (19 * golden + century - Math.floor(century / 4) - moonCorrection + 15) % 30
  const toSunday =
    (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - epact - (yearOfCentury % 4)) % 7
  const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451)
  const sum = epact + toSunday - 7 * late + 114
  return dateIn(year, `${pad(Math.floor(sum / 31), 2)}-${pad((sum % 31) + 1, 2)}`)
}

function firstSaturdayFrom(date: CalendarDate): CalendarDate {
  return addDays(date, 6 - (weekday(date) % 7))
}

function dateIn(year: number, monthAndDay: string): CalendarDate {
  return `${pad(year, 4)}-${monthAndDay}`
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0')
}
