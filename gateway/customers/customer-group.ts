import type { Selectable } from 'kysely'
import type { CustomerGroup } from '../../domain/company'
import type { GroupRights, HeldRights } from '../../domain/customer-group'
import type { Database, RightsColumns } from '../database/schema'

type GroupRow = Selectable<Database['customer_group']>

/** A customer group's row as decisions look at it: what is in force, whoever has said so. */
export function groupInForce(row: Omit<GroupRow, 'source' | 'set_by' | 'set_at'>): CustomerGroup {
  return { id: row.id, name: row.name, ...rightsOf(row), priceListId: row.price_list_id }
}

/** The same with who has set it, where it is not the source. */
export function customerGroupOf(row: GroupRow): CustomerGroup {
  const { source, set_by: by, set_at: at } = row
  if (!source || by === null || at === null) return groupInForce(row)
  return { ...groupInForce(row), set: { by, at: at.toISOString(), source: rightsOf(source) } }
}

/** The rights of a row: those in force, and the source's where others are set. */
export function heldRightsOf(row: GroupRow): HeldRights {
  return { inForce: rightsOf(row), source: row.source && rightsOf(row.source) }
}

/** The columns in which rights are stored. */
export function columnsOf({ orderingRight, orderLimit }: GroupRights): RightsColumns {
  return {
    ordering_right: orderingRight,
    limit_per_order: orderLimit.perOrder,
    limit_per_period: orderLimit.perPeriod,
    period: orderLimit.period,
    currency: orderLimit.currency,
  }
}

function rightsOf(row: RightsColumns): GroupRights {
  return {
    orderingRight: row.ordering_right,
    orderLimit: {
      perOrder: row.limit_per_order,
      perPeriod: row.limit_per_period,
      period: row.period,
      currency: row.currency,
    },
  }
}
