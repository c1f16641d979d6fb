import { todayIn } from '../../domain/calendar'
import type { CalendarDate } from '../../domain/units'
import type { Clock } from './clock'
import type { Replica } from './replica'

/** The date it is with the seller, by the gateway's time. */
export function todayAt({
  replica,
  clock,
}: {
  readonly replica: Replica
  readonly clock: Clock
}): CalendarDate {
  const timeZone = replica.all('seller').values().next().value?.timeZone ?? 'Europe/Stockholm'
  return todayIn(timeZone, new Date(clock.now()).toISOString())
}
