import type { MasterDataKind } from '../../contract/master-data'
import type { KindMapping } from './kind-mapping'
import { priceKindMappings } from './price-kinds'

/** Every kind of master data, in the order of the contract. */
export const kindMappings: { readonly [K in MasterDataKind]: KindMapping<K> } = {
  holiday: {
    table: 'holiday',
    columns: { date: 'date', name: 'text' },
    key: ['date'],
    references: {},
    toColumns: ({ date, name }) => ({ date, name }),
  },
  warehouse: {
    table: 'warehouse',
    columns: { id: 'text', name: 'text', open_to_webshop: 'boolean', priority: 'integer' },
    key: ['id'],
    references: {},
    setHere: { aside: 'source', columns: ['open_to_webshop'] },
    toColumns: (row) => ({
      id: row.id,
      name: row.name,
      open_to_webshop: row.openToWebshop,
      priority: row.priority,
    }),
  },
  article_group: {
    table: 'article_group',
    columns: { id: 'text', name_sv: 'text', name_en: 'text' },
    key: ['id'],
    references: {},
    toColumns: (row) => ({ id: row.id, name_sv: row.nameSv, name_en: row.nameEn }),
  },
  article: {
    table: 'article',
    columns: {
      id: 'text',
      name_sv: 'text',
      name_en: 'text',
      unit: 'text',
      precision: 'smallint',
      pack_multiple: 'bigint',
      minimum_quantity: 'bigint',
      group_id: 'text',
      vat_rate: 'integer',
      list_price: 'bigint',
      list_price_basis: 'text',
      currency: 'text',
      cost: 'bigint',
      supplier: 'text',
      weight_grams: 'bigint',
      status: 'text',
    },
    key: ['id'],
    references: { group: 'article_group' },
    toColumns: (row) => ({
      id: row.id,
      name_sv: row.nameSv,
      name_en: row.nameEn,
      unit: row.unit,
      precision: row.precision,
      pack_multiple: row.packMultiple,
      minimum_quantity: row.minimumQuantity,
      group_id: row.group,
      vat_rate: row.vatRate,
      list_price: row.listPrice,
      list_price_basis: row.basis,
      currency: row.currency,
      cost: row.cost,
      supplier: row.supplier,
      weight_grams: row.weightGrams,
      status: row.status,
    }),
  },
  price_list: {
    table: 'price_list',
    columns: { id: 'text', name: 'text', currency: 'text' },
    key: ['id'],
    references: {},
    toColumns: ({ id, name, currency }) => ({ id, name, currency }),
  },
  customer_group: {
    table: 'customer_group',
    columns: {
      id: 'text',
      name: 'text',
      ordering_right: 'text',
      price_list_id: 'text',
      limit_per_order: 'bigint',
      limit_per_period: 'bigint',
      period: 'text',
      currency: 'text',
    },
    key: ['id'],
    references: { priceList: 'price_list' },
    setHere: {
      aside: 'source',
      columns: ['ordering_right', 'limit_per_order', 'limit_per_period', 'period', 'currency'],
    },
    toColumns: (row) => ({
      id: row.id,
      name: row.name,
      ordering_right: row.orderingRight,
      price_list_id: row.priceList,
      limit_per_order: row.limitPerOrder,
      limit_per_period: row.limitPerPeriod,
      period: row.period,
      currency: row.currency,
    }),
  },
  company: {
    table: 'company',
    columns: {
      id: 'text',
      name: 'text',
      vat_number: 'text',
      currency: 'text',
      language: 'text',
      customer_group_id: 'text',
      price_list_id: 'text',
      payment_terms: 'text',
      credit_limit: 'bigint',
      exposure: 'bigint',
      status: 'text',
      status_reason: 'text',
      account_owner: 'text',
    },
    key: ['id'],
    references: { customerGroup: 'customer_group', priceList: 'price_list' },
    toColumns: (row) => ({
      id: row.id,
      name: row.name,
      vat_number: row.vatNumber,
      currency: row.currency,
      language: row.language,
      customer_group_id: row.customerGroup,
      price_list_id: row.priceList,
      payment_terms: row.paymentTerms,
      credit_limit: row.creditLimit,
      exposure: row.exposure,
      status: row.status,
      status_reason: row.statusReason,
      account_owner: row.accountOwner,
    }),
  },
  address: {
    table: 'address',
    columns: {
      id: 'text',
      company_id: 'text',
      name: 'text',
      street: 'text',
      postal_code: 'text',
      city: 'text',
      country: 'text',
    },
    key: ['id'],
    references: { company: 'company' },
    toColumns: (row) => ({
      id: row.id,
      company_id: row.company,
      name: row.name,
      street: row.street,
      postal_code: row.postalCode,
      city: row.city,
      country: row.country,
    }),
  },
  contact: {
    table: 'contact',
    columns: {
      id: 'text',
      company_id: 'text',
      name: 'text',
      email: 'text',
      phone: 'text',
      customer_group_id: 'text',
      status: 'text',
    },
    key: ['id'],
    references: { company: 'company', customerGroup: 'customer_group' },
    toColumns: (row) => ({
      id: row.id,
      company_id: row.company,
      name: row.name,
      email: row.email,
      phone: row.phone,
      customer_group_id: row.customerGroup,
      status: row.status,
    }),
  },
  ...priceKindMappings,
  balance: {
    table: 'stock_balance',
    columns: {
      article_id: 'text',
      warehouse_id: 'text',
      on_hand: 'bigint',
      safety_stock: 'bigint',
      lead_time_days: 'integer',
      source: 'text',
      observed_at: 'timestamptz',
    },
    key: ['article_id', 'warehouse_id'],
    references: { article: 'article', warehouse: 'warehouse' },
    toColumns: (row) => ({
      article_id: row.article,
      warehouse_id: row.warehouse,
      on_hand: row.onHand,
      safety_stock: row.safetyStock,
      lead_time_days: row.leadTimeDays,
      source: row.source,
      observed_at: row.observedAt,
    }),
  },
  backlog: {
    table: 'stock_backlog',
    columns: {
      id: 'text',
      article_id: 'text',
      warehouse_id: 'text',
      quantity: 'bigint',
      planned_date: 'date',
    },
    key: ['id'],
    references: { article: 'article', warehouse: 'warehouse' },
    toColumns: (row) => ({
      id: row.id,
      article_id: row.article,
      warehouse_id: row.warehouse,
      quantity: row.quantity,
      planned_date: row.plannedDate,
    }),
  },
  inbound: {
    table: 'stock_inbound',
    columns: {
      id: 'text',
      article_id: 'text',
      warehouse_id: 'text',
      quantity: 'bigint',
      date: 'date',
      confirmed: 'boolean',
    },
    key: ['id'],
    references: { article: 'article', warehouse: 'warehouse' },
    toColumns: (row) => ({
      id: row.id,
      article_id: row.article,
      warehouse_id: row.warehouse,
      quantity: row.quantity,
      date: row.date,
      confirmed: row.confirmed,
    }),
  },
}

/** The keys of a deletion, as they are stored: price rules share a table and are told apart by kind. */
export function deletionKey(
  kind: MasterDataKind,
  row: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  switch (kind) {
    case 'holiday':
      return { date: row['date'] }
    case 'balance':
      return { article_id: row['article'], warehouse_id: row['warehouse'] }
    case 'contract_price':
      return { kind: 'contract', id: row['id'] }
    case 'price_list_price':
      return { kind: 'price_list', id: row['id'] }
    case 'campaign_price':
      return { kind: 'campaign', id: row['id'] }
    case 'synced_price':
      return { kind: 'synced', id: row['id'] }
    case 'rebate':
      return { kind: 'rebate', id: row['id'] }
    default:
      return { id: row['id'] }
  }
}
