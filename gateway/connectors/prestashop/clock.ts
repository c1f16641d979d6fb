/** The shop writes its dates by its own wall clock, without saying which. */

/** Covers the hour that summer time repeats, and an hour by which the two clocks may differ. */
const overlapMs = 2 * 3_600_000
/** The last place on earth where a day ends: an hour there is never later than anywhere else. */
const slowestZone = 'Etc/GMT+12'

/**
 * From which `date_upd`, in the shop's own time, the next pass must look for what changed since a
 * pass that began at `startedAt`. Errs on the early side: what is read twice is known by its content.
 */
export function changesSince(startedAt: Date, timeZone: string | null): string {
  return wallClock(new Date(startedAt.getTime() - overlapMs), timeZone ?? slowestZone)
}

/** Whether the runtime knows the time zone; shops of old hold names that are gone. */
export function isTimeZone(name: string): boolean {
  try {
    return name !== '' && new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Object
  } catch {
    return false
  }
}

/** `YYYY-MM-DD HH:MM:SS` as a clock on the wall there shows it. */
function wallClock(instant: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(instant)
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((candidate) => candidate.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}:${part('second')}`
}

/** A calendar date some days on or back. */
export function shiftDate(date: string, days: number): string {
  const moved = new Date(`${date}T00:00:00Z`)
  moved.setUTCDate(moved.getUTCDate() + days)
  return moved.toISOString().slice(0, 10)
}
