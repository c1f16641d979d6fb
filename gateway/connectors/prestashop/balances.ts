import type { MasterDataInput } from '../../../contract/master-data'
import { articleKey, type ShopArticles } from './articles'
import type { PrestaShopOptions } from './options'
import type { Remark } from './report'
import type { RecordOf } from './resources'
import type { ShopFacts } from './shop-facts'

const outOfStock = { denied: 0, allowed: 1 }

/** The one warehouse the shop's balances are in. */
export function warehouseRow(
  { shopName }: ShopFacts,
  { warehouse }: PrestaShopOptions,
): MasterDataInput<'warehouse'> {
  return {
    id: warehouse.id,
    name: warehouse.name ?? (shopName || warehouse.id),
    openToWebshop: true,
  }
}

/**
 * A balance for each article. The shop's quantity is what it can still sell: its own orders are off
 * already, so no backlog comes with it. The row of a product that has combinations is left out, being
 * their sum.
 */
export function balanceRows(
  stock: readonly RecordOf<'stock_availables'>[],
  articles: ShopArticles,
  facts: ShopFacts,
  options: PrestaShopOptions,
  observedAt: string,
): { readonly rows: readonly MasterDataInput<'balance'>[]; readonly skipped: readonly Remark[] } {
  if (!facts.keepsStock) {
    const remark = { resource: 'configurations', id: 'PS_STOCK_MANAGEMENT' }
    return { rows: [], skipped: [{ ...remark, reason: 'stock_management_off' }] }
  }
  const rows: MasterDataInput<'balance'>[] = []
  const skipped: Remark[] = []
  const withCombinations = new Set<number>()
  for (const { product, combination } of articles.byKey.values()) {
    if (combination) withCombinations.add(product.id)
  }
  for (const row of stock) {
    if (!isOfShop(row, facts)) continue
    const article = articles.byKey.get(articleKey(row.id_product, row.id_product_attribute))
    if (row.id_product_attribute === 0 && withCombinations.has(row.id_product)) continue
    if (!article) {
      const about = { resource: 'stock_availables', id: String(row.id) }
      skipped.push({ ...about, reason: 'stock_of_unknown_article' })
      continue
    }
    rows.push({
      article: article.id,
      warehouse: options.warehouse.id,
      onHand: row.quantity,
      leadTimeDays: isBackordered(row, facts) ? options.backorderLeadTimeDays : null,
      source: options.source,
      observedAt,
    })
  }
  return { rows, skipped }
}

/** A shop's own stock, or the one it shares with the shops of its group. */
function isOfShop(row: RecordOf<'stock_availables'>, facts: ShopFacts): boolean {
  if (row.id_shop !== 0) return row.id_shop === facts.shopId
  return row.id_shop_group === 0 || row.id_shop_group === facts.shopGroupId
}

function isBackordered(row: RecordOf<'stock_availables'>, facts: ShopFacts): boolean {
  if (row.out_of_stock === outOfStock.denied) return false
  return row.out_of_stock === outOfStock.allowed || facts.takesBackorders
}
