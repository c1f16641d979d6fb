import { randomUUID } from 'node:crypto'
import type { Insertable, Kysely } from 'kysely'
import type { Database } from '../../../gateway/database/schema'

/** 2026-11-23 is a Monday; noon in Stockholm is 11:00 in UTC. */
export const NOON = new Date('2026-11-23T11:00:00.000Z')

export function kronor(amount: number): number {
  return Math.round(amount * 100)
}

function price(amount: number): number {
  return Math.round(amount * 1_000_000)
}

/**
 * A small seller. Contacts: `lena` may keep lists, `rut` propose, `olle` order (10,000 kr an order,
 * 15,000 kr a month). `berg` is in good standing, `vik` on hold, `block` blocked, `shut` closed.
 */
export async function insertSeller(db: Kysely<Database>): Promise<void> {
  await db
    .insertInto('installation')
    .values({ gateway_id: randomUUID(), epoch: randomUUID() })
    .execute()
  await db
    .insertInto('seller')
    .values({
      name: 'Rör & Rot',
      currency: 'SEK',
      time_zone: 'Europe/Stockholm',
      vat_mode: 'per_rate_on_sum',
      synced_price_max_age_hours: 24,
    })
    .execute()
  await db
    .insertInto('warehouse')
    .values([
      { id: 'main', name: 'Huvudlager', open_to_webshop: true, priority: 1 },
      { id: 'north', name: 'Norr', open_to_webshop: true, priority: 2 },
      { id: 'back', name: 'Bakom', open_to_webshop: false, priority: 3 },
    ])
    .execute()
  await db
    .insertInto('article_group')
    .values({ id: 'fittings', name_sv: 'Kopplingar', name_en: 'Fittings' })
    .execute()
  await db
    .insertInto('article')
    .values([
      // Single pieces.
      article({ id: 'VALVE', name_sv: 'Kulventil', list_price: price(100) }),
      // Packs of 10, from 20.
      article({
        id: 'BOLT',
        name_sv: 'Sexkantsbult M8 åäö',
        list_price: price(1.25),
        pack_multiple: 10_000,
        minimum_quantity: 20_000,
      }),
      // By the metre, to the decimetre.
      article({ id: 'HOSE', name_sv: 'Slang', list_price: price(19.12), precision: 1, unit: 'm' }),
      // Nobody has a price for it.
      article({ id: 'RARE', name_sv: 'Udda', list_price: null }),
      article({ id: 'BOOK', name_sv: 'Handbok', list_price: price(200), vat_rate: 60_000 }),
    ])
    .execute()
  await db
    .insertInto('price_list')
    .values([
      { id: 'berg-list', name: 'Berg', currency: 'SEK' },
      { id: 'trade-list', name: 'Bygg', currency: 'SEK' },
    ])
    .execute()
  await db
    .insertInto('customer_group')
    .values([
      group({ id: 'listers', ordering_right: 'lists' }),
      group({ id: 'proposers', ordering_right: 'requisition', price_list_id: 'trade-list' }),
      group({
        id: 'orderers',
        ordering_right: 'order',
        limit_per_order: kronor(10_000),
        limit_per_period: kronor(15_000),
      }),
    ])
    .execute()
  await db
    .insertInto('company')
    .values([
      company({ id: 'berg', name: 'Bergs Bygg AB', credit_limit: kronor(100_000) }),
      company({ id: 'alm', name: 'Alm & Co' }),
      company({ id: 'vik', status: 'on_hold', status_reason: 'Obetalda fakturor.' }),
      company({ id: 'block', status: 'blocked', status_reason: 'Tvist' }),
      company({ id: 'shut', status: 'closed' }),
    ])
    .execute()
  await db
    .insertInto('address')
    .values([address('berg-yard', 'berg'), address('alm-yard', 'alm')])
    .execute()
  await db
    .insertInto('contact')
    .values([
      contact('lena', 'berg', 'listers'),
      contact('rut', 'berg', null),
      contact('olle', 'berg', 'orderers'),
      contact('gone', 'berg', null, 'disabled'),
      contact('alma', 'alm', null),
      contact('otto', 'vik', 'orderers'),
      contact('bo', 'block', null),
      contact('sune', 'shut', null),
    ])
    .execute()
  await db
    .insertInto('stock_balance')
    .values(
      ['VALVE', 'BOLT', 'HOSE'].map((article_id) => ({
        article_id,
        warehouse_id: 'main',
        on_hand: 1_000_000,
        safety_stock: 0,
        lead_time_days: 5,
        source: 'erp',
        observed_at: NOON,
      })),
    )
    .execute()
}

function article(row: Partial<Insertable<Database['article']>> & { id: string; name_sv: string }) {
  return {
    name_en: null,
    unit: 'st',
    precision: 0 as const,
    pack_multiple: 0,
    minimum_quantity: 0,
    group_id: 'fittings',
    vat_rate: 250_000,
    list_price: null,
    list_price_basis: 'net' as const,
    currency: 'SEK',
    cost: null,
    supplier: null,
    weight_grams: null,
    status: 'active' as const,
    ...row,
  }
}

function group(row: Partial<Insertable<Database['customer_group']>> & { id: string }) {
  return {
    name: row.id,
    ordering_right: 'requisition' as const,
    price_list_id: null,
    limit_per_order: null,
    limit_per_period: null,
    period: 'month' as const,
    currency: 'SEK',
    ...row,
  }
}

function company(row: Partial<Insertable<Database['company']>> & { id: string }) {
  return {
    name: row.id,
    vat_number: null,
    currency: 'SEK',
    language: 'sv' as const,
    customer_group_id: 'proposers',
    price_list_id: null,
    payment_terms: '30 dagar netto',
    credit_limit: null,
    exposure: 0,
    status: 'active' as const,
    status_reason: null,
    account_owner: null,
    ...row,
  }
}

function contact(
  id: string,
  company_id: string,
  customer_group_id: string | null,
  status: 'active' | 'disabled' = 'active',
) {
  return {
    id,
    company_id,
    name: `${id} på ${company_id}`,
    email: `${id}@example.com`,
    phone: null,
    customer_group_id,
    status,
  }
}

function address(id: string, company_id: string) {
  return {
    id,
    company_id,
    name: 'Gården',
    street: 'Byggvägen 1',
    postal_code: '123 45',
    city: 'Stad',
    country: 'SE',
  }
}
