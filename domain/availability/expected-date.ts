import type { WorkCalendar } from '../article'
import { workingDayFrom } from '../calendar'
import type { CalendarDate } from '../units'
import type { Availability } from './position'

/**
 * The day on which a line can leave, as a customer is told it: a working day, since nothing leaves on
 * another, whenever it was asked and whenever goods come in. Null when nobody can say.
 */
export function expectedDate(
  availability: Availability,
  today: CalendarDate,
  calendar: WorkCalendar,
): CalendarDate | null {
  switch (availability.kind) {
    case 'deliverable':
      return workingDayFrom(today, calendar)
    case 'promised':
    case 'lead_time':
      return workingDayFrom(availability.date, calendar)
    case 'out_of_stock':
      return null
  }
}
