import { sql, type Selectable } from 'kysely'
import type { EntityKind, EntityOf } from '../../contract/entities'
import type { Article } from '../../domain/article'
import { stockBlockOf, type Positions } from '../../domain/availability/stock-block'
import { customerGroupOf } from '../customers/customer-group'
import type { Database } from '../database/schema'
import { ask } from '../database/together'
import type { Transaction } from '../database/transaction'
import { publish, type Publication } from '../feed/publish'
import { writable } from '../writable'
import {
  positionFrom,
  putLine,
  type FillingPosition,
  type PositionRow,
} from '../stock/position-rows'
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
  await publishRows(tx, 'article', ids, rows, {
    valueOf: (row) => ({ ...articleOf(row), block: row.block }),
  })
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

/** What is told of a block; without an article where the block holds nothing. */
type StockRow = Omit<PositionRow, 'article_id'> & {
  readonly block: number
  readonly article_id: string | null
}

/**
 * Put the stock blocks of some articles into the feed. A block is one change however many of its
 * cells moved, since stock is reported in masses. All rows come from one statement, so that the figures
 * belong together.
 */
export async function republishStock(
  tx: Transaction,
  articleIds: readonly string[],
): Promise<void> {
  if (articleIds.length === 0) return
  const { rows } = await sql<StockRow>`
    with touched as materialized (
      select distinct block from article where id = any(${articleIds as string[]}::text[])
    ),
    held as materialized (
      select t.block, a.id from touched t join article a on a.block = t.block
    )
    (select 'balance' as part, t.block, b.article_id, b.warehouse_id, b.on_hand as quantity, null::date as date,
      null::boolean as confirmed, b.safety_stock, b.lead_time_days, b.source, b.observed_at
    from touched t
    left join (held a join stock_balance b on b.article_id = a.id) on a.block = t.block
    order by t.block, b.article_id, b.warehouse_id)
    union all
    (select 'backlog', a.block, l.article_id, l.warehouse_id, l.quantity, l.planned_date, null, null, null, null, null
    from held a join stock_backlog l on l.article_id = a.id order by l.id)
    union all
    (select 'inbound', a.block, l.article_id, l.warehouse_id, l.quantity, l.date, l.confirmed, null, null, null, null
    from held a join stock_inbound l on l.article_id = a.id order by l.id)`.execute(tx)
  publish(
    tx,
    [...byBlock(rows)].map(([block, own]) => ({
      kind: 'stock_block',
      id: String(block),
      value: stockBlockOf(positionsFrom(own)),
    })),
  )
}

function byBlock(rows: readonly StockRow[]): ReadonlyMap<number, readonly StockRow[]> {
  const blocks = new Map<number, StockRow[]>()
  for (const row of rows) {
    const own = blocks.get(row.block)
    if (own) own.push(row)
    else blocks.set(row.block, [row])
  }
  return blocks
}

/** Positions by article and warehouse; balances come before the lines that belong to them. */
function positionsFrom(rows: readonly StockRow[]): Positions {
  const positions: Record<string, Record<string, FillingPosition>> = {}
  for (const row of rows) {
    const { part, article_id, warehouse_id } = row
    if (article_id === null) continue
    if (part === 'balance') {
      const byWarehouse = (positions[article_id] ??= {})
      byWarehouse[warehouse_id] = positionFrom({ ...row, article_id })
      continue
    }
    // What is reported of a warehouse without a balance counts nowhere.
    const position = positions[article_id]?.[warehouse_id]
    if (position) putLine(position, part, row)
  }
  return positions
}
