import { sql, type Selectable } from 'kysely'
import type { EntityKind, EntityOf } from '../../contract/entities'
import type { Article } from '../../domain/article'
import { customerGroupOf } from '../customers/customer-group'
import type { Database } from '../database/schema'
import { ask } from '../database/together'
import type { Transaction } from '../database/transaction'
import { publish, type Publication } from '../feed/publish'
import { writable } from '../writable'
import { sellerNow } from '../seller/load'
import { warehouseOf } from '../stock/warehouses'
import { renewRights, repsSeeingAccountsOf } from '../access/users'

/** Put companies into the feed with their addresses, as they now stand. */
export async function republishCompanies(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const companies = await tx.selectFrom('company').selectAll().where('id', 'in', ids).execute()
  const addresses = await tx
    .selectFrom('address')
    .selectAll()
    .where('company_id', 'in', ids)
    .orderBy('id')
    .execute()
  await publishRows(tx, 'company', ids, companies, {
    companyOf: (id) => id,
    valueOf: (row) => ({
      id: row.id,
      name: row.name,
      vatNumber: row.vat_number,
      currency: row.currency,
      language: row.language,
      customerGroupId: row.customer_group_id,
      priceListId: row.price_list_id,
      paymentTerms: row.payment_terms,
      creditLimit: row.credit_limit,
      exposure: row.exposure,
      status: row.status,
      statusReason: row.status_reason,
      accountOwner: row.account_owner,
      addresses: addresses
        .filter(({ company_id }) => company_id === row.id)
        .map(({ id, name, street, postal_code, city, country }) => ({
          id,
          name,
          street,
          postalCode: postal_code,
          city,
          country,
        })),
    }),
  })
}

/** Put the rows as they now stand into the feed, and a tombstone for each that is no more. */
async function publishRows<K extends EntityKind, R extends { readonly id: string }>(
  tx: Transaction,
  kind: K,
  ids: readonly string[],
  rows: readonly R[],
  of: {
    readonly valueOf: (row: R) => EntityOf<K>
    readonly companyOf?: (id: string, row: R | undefined) => string | null
  },
): Promise<void> {
  const found = new Map(rows.map((row) => [row.id, row]))
  publish(
    tx,
    ids.map((id) => {
      const row = found.get(id)
      const companyId = of.companyOf?.(id, row) ?? null
      return { kind, id, companyId, value: row ? of.valueOf(row) : null } as Publication
    }),
  )
}

/** Reps whose accounts came or went begin anew from a snapshot of what they now may see. */
export async function renewRightsOfOwners(
  tx: Transaction,
  owners: ReadonlySet<string>,
): Promise<void> {
  await renewRights(tx, [...(await repsSeeingAccountsOf(tx, [...owners]))].sort())
}

export async function republishContacts(
  tx: Transaction,
  ids: readonly string[],
  companies: ReadonlyMap<string, string>,
): Promise<void> {
  if (ids.length === 0) return
  const rows = await tx.selectFrom('contact').selectAll().where('id', 'in', ids).execute()
  await publishRows(tx, 'contact', ids, rows, {
    companyOf: (id, row) => row?.company_id ?? companies.get(id) ?? null,
    valueOf: (row) => ({
      id: row.id,
      companyId: row.company_id,
      name: row.name,
      email: row.email,
      phone: row.phone,
      customerGroupId: row.customer_group_id,
      status: row.status,
    }),
  })
}

export async function republishArticles(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const rows = await tx.selectFrom('article').selectAll().where('id', 'in', ids).execute()
  await publishRows(tx, 'article', ids, rows, { valueOf: (row) => ({ ...articleOf(row) }) })
}

type ArticleRow = Selectable<Database['article']>

/** An article's row as the rest of Kontor knows it. */
export function articleOf(row: ArticleRow): Article {
  return {
    id: row.id,
    name: { sv: row.name_sv, en: row.name_en ?? row.name_sv },
    unit: row.unit,
    precision: row.precision,
    packMultiple: row.pack_multiple,
    minimumQuantity: row.minimum_quantity,
    groupId: row.group_id,
    vatRate: row.vat_rate,
    listPrice:
      row.list_price === null
        ? null
        : { amount: row.list_price, basis: row.list_price_basis, currency: row.currency },
    cost: row.cost === null ? null : { amount: row.cost, currency: row.currency },
    supplier: row.supplier,
    weightGrams: row.weight_grams,
    status: row.status,
  }
}

export async function republishWarehouses(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const rows = await tx.selectFrom('warehouse').selectAll().where('id', 'in', ids).execute()
  await publishRows(tx, 'warehouse', ids, rows, {
    valueOf: (row) => writable(warehouseOf(row)),
  })
}

export async function republishCustomerGroups(
  tx: Transaction,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return
  const rows = await tx.selectFrom('customer_group').selectAll().where('id', 'in', ids).execute()
  await publishRows(tx, 'customer_group', ids, rows, {
    valueOf: (row) => writable(customerGroupOf(row)),
  })
}

export async function republishSeller(tx: Transaction): Promise<void> {
  publish(tx, [{ kind: 'seller', id: 'seller', value: await ask(tx, sellerNow(tx)) }])
}

/**
 * Put the stock blocks of some articles into the feed. A block is one change however many of its
 * cells moved, since stock is reported in masses.
 */
export async function republishStock(
  tx: Transaction,
  articleIds: readonly string[],
): Promise<void> {
  if (articleIds.length === 0) return
  const { rows } = await sql<{ block: number; positions: EntityOf<'stock_block'>['positions'] }>`
    with touched as (select distinct block from article where id = any(${articleIds as string[]}::text[])),
    cell as (
      select a.block, a.id as article_id, b.warehouse_id, jsonb_build_object(
        'onHand', b.on_hand,
        'safetyStock', b.safety_stock,
        'leadTimeDays', b.lead_time_days,
        'source', b.source,
        'observedAt', to_char(b.observed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'backlog', coalesce((
          select jsonb_agg(jsonb_build_object('quantity', l.quantity, 'plannedDate', l.planned_date) order by l.id)
          from stock_backlog l where l.article_id = b.article_id and l.warehouse_id = b.warehouse_id), '[]'),
        'inbound', coalesce((
          select jsonb_agg(jsonb_build_object('quantity', l.quantity, 'date', l.date, 'confirmed', l.confirmed) order by l.id)
          from stock_inbound l where l.article_id = b.article_id and l.warehouse_id = b.warehouse_id), '[]')
      ) as position
      from touched t
      join article a on a.block = t.block
      join stock_balance b on b.article_id = a.id
    ),
    by_article as (
      select block, article_id, jsonb_object_agg(warehouse_id, position) as warehouses from cell group by block, article_id
    )
    select t.block, coalesce(
      (select jsonb_object_agg(article_id, warehouses) from by_article b where b.block = t.block), '{}') as positions
    from touched t
  `.execute(tx)
  publish(
    tx,
    rows.map(({ block, positions }) => ({
      kind: 'stock_block',
      id: String(block),
      value: { positions },
    })),
  )
}
