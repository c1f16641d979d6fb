import type { MasterDataInput } from '../../../contract/master-data'
import type { ShopArticle } from './articles'
import { micro, printMicro, timesMicro } from './figures'
import type { PrestaShopOptions } from './options'
import type { ExternalLink } from './report'
import type { RecordOf } from './resources'
import type { ShopFacts } from './shop-facts'
import { bothNames } from './texts'

/**
 * The article as Kontor keeps it. The list price is what the shop computes before any reduction: the
 * product's price, the combination's impact and the ecotax, without VAT, to the last decimal.
 */
export function articleRow(
  article: ShopArticle,
  facts: ShopFacts,
  options: PrestaShopOptions,
): MasterDataInput<'article'> {
  const { product, combination } = article
  const ownCost = combination?.wholesale_price ?? '0'
  const cost = micro(ownCost) > 0n ? ownCost : product.wholesale_price
  const minimum = (combination ?? product).minimal_quantity
  const hasGroup = isArticleGroup(facts.categories[product.id_category_default])
  return {
    id: article.id,
    ...articleNames(article, facts),
    unit: options.unit,
    precision: 0,
    packMultiple: 0,
    // One is what any order holds at least.
    minimumQuantity: minimum > 1 ? minimum : 0,
    group: hasGroup ? articleGroupId(product.id_category_default, options) : null,
    vatRate: article.vatRate,
    listPrice: printMicro(article.listPrice),
    basis: 'net',
    currency: facts.currency,
    cost: micro(cost) > 0n ? cost : null,
    supplier: facts.suppliers[product.id_supplier]?.name || null,
    weightGrams: weightGrams(article, facts),
    status: article.isActive ? 'active' : 'discontinued',
  }
}

/** `T-shirt, S, White`: the product's name, and what the combination chooses, by attribute. */
function articleNames({ product, combination, id }: ShopArticle, facts: ShopFacts) {
  const choices = (combination?.product_option_values ?? [])
    .flatMap((value) => facts.optionValues[value] ?? [])
    .sort((a, b) => a.id_attribute_group - b.id_attribute_group || a.id - b.id)
    .map(({ name }) => bothNames(name, facts))
  const name = bothNames(product.name, facts)
  const joined = (parts: readonly string[]) => clip(parts.filter(Boolean).join(', '))
  return {
    // A product without a name is refused by no one in the shop, but nameless it could not be found.
    nameSv: joined([name.nameSv || id, ...choices.map(({ nameSv }) => nameSv)]),
    nameEn:
      name.nameEn &&
      joined([name.nameEn, ...choices.map(({ nameSv, nameEn }) => nameEn ?? nameSv)]),
  }
}

const longestName = 200

function clip(name: string): string {
  return name.length <= longestName ? name : `${name.slice(0, longestName - 1).trimEnd()}…`
}

function weightGrams({ product, combination }: ShopArticle, facts: ShopFacts): number | null {
  const weight = micro(product.weight) + micro(combination?.weight ?? '0')
  if (facts.gramsPerWeight === null || weight <= 0n) return null
  const perUnit = BigInt(Math.round(facts.gramsPerWeight * 1_000_000))
  const inMicroGrams = timesMicro(weight, perUnit)
  return Math.round(Number(inMicroGrams) / 1_000_000)
}

/** Every category but the roots, which hold all there is. */
export function articleGroupRows(
  facts: ShopFacts,
  options: PrestaShopOptions,
): readonly MasterDataInput<'article_group'>[] {
  return Object.values(facts.categories)
    .filter(isArticleGroup)
    .map(({ id, name }) => {
      const names = bothNames(name, facts)
      const own = articleGroupId(id, options)
      return {
        id: own,
        nameSv: clip(names.nameSv || own),
        nameEn: names.nameEn && clip(names.nameEn),
      }
    })
}

export function articleLink({ id, product, combination }: ShopArticle): ExternalLink {
  return { kind: 'article', externalId: `${product.id}:${combination?.id ?? 0}`, id }
}

function isArticleGroup(category: RecordOf<'categories'> | undefined): boolean {
  return category !== undefined && category.id_parent !== 0
}

function articleGroupId(category: number, { keyPrefix }: PrestaShopOptions): string {
  return `${keyPrefix}-category-${category}`
}
