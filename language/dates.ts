import { localeOf } from './catalogue'
import { NO_BREAK_SPACE } from './numbers'
import type { Words } from './words'

/** How one language writes calendar dates (`YYYY-MM-DD`) and instants (ISO 8601, UTC). */
export interface Dates {
  /** `mån 23 nov`, with the year when it is not the year of `today`. */
  readonly day: (date: string, today: string) => string
  /** `23 nov`, with the year when it is not the year of `today`: for narrow columns. */
  readonly shortDay: (date: string, today: string) => string
  /** `2026-11-23`, in both languages: the form that sorts. */
  readonly isoDay: (date: string) => string
  /** The calendar date of an instant in the time zone. */
  readonly dateOf: (instant: string) => string
  /** `14:05` */
  readonly time: (instant: string) => string
  /** For rows: `14:05` today, `i går`, else the day. */
  readonly shortWhen: (instant: string, now: string) => string
  /** For sentences: `för 12 s sedan` up to an hour, else `i dag kl. 14:05`, `mån 23 nov kl. 14:05`. */
  readonly when: (instant: string, now: string) => string
  /** Without relative times: `i dag kl. 14:05`. */
  readonly dayAndTime: (instant: string, now: string) => string
  /** `i november`, `under 2026`: the month or the year that a date is in, as part of a sentence. */
  readonly inPeriod: (date: string, period: 'month' | 'year') => string
  /** `om 8 s`, for what is to come within the hour. */
  readonly until: (instant: string, now: string) => string
}

const dayLength = 86_400_000

/** The dates of a language, with clock times in `timeZone` (an IANA name). */
export function createDates({ language, t }: Words, timeZone: string): Dates {
  const locale = localeOf[language]
  const formatter = (options: Intl.DateTimeFormatOptions, zone = 'UTC') =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: zone })
  const forms = {
    day: formatter({ weekday: 'short', day: 'numeric', month: 'short' }),
    dayOfYear: formatter({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }),
    shortDay: formatter({ day: 'numeric', month: 'short' }),
    shortDayOfYear: formatter({ day: 'numeric', month: 'short', year: 'numeric' }),
    month: formatter({ month: 'long' }),
    time: formatter({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, timeZone),
  }
  // Swedish dates sort: the one locale whose form is the ISO one.
  const iso = new Intl.DateTimeFormat('sv-SE', { timeZone })

  const written = (form: Intl.DateTimeFormat, date: string) =>
    form
      .format(new Date(`${date}T00:00:00Z`))
      // Neither the abbreviating points of Swedish nor the comma of English helps in a column.
      .replaceAll('.', '')
      .replaceAll(',', '')
      // A date is never torn apart at the end of a line.
      .replaceAll(' ', NO_BREAK_SPACE)
  const sameYear = (a: string, b: string) => a.slice(0, 4) === b.slice(0, 4)
  const day = (date: string, today: string) =>
    written(sameYear(date, today) ? forms.day : forms.dayOfYear, date)
  const shortDay = (date: string, today: string) =>
    written(sameYear(date, today) ? forms.shortDay : forms.shortDayOfYear, date)
  const dateOf = (instant: string) => iso.format(new Date(instant))
  const time = (instant: string) => forms.time.format(new Date(instant)).replace('.', ':')

  /** Days from one date to another. */
  const distance = (from: string, to: string) =>
    Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayLength)
  const namedDay = (date: string, today: string) => {
    const days = distance(today, date)
    if (days === 0) return t('time.today')
    if (days === -1) return t('time.yesterday')
    if (days === 1) return t('time.tomorrow')
    return day(date, today)
  }
  const dayAndTime = (instant: string, now: string) =>
    t('time.dayAt', { day: namedDay(dateOf(instant), dateOf(now)), time: time(instant) })

  return {
    day,
    shortDay,
    isoDay: (date) => date,
    dateOf,
    time,
    shortWhen: (instant, now) => {
      const date = dateOf(instant)
      const today = dateOf(now)
      if (date === today) return time(instant)
      return distance(date, today) === 1 ? t('time.yesterday') : shortDay(date, today)
    },
    when: (instant, now) => {
      const seconds = Math.floor((Date.parse(now) - Date.parse(instant)) / 1000)
      // A clock that is a little off must not say that something happened in the future.
      if (seconds < 2 && seconds > -60) return t('time.now')
      if (seconds >= 0 && seconds < 60) return t('time.secondsAgo', { count: seconds })
      if (seconds >= 0 && seconds < 3600) {
        return t('time.minutesAgo', { count: Math.floor(seconds / 60) })
      }
      return dayAndTime(instant, now)
    },
    dayAndTime,
    inPeriod: (date, period) =>
      period === 'year'
        ? t('time.inYear', { year: date.slice(0, 4) })
        : t('time.inMonth', { month: written(forms.month, date) }),
    until: (instant, now) => {
      const seconds = Math.max(0, Math.ceil((Date.parse(instant) - Date.parse(now)) / 1000))
      if (seconds < 90) return t('time.inSeconds', { count: seconds })
      return t('time.inMinutes', { count: Math.round(seconds / 60) })
    },
  }
}
