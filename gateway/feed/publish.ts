import { sql } from 'kysely'
import type { EntityKind, EntityOf } from '../../contract/entities'
import { writeAtEnd, type Transaction, type WriteGroup } from '../database/transaction'

/** One entity's new value, or null when it is gone. */
export type Publication = {
  readonly [K in EntityKind]: {
    readonly kind: K
    readonly id: string
    /** The aggregate's own version; the kinds that have none leave it out. */
    readonly version?: number
    /** The company whose rep may see it; null when everyone with the right role may. */
    readonly companyId?: string | null
    /** Set when it is one user's own. */
    readonly userId?: string | null
    readonly value: EntityOf<K> | null
  }
}[EntityKind]

/** Aggregates, which count their own versions; for every other kind the feed counts. */
const versioned = ['requisition', 'order', 'quote', 'user', 'delegation']

/**
 * Put new values into the feed, in the caller's transaction; of one that is published more than once
 * the last counts. Rows are written in one fixed order, so that two transactions over the same
 * entities wait for each other instead of deadlocking.
 */
export function publish(tx: Transaction, publications: readonly Publication[]): void {
  writeAtEnd(tx, feedRows, publications)
}

const feedRows: WriteGroup<Publication> = {
  statement(publications) {
    const newest = new Map(publications.map((one) => [`${one.kind} ${one.id}`, one]))
    const rows = [...newest.values()]
      .map(({ kind, id, version, companyId, userId, value }) => ({
        kind,
        id,
        version: version ?? null,
        company_id: companyId ?? null,
        user_id: userId ?? null,
        value,
      }))
      .sort((a, b) => (a.kind === b.kind ? compare(a.id, b.id) : compare(a.kind, b.kind)))
    return sql`
      insert into feed (kind, id, version, company_id, user_id, value, bytes)
      select kind, id, coalesce(version, 1), company_id, user_id, value,
        coalesce(octet_length(value::text), 0)
      from json_to_recordset(${JSON.stringify(rows)}::json)
        as r (kind text, id text, version integer, company_id text, user_id uuid, value json)
      on conflict (kind, id) do update set
        version = case when feed.kind = any(${versioned}::text[]) then excluded.version else feed.version + 1 end,
        xid = pg_current_xact_id(),
        company_id = excluded.company_id,
        user_id = excluded.user_id,
        value = excluded.value,
        bytes = excluded.bytes`
  },
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
