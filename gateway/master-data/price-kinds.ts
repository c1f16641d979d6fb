import type { Database } from '../database/schema'
import type { KindMapping } from './kind-mapping'

const priceColumns = {
  kind: 'text',
  id: 'text',
  article_id: 'text',
  article_group_id: 'text',
  company_id: 'text',
  customer_group_id: 'text',
  price_list_id: 'text',
  minimum_quantity: 'bigint',
  price: 'bigint',
  basis: 'text',
  currency: 'text',
  rebate: 'integer',
  net: 'boolean',
  campaign: 'text',
  source: 'text',
  observed_at: 'timestamptz',
  valid_from: 'date',
  valid_to: 'date',
} as const

interface Dated {
  readonly from: string | null
  readonly to: string | null
}

function datesInOrder({ from, to }: Dated) {
  return from !== null && to !== null && from > to
    ? { pointer: '/to', message: 'must not be before “from”' }
    : null
}

interface PriceInput extends Dated {
  readonly id: string
  readonly article: string
  readonly minimumQuantity: number
  readonly price: number
  readonly basis: string
  readonly currency: string
}

function priceRow(
  kind: Database['price_rule']['kind'],
  row: PriceInput,
  rest: Readonly<Record<string, unknown>>,
) {
  return {
    kind,
    id: row.id,
    article_id: row.article,
    minimum_quantity: row.minimumQuantity,
    price: row.price,
    basis: row.basis,
    currency: row.currency,
    valid_from: row.from,
    valid_to: row.to,
    ...rest,
  }
}

const priceRule = {
  table: 'price_rule',
  columns: priceColumns,
  key: ['kind', 'id'],
  check: datesInOrder,
} as const

type PriceKind =
  'contract_price' | 'price_list_price' | 'campaign_price' | 'synced_price' | 'rebate'

/** The kinds that share the table of price rules. */
export const priceKindMappings: { readonly [K in PriceKind]: KindMapping<K> } = {
  contract_price: {
    ...priceRule,
    references: { article: 'article', company: 'company' },
    toColumns: (row) => priceRow('contract', row, { company_id: row.company, net: row.net }),
  },
  price_list_price: {
    ...priceRule,
    references: { article: 'article', priceList: 'price_list' },
    toColumns: (row) => priceRow('price_list', row, { price_list_id: row.priceList }),
  },
  campaign_price: {
    ...priceRule,
    references: { article: 'article', customerGroup: 'customer_group', company: 'company' },
    toColumns: (row) =>
      priceRow('campaign', row, {
        campaign: row.campaign,
        customer_group_id: row.customerGroup,
        company_id: row.company,
      }),
  },
  synced_price: {
    ...priceRule,
    references: { article: 'article', customerGroup: 'customer_group', company: 'company' },
    toColumns: (row) =>
      priceRow('synced', row, {
        customer_group_id: row.customerGroup,
        company_id: row.company,
        source: row.source,
        observed_at: row.observedAt,
      }),
  },
  rebate: {
    ...priceRule,
    references: {
      article: 'article',
      articleGroup: 'article_group',
      company: 'company',
      customerGroup: 'customer_group',
    },
    toColumns: (row) => ({
      kind: 'rebate',
      id: row.id,
      article_id: row.article,
      article_group_id: row.articleGroup,
      company_id: row.company,
      customer_group_id: row.customerGroup,
      minimum_quantity: row.minimumQuantity,
      rebate: row.rebate,
      valid_from: row.from,
      valid_to: row.to,
    }),
  },
}
