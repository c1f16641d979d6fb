import { numberArticles, type Sellable } from './article-numbers'
import type { ShopRecords } from './cursor'
import { micro } from './figures'
import type { PrestaShopOptions } from './options'
import type { Remark } from './report'
import type { RecordOf } from './resources'
import type { ShopFacts } from './shop-facts'

/** A product without combinations, or one of its combinations: what can be put in a cart. */
export interface ShopArticle {
  /** `product-combination`, 0 for none. */
  readonly key: string
  readonly product: RecordOf<'products'>
  readonly combination: RecordOf<'combinations'> | null
  /** Its article in Kontor. */
  readonly id: string
  /** In the shop and for sale. */
  readonly isActive: boolean
  /** In micro: the product's price, what the combination adds, ecotax, and the net list price of it all. */
  readonly basePrice: bigint
  readonly impact: bigint
  readonly ecotax: bigint
  readonly listPrice: bigint
  readonly vatRate: string
  /** The rate in micro per cent. */
  readonly vat: bigint
}

export interface ShopArticles {
  /** By key; those the shop no longer has are among them as long as they are known. */
  readonly byKey: ReadonlyMap<string, ShopArticle>
  /** Key → article number, to be kept. */
  readonly articleIds: Readonly<Record<string, string>>
  readonly skipped: readonly Remark[]
  readonly notes: readonly Remark[]
}

/** Key of a product and combination id. */
export function articleKey(productId: number, combinationId: number): string {
  return `${productId}-${combinationId}`
}

/** Finds out what the shop sells and which article each is. `known` are the numbers given before. */
export function findArticles(
  records: ShopRecords,
  facts: ShopFacts,
  known: Readonly<Record<string, string>>,
  { keyPrefix }: PrestaShopOptions,
): ShopArticles {
  const skipped: Remark[] = []
  const present: Sellable[] = []
  const absent: Sellable[] = []
  const combinationsOf = groupByProduct(Object.values(records.combinations))
  for (const product of Object.values(records.products)) {
    if (!product.gone && product.state === 0) {
      skipped.push({ resource: 'products', id: String(product.id), reason: 'draft' })
      continue
    }
    const combinations = combinationsOf.get(product.id) ?? []
    const sold = product.gone ? [] : combinations.filter(({ gone }) => !gone)
    const simple = sellable(product, null)
    if (!product.gone && sold.length === 0) present.push(simple)
    else if (simple.key in known) absent.push(simple)
    for (const combination of combinations) {
      const variant = sellable(product, combination)
      if (sold.includes(combination)) present.push(variant)
      else if (variant.key in known) absent.push(variant)
    }
  }
  const { articleIds, notes } = numberArticles(present, known, keyPrefix)
  const byKey = new Map<string, ShopArticle>()
  for (const [list, isPresent] of [
    [present, true],
    [absent, false],
  ] as const) {
    for (const one of list) {
      const id = articleIds[one.key]
      if (id !== undefined) byKey.set(one.key, priced(one, id, isPresent, facts))
    }
  }
  return { byKey, articleIds, skipped, notes }
}

function sellable(
  product: RecordOf<'products'>,
  combination: RecordOf<'combinations'> | null,
): Sellable {
  const reference = (combination ?? product).reference
  return { key: articleKey(product.id, combination?.id ?? 0), product, combination, reference }
}

function priced(
  { key, product, combination }: Sellable,
  id: string,
  isPresent: boolean,
  facts: ShopFacts,
): ShopArticle {
  const basePrice = micro(product.price)
  const impact = micro(combination?.price ?? '0')
  const ownEcotax = micro(combination?.ecotax ?? '0')
  const ecotax = facts.usesEcotax ? (ownEcotax > 0n ? ownEcotax : micro(product.ecotax)) : 0n
  const vatRate = facts.vatRates.get(product.id_tax_rules_group) ?? '0'
  return {
    key,
    product,
    combination,
    id,
    isActive: isPresent && product.active,
    basePrice,
    impact,
    ecotax,
    listPrice: atLeastZero(basePrice + impact + ecotax),
    vatRate,
    vat: micro(vatRate),
  }
}

function groupByProduct(
  combinations: readonly RecordOf<'combinations'>[],
): ReadonlyMap<number, readonly RecordOf<'combinations'>[]> {
  const groups = new Map<number, RecordOf<'combinations'>[]>()
  for (const combination of combinations) {
    const group = groups.get(combination.id_product)
    if (group) group.push(combination)
    else groups.set(combination.id_product, [combination])
  }
  return groups
}

function atLeastZero(value: bigint): bigint {
  return value < 0n ? 0n : value
}
