import { sql, type Kysely } from 'kysely'

/** What our own orders ask of an article's stock is summed from one index, without the orders. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- The order's own, set with it.
    alter table sales_order_line add column exported_at timestamptz;
    update sales_order_line l set exported_at = o.exported_at
    from sales_order o where o.id = l.order_id and o.exported_at is not null;

    drop index sales_order_line_demand;
    create index sales_order_line_demand on sales_order_line (article_id, warehouse_id)
      include (planned_date, quantity, exported_at) where open;
  `.execute(db)
}
