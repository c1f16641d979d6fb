import { sql, type Kysely } from 'kysely'
import type { Database } from '../../../gateway/database/schema'

/** One order for each requisition that is ordered, whole, and the stock it asks for said as it is. */
export async function checkOrders(db: Kysely<Database>): Promise<string[]> {
  const wrong: string[] = []
  const { rows: sources } = await sql<{
    id: string | null
    source: string
    orders: number
    named: boolean | null
  }>`
    select r.id, coalesce(r.id, o.source_id) as source, count(o.id)::integer as orders,
      bool_and((r.body || r.progress)->'outcome'->>'orderId' = o.id::text
        and (r.body || r.progress)->'outcome'->>'orderNumber' = o.number) as named
    from (select * from requisition where state = 'ordered') r
      full join sales_order o on o.source_id = r.id and o.source_kind = 'requisition'
    group by r.id, coalesce(r.id, o.source_id)`.execute(db)
  for (const { id, source, orders, named } of sources) {
    if (id === null) wrong.push(`requisition ${source} has an order and is not ordered`)
    else if (orders !== 1) wrong.push(`requisition ${source} is ordered ${orders} times`)
    else if (!named) wrong.push(`requisition ${source} names another order than it has`)
  }

  const { rows: lines } = await sql<{ id: string }>`
    select o.id from sales_order o
    where (select jsonb_agg(jsonb_build_array(l->>'id', l->'quantity', l->'warehouseId') order by l->>'id')
        from jsonb_array_elements(o.body->'lines') l)
      is distinct from
      (select jsonb_agg(jsonb_build_array(line_id, quantity, warehouse_id) order by line_id)
        from sales_order_line where order_id = o.id)`.execute(db)
  for (const { id } of lines) wrong.push(`order ${id} has other lines than it says`)

  const { rows: commitments } = await sql<{ id: string }>`
    with told as (
      select f.id as order_id, jsonb_agg(jsonb_build_array(l->'articleId', l->'warehouseId',
        l->'quantity', l->'plannedDate') order by l::text) as lines
      from feed f left join jsonb_array_elements(f.value::jsonb->'lines') l on true
      where f.kind = 'commitment' and f.value is not null and l is not null group by f.id
    ), open as (
      select order_id::text, jsonb_agg(jsonb_build_array(article_id, warehouse_id, quantity, planned_date)
        order by jsonb_build_object('articleId', article_id, 'warehouseId', warehouse_id,
          'quantity', quantity, 'plannedDate', planned_date)::text) as lines
      from sales_order_line where open and warehouse_id is not null group by order_id
    )
    select order_id as id from told full join open using (order_id)
    where told.lines is distinct from open.lines`.execute(db)
  for (const { id } of commitments)
    wrong.push(`the commitment of order ${id} is not what its open lines ask for`)
  return wrong
}
