import type { WorkCalendar } from './article'
import type { CalendarDate, Instant } from './units'

/**
 * Calendar dates are strings `YYYY-MM-DD`, years 0001–9999, so `<` and `===` compare them. Time zones
 * are Intl's business; arithmetic runs on UTC day numbers, which know no daylight saving and are
 * twenty times as fast (lead times are counted for every article in a list).
 */
const millisecondsPerDay = 86_400_000

/** Whether a text is a date that exists: `2026-02-29` is not one. */
export function isCalendarDate(text: string): text is CalendarDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < '0001') return false
  const time = Date.parse(text)
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text
}

/** The date it is in a time zone (`Europe/Stockholm`) at an instant. */
export function todayIn(timeZone: string, now: Instant): CalendarDate {
  const parts = new Map<string, string>()
  for (const { type, value } of formatIn(timeZone).formatToParts(new Date(now)))
    parts.set(type, value)
  return `${parts.get('year')?.padStart(4, '0')}-${parts.get('month')}-${parts.get('day')}`
}

/** Made once for a time zone: a list asks for each of its rows. */
const formats = new Map<string, Intl.DateTimeFormat>()

function formatIn(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone)
  if (!format) {
    const [year, month, day] = ['numeric', '2-digit', '2-digit'] as const
    format = new Intl.DateTimeFormat('en-US', { timeZone, calendar: 'gregory', year, month, day })
    formats.set(timeZone, format)
  }
  return format
}

/** Negative when `a` is the earlier. */
export function compareDates(a: CalendarDate, b: CalendarDate): number {
  return a < b ? -1 : a > b ? 1 : 0
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return dateOf(dayNumber(date) + days)
}

/** Days from one date to the other, negative when `to` is the earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return dayNumber(to) - dayNumber(from)
}

/** 1 for Monday to 7 for Sunday. */
export function weekday(date: CalendarDate): number {
  return weekdayOf(dayNumber(date))
}

/** Monday to Friday, and no holiday. */
export function isWorkingDay(date: CalendarDate, calendar: WorkCalendar): boolean {
  return weekday(date) < 6 && !calendar.holidays.has(date)
}

/**
 * The `days`th working day after a date, before it when negative. The result is always a working
 * day: with 0 it is the date itself, or the next working day where that is none.
 */
export function addWorkingDays(
  date: CalendarDate,
  days: number,
  calendar: WorkCalendar,
): CalendarDate {
  if (!Number.isInteger(days)) throw new RangeError(`${days} is not a whole number of days`)
  const direction = days < 0 ? -1 : 1
  let left = Math.abs(days)
  let day = dayNumber(date)
  if (left === 0 && isWorkingDay(date, calendar)) return date
  if (left === 0) left = 1
  for (;;) {
    day += direction
    if (weekdayOf(day) > 5) continue
    if (calendar.holidays.has(dateOf(day))) continue
    left -= 1
    if (left === 0) return dateOf(day)
  }
}

/** The date itself when it is a working day, else the first one after it. */
export function workingDayFrom(date: CalendarDate, calendar: WorkCalendar): CalendarDate {
  return addWorkingDays(date, 0, calendar)
}

/** The date itself when it is a working day, else the last one before it. */
export function workingDayUntil(date: CalendarDate, calendar: WorkCalendar): CalendarDate {
  return isWorkingDay(date, calendar) ? date : addWorkingDays(date, -1, calendar)
}

/** Days since 1970-01-01, below 0 before it. */
export function dayNumber(date: CalendarDate): number {
  const time = Date.parse(date)
  if (Number.isNaN(time)) throw new RangeError(`"${date}" is not a date`)
  return time / millisecondsPerDay
}

/** Days that were asked for lately: counting working days asks for the same ones again and again. */
const dates = new Map<number, CalendarDate>()
const mostDates = 2_000

/** The date that lies so many days after 1970-01-01. */
export function dateOf(day: number): CalendarDate {
  const known = dates.get(day)
  if (known !== undefined) return known
  if (dates.size >= mostDates) dates.clear()
  const date = writeDate(day)
  dates.set(day, date)
  return date
}

function writeDate(day: number): CalendarDate {
  const text = new Date(day * millisecondsPerDay).toISOString()
  if (text.length !== 24) throw new RangeError(`${text} is outside the years 0001–9999`)
  return text.slice(0, 10)
}

function weekdayOf(day: number): number {
  // 1970-01-01 was a Thursday.
  return ((((day + 3) % 7) + 7) % 7) + 1
}
