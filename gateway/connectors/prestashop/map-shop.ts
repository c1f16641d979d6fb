import type { MasterDataInput, MasterDataKind } from '../../../contract/master-data'
import { articleGroupRows, articleLink, articleRow } from './article-rows'
import { findArticles } from './articles'
import { balanceRows, warehouseRow } from './balances'
import type { PrestaShopCursor, ShopRecords } from './cursor'
import { customerGroupKey, customerGroupRows } from './customer-groups'
import { mapCustomers } from './customers'
import type { PrestaShopOptions } from './options'
import type { ExternalLink, Remark } from './report'
import type { RecordOf } from './resources'
import type { ShopFacts } from './shop-facts'
import { siftPrices } from './specific-prices'
import { rebateRows, syncedPriceRows } from './synced-prices'

/** The shop as it was read. */
export interface ShopPicture {
  readonly facts: ShopFacts
  readonly records: ShopRecords
  readonly specificPrices: readonly RecordOf<'specific_prices'>[]
  /** When the pass began: nothing it read is older. */
  readonly pricesObservedAt: string
  readonly stock: readonly RecordOf<'stock_availables'>[]
  readonly stockObservedAt: string
}

export type RowsByKind = { readonly [K in MasterDataKind]?: readonly MasterDataInput<K>[] }

export interface MappedShop {
  /** Everything the shop holds as Kontor's rows; what is no longer among them is gone. */
  readonly rows: RowsByKind
  readonly articleIds: Readonly<Record<string, string>>
  readonly companyIds: Readonly<Record<string, string>>
  readonly links: readonly ExternalLink[]
  readonly skipped: readonly Remark[]
  readonly notes: readonly Remark[]
}

/** The whole way from what the shop says to what Kontor keeps: pure, so the same gives the same. */
export function mapShop(
  picture: ShopPicture,
  known: Pick<PrestaShopCursor, 'articleIds' | 'companyIds'>,
  options: PrestaShopOptions,
): MappedShop {
  const { facts, records } = picture
  const articles = findArticles(records, facts, known.articleIds, options)
  const customers = mapCustomers(records, facts, known.companyIds, options)
  const customerIds = new Set(
    customers.companies.flatMap((company) => company.customers.map(({ id }) => id)),
  )
  const sifted = siftPrices(options.readSpecificPrices ? picture.specificPrices : [], {
    facts,
    hasProduct: (product, combination) =>
      combination === 0
        ? records.products[product]?.gone === false
        : records.combinations[combination]?.id_product === product,
    hasCustomer: (id) => customerIds.has(id),
  })
  const prices = syncedPriceRows(
    sifted.prices,
    articles,
    customers.companies,
    facts,
    options,
    picture.pricesObservedAt,
  )
  const balances = balanceRows(picture.stock, articles, facts, options, picture.stockObservedAt)
  const allArticles = [...articles.byKey.values()]
  return {
    rows: {
      warehouse: [warehouseRow(facts, options)],
      article_group: articleGroupRows(facts, options),
      article: allArticles.map((article) => articleRow(article, facts, options)),
      customer_group: customerGroupRows(facts, options),
      company: customers.companyRows,
      address: customers.addressRows,
      contact: customers.contactRows,
      synced_price: prices.rows,
      rebate: options.readSpecificPrices ? rebateRows(facts, options) : [],
      balance: balances.rows,
    },
    articleIds: articles.articleIds,
    companyIds: customers.companyIds,
    links: [
      ...allArticles.map(articleLink),
      ...Object.values(facts.groups).map(({ id }): ExternalLink => ({
        kind: 'customer_group',
        externalId: String(id),
        id: customerGroupKey(id, options),
      })),
      ...customers.links,
    ],
    skipped: [...articles.skipped, ...customers.skipped, ...sifted.skipped, ...balances.skipped],
    notes: [...articles.notes, ...untaxedGroups(picture), ...sifted.notes, ...prices.notes],
  }
}

/** Tax rules groups in use without a rule for the country: 0 % may be right, but seldom is. */
function untaxedGroups({ facts, records }: ShopPicture): readonly Remark[] {
  const used = new Set(Object.values(records.products).map((product) => product.id_tax_rules_group))
  return [...used]
    .filter((group) => group !== 0 && facts.isTaxed && !facts.vatRates.has(group))
    .map((group) => ({ resource: 'tax_rule_groups', id: String(group), reason: 'no_tax_rule' }))
}
