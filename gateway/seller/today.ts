import { sql } from 'kysely'
import type { CalendarDate } from '../../domain/units'
import { question, type Question } from '../database/together'

/** The moment and the seller's calendar day by the database's clock: one for all nodes. */
export interface DatabaseTime {
  readonly now: Date
  readonly today: CalendarDate
}

/** What the database's clock says. */
export function databaseTime(): Question<DatabaseTime> {
  const row = sql<DatabaseTime>`
    select clock.now, (clock.now at time zone seller.time_zone)::date as today
    from seller, (select clock_timestamp() as now) clock`
  return question(row, ([found]) => {
    if (!found) throw new Error('The database has no seller.')
    return found
  })
}
