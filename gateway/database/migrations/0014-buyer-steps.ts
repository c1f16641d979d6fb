import { sql, type Kysely } from 'kysely'

/** Orders that one of the customer's people has approved (docs/decisions/0028). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Who has approved it of the customer's, and whose limits it takes of then; else its contact's.
    alter table sales_order add column charged_to text references contact (id);
    drop index sales_order_contact;
    create index sales_order_charged on sales_order ((coalesce(charged_to, contact_id)), placed_at);
  `.execute(db)
}
