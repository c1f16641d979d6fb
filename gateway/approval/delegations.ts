import type { Kysely, Selectable } from 'kysely'
import type { Delegation } from '../../contract/entities'
import type { CalendarDate } from '../../domain/units'
import type { Database } from '../database/schema'
import { question, type Question } from '../database/together'

/** Those that count on a day or later, and have not been ended. */
export function delegationsSince(
  db: Kysely<Database>,
  day: CalendarDate,
): Question<readonly Delegation[]> {
  const rows = db
    .selectFrom('delegation')
    .selectAll()
    .where('ended_at', 'is', null)
    .where('until_date', '>=', day)
  return question(rows, (found) => found.map(delegationOf))
}

/** A delegation's row as the feed carries it. */
export function delegationOf(row: Selectable<Database['delegation']>): Delegation {
  return {
    id: row.id,
    fromUserId: row.from_user,
    toUserId: row.to_user,
    from: row.from_date,
    until: row.until_date,
    reason: row.reason,
    isEnded: row.ended_at !== null,
  }
}
