import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { Warehouse } from '../../domain/article'
import type { HeldOpenness } from '../../domain/availability/openness'
import type { Database } from '../database/schema'

type WarehouseRow = Selectable<Database['warehouse']>

/** A warehouse's row as the rest of Kontor knows it. */
export function warehouseOf(row: WarehouseRow): Warehouse {
  const { source, set_by: by, set_at: at, customer_groups: customerGroups } = row
  return {
    id: row.id,
    name: row.name,
    openToWebshop: row.open_to_webshop,
    priority: row.priority,
    ...(customerGroups.length > 0 && { customerGroups }),
    ...(source &&
      by !== null &&
      at !== null && { set: { by, at: at.toISOString(), source: source.open_to_webshop } }),
  }
}

/** A row's openness: what is in force, and the source's where another is set. */
export function heldOpennessOf(row: WarehouseRow): HeldOpenness {
  return {
    inForce: { openToWebshop: row.open_to_webshop, customerGroups: row.customer_groups },
    source: row.source && row.source.open_to_webshop,
  }
}

/**
 * Whether a contact is delivered from the warehouse `w`, in SQL, as the domain has it (isOpenTo). With
 * null: whether somebody is who has not signed in.
 */
export function isOpenToContact(contactId: string | null): RawBuilder<boolean> {
  const isOpen = sql<boolean>`w.open_to_webshop and w.customer_groups = '{}'`
  if (contactId === null) return isOpen
  // Looked up once, and only where a warehouse asks for it.
  return sql<boolean>`w.open_to_webshop and (w.customer_groups = '{}' or coalesce((
    select coalesce(c.customer_group_id, of.customer_group_id)
    from contact c join company of on of.id = c.company_id where c.id = ${contactId}
  ) = any(w.customer_groups), false))`
}
