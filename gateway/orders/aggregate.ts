import { sql } from 'kysely'
import type { Order } from '../../contract/entities'
import { question, type Question } from '../database/together'
import { writeAtEnd, type Transaction, type WriteGroup } from '../database/transaction'
import { publish } from '../feed/publish'

/** An order that nobody else can change until the transaction ends. */
export interface LockedOrder {
  readonly value: Order
  readonly version: number
  /** The shop that is told of it; null where it is of a quote that no shop has heard of. */
  readonly shopId: string | null
  /** The shop's own id of the document that it came from; null where there is none. */
  readonly documentId: string | null
}

/** An order by its id, locked; null when there is none. */
export function orderLocked(id: string): Question<LockedOrder | null> {
  const row = sql<{
    readonly body: Order
    readonly version: number
    readonly shop_id: string | null
    readonly document_id: string | null
  }>`
    select o.body, o.version, coalesce(r.shop_id, q.shop_id) as shop_id,
      coalesce(r.document_id, q.body->'requisition'->>'documentId') as document_id
    from sales_order o
    left join requisition r on o.source_kind = 'requisition' and r.id = o.source_id
    left join quote q on o.source_kind = 'quote' and q.id = o.source_id
    where o.id = ${id}
    for update of o`
  return question(row, ([found]) =>
    found
      ? {
          value: found.body,
          version: found.version,
          shopId: found.shop_id,
          documentId: found.document_id,
        }
      : null,
  )
}

/** Write an order as it now stands, what it asks for and costs left as it was, and put it into the feed. */
export function saveOrder(tx: Transaction, value: Order, version: number): void {
  writeAtEnd(tx, orders, [{ value, version }])
  publish(tx, [{ kind: 'order', id: value.id, version, companyId: value.companyId, value }])
}

const orders: WriteGroup<{ readonly value: Order; readonly version: number }> = {
  statement: (saved) => sql`
    update sales_order o set state = r.value->>'state', version = r.version, body = r.value
    from jsonb_to_recordset(${JSON.stringify(saved)}::jsonb) as r (value jsonb, version integer)
    where o.id = (r.value->>'id')::uuid`,
}
