import { sql, type Kysely } from 'kysely'

/** Orders that one of the customer's people has approved for another (docs/decisions/0028). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Whose limits the order takes of: the contact's own, or that of the colleague who approved it.
    alter table sales_order add column charged_to text references contact (id);
    update sales_order set charged_to = contact_id;
    alter table sales_order alter column charged_to set not null;
    drop index sales_order_contact;
    create index sales_order_charged on sales_order (charged_to, placed_at);
  `.execute(db)
}
