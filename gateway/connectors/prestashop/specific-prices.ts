import type { ShopArticle } from './articles'
import { shiftDate } from './clock'
import { lessPart, micro, withoutVat } from './figures'
import type { Remark, RemarkReason } from './report'
import type { RecordOf } from './resources'
import type { ShopFacts } from './shop-facts'

type Row = RecordOf<'specific_prices'>

/** A specific price that can hold in Kontor, with its dates as whole days. */
export interface SpecificPrice extends Row {
  /** First and last day it holds; null is open-ended. */
  readonly firstDay: string | null
  readonly lastDay: string | null
  /** In micro: the price of its own, null when it keeps the product's, and what comes off. */
  readonly ownPrice: bigint | null
  readonly off: bigint
}

export interface SiftedPrices {
  readonly prices: readonly SpecificPrice[]
  readonly skipped: readonly Remark[]
  readonly notes: readonly Remark[]
}

/** What a specific price may refer to. */
export interface KnownToPrices {
  readonly facts: ShopFacts
  hasProduct(productId: number, combinationId: number): boolean
  hasCustomer(customerId: number): boolean
}

/** Keeps the prices that hold in this shop, for its own currency and country; tells of all others. */
export function siftPrices(rows: readonly Row[], known: KnownToPrices): SiftedPrices {
  const prices: SpecificPrice[] = []
  const skipped: Remark[] = []
  const notes: Remark[] = []
  for (const row of rows) {
    const about = { resource: 'specific_prices', id: String(row.id) }
    const days = { firstDay: firstDayFrom(row.from), lastDay: lastDayUntil(row.to) }
    const reason = reasonToSkip(row, days, known)
    if (reason) {
      skipped.push({ ...about, reason })
      continue
    }
    if (startsWithinDay(row.from) || endsWithinDay(row.to)) {
      notes.push({ ...about, reason: 'price_from_time_of_day' })
    }
    const ownPrice = micro(row.price)
    const off = micro(row.reduction)
    prices.push({ ...row, ...days, ownPrice: ownPrice < 0n ? null : ownPrice, off })
  }
  return { prices, skipped, notes }
}

function reasonToSkip(
  row: Row,
  { firstDay, lastDay }: Pick<SpecificPrice, 'firstDay' | 'lastDay'>,
  { facts, hasProduct, hasCustomer }: KnownToPrices,
): RemarkReason | null {
  const isOf = (value: number, own: number) => value === 0 || value === own
  if (!isOf(row.id_shop, facts.shopId) || !isOf(row.id_shop_group, facts.shopGroupId)) {
    return 'price_of_other_shop'
  }
  if (!isOf(row.id_currency, facts.currencyId)) return 'price_in_other_currency'
  if (!isOf(row.id_country, facts.countryId)) return 'price_in_other_country'
  if (row.id_product !== 0 && !hasProduct(row.id_product, row.id_product_attribute)) {
    return 'price_of_unknown_product'
  }
  if (row.id_customer !== 0 && !hasCustomer(row.id_customer)) return 'price_of_unknown_customer'
  if (row.id_group !== 0 && !facts.groups[row.id_group]) return 'price_of_unknown_group'
  if (!['amount', 'percentage'].includes(row.reduction_type)) return 'price_kind_unknown'
  if (firstDay !== null && lastDay !== null && firstDay > lastDay) return 'price_never_valid'
  return null
}

function firstDayFrom(moment: string | null): string | null {
  return moment?.slice(0, 10) ?? null
}

/** The shop compares to the second: what ends at midnight does not hold on that day. */
function lastDayUntil(moment: string | null): string | null {
  if (moment === null) return null
  const date = moment.slice(0, 10)
  return moment.endsWith(' 00:00:00') ? shiftDate(date, -1) : date
}

function startsWithinDay(moment: string | null): boolean {
  return moment !== null && !moment.endsWith(' 00:00:00')
}

function endsWithinDay(moment: string | null): boolean {
  return moment !== null && !/ (?:00:00:00|23:59:\d\d)$/.test(moment)
}

/** Who asks for a price: group and customers are 0 and none for anyone. */
export interface PriceAudience {
  readonly groupId: number
  readonly customerIds: readonly number[]
}

export function appliesToAudience(price: SpecificPrice, audience: PriceAudience): boolean {
  return (
    (price.id_group === 0 || price.id_group === audience.groupId) &&
    (price.id_customer === 0 || audience.customerIds.includes(price.id_customer))
  )
}

export function appliesToArticle(price: SpecificPrice, article: ShopArticle): boolean {
  return (
    (price.id_product === 0 || price.id_product === article.product.id) &&
    (price.id_product_attribute === 0 ||
      price.id_product_attribute === (article.combination?.id ?? 0))
  )
}

/**
 * The shop's own order of precedence, best first: the combination's before the product's, the larger
 * quantity, a price made by hand before one made by a catalogue rule, then by whom it names, then the
 * later end and the later start. Only one specific price ever holds; they do not add up.
 * From PrestaShop's `SpecificPrice::getSpecificPrice`; equal ones go by id, where the shop leaves it open.
 */
export function compareSpecificity(
  a: SpecificPrice,
  b: SpecificPrice,
  { pricePriorities }: ShopFacts,
): number {
  const fields = ['id_customer', ...pricePriorities]
  const score = (price: SpecificPrice) =>
    fields.reduce((sum, field) => sum * 2 + (Number(price[field as keyof Row] ?? 0) > 0 ? 1 : 0), 0)
  const later = (x: string | null, y: string | null) =>
    (x ?? '') < (y ?? '') ? 1 : x === y ? 0 : -1
  return (
    b.id_product_attribute - a.id_product_attribute ||
    b.from_quantity - a.from_quantity ||
    a.id_specific_price_rule - b.id_specific_price_rule ||
    score(b) - score(a) ||
    later(a.to, b.to) ||
    later(a.from, b.from) ||
    a.id - b.id
  )
}

/** The quantity from which it holds; one and none are the same. */
export function breakOf({ from_quantity }: SpecificPrice): number {
  return from_quantity > 1 ? from_quantity : 0
}

/**
 * The article's net price by a specific price, in micro. A price of its own stands for the product's
 * (−1 keeps it) and gets the combination's impact unless it is the combination's own; an amount comes
 * off with or without VAT; a part comes off the whole, ecotax included.
 * From PrestaShop's `Product::priceCalculation`.
 */
export function netPrice(price: SpecificPrice, article: ShopArticle): bigint {
  const { ownPrice, off } = price
  const isOfCombination = ownPrice !== null && price.id_product_attribute !== 0
  const impact = isOfCombination ? 0n : article.impact
  const full = (ownPrice ?? article.basePrice) + impact + article.ecotax
  const net =
    price.reduction_type === 'percentage'
      ? lessPart(full, off)
      : full - (price.reduction_tax ? withoutVat(off, article.vat) : off)
  return net < 0n ? 0n : net
}
