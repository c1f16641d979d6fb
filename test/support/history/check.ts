import { isDeepStrictEqual } from 'node:util'
import type { Kysely } from 'kysely'
import type { Database } from '../../../gateway/database/schema'
import { checkAggregates } from './aggregates'
import { checkCommands } from './commands'
import type { History } from './history'
import { checkLimits } from './limits'
import { checkOrders } from './orders'
import { checkPages } from './pages'
import { checkStorefront } from './storefront'

/** What a console holds, by `kind id`. */
export type Replica = Readonly<Record<string, unknown>>

/**
 * Hold what everybody was told against what the database has in the end. Returns what is wrong, in
 * words; nothing when all is well.
 */
export async function checkHistory(
  db: Kysely<Database>,
  history: History,
  shopId: string,
): Promise<readonly string[]> {
  return [
    ...(await checkCommands(db, history)),
    ...(await checkAggregates(db)),
    ...(await checkOrders(db)),
    ...(await checkStorefront(db, history, shopId)),
    ...(await checkPages(db, history)),
    ...(await checkLimits(db)),
  ]
}

/** Where a console's replica is not the state as fetched afresh. */
export function replicaDifferences(whose: string, held: Replica, fresh: Replica): string[] {
  return [...new Set([...Object.keys(held), ...Object.keys(fresh)])].flatMap((key) =>
    isDeepStrictEqual(held[key], fresh[key])
      ? []
      : [`${whose} holds ${JSON.stringify(held[key])} as ${key}: ${JSON.stringify(fresh[key])}`],
  )
}
