import type { CalendarDate } from '../../domain/units'
import type { Clock } from './clock'
import type { Replica } from './replica'

const dates = new Map<string, Intl.DateTimeFormat>()

/** The date it is with the seller, by the gateway's time. */
export function todayAt({
  replica,
  clock,
}: {
  readonly replica: Replica
  readonly clock: Clock
}): CalendarDate {
  const timeZone = replica.all('seller').values().next().value?.timeZone ?? 'Europe/Stockholm'
  let format = dates.get(timeZone)
  // The Swedish form is the ISO one.
  if (!format) dates.set(timeZone, (format = new Intl.DateTimeFormat('sv-SE', { timeZone })))
  return format.format(clock.now())
}
