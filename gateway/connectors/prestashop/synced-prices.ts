import type { MasterDataInput } from '../../../contract/master-data'
import type { ShopArticle, ShopArticles } from './articles'
import { shiftDate } from './clock'
import { customerGroupKey } from './customer-groups'
import type { ShopCompany } from './customer-rows'
import { lessPart, micro, printMicro } from './figures'
import type { PrestaShopOptions } from './options'
import type { Remark } from './report'
import type { ShopFacts } from './shop-facts'
import {
  appliesToArticle,
  appliesToAudience,
  breakOf,
  compareSpecificity,
  netPrice,
  type PriceAudience,
  type SpecificPrice,
} from './specific-prices'

/** Someone with prices of their own: a company, a group, or everyone else. */
interface Audience extends PriceAudience {
  /** Part of the row's key: `all`, `g3`, `c12`. */
  readonly name: string
  readonly company: string | null
  readonly customerGroup: string | null
  /** The group's reduction, as a part in micro. */
  readonly reduction: bigint
}

/** From a day to a day, both included; null is open-ended. */
interface Span {
  readonly from: string | null
  readonly to: string | null
}

interface PricedSpan extends Span {
  readonly price: bigint
}

/**
 * What the shop's specific prices come to, worked out for everyone they make a difference to. The
 * shop lets exactly one of them win by an order of its own, and then takes the group's reduction off,
 * so the outcome is what is carried over, as prices the shop is master of: whoever has rows of their
 * own has all of them, for every quantity and day, and needs no others.
 */
export function syncedPriceRows(
  prices: readonly SpecificPrice[],
  articles: ShopArticles,
  companies: readonly ShopCompany[],
  facts: ShopFacts,
  options: PrestaShopOptions,
  observedAt: string,
): {
  readonly rows: readonly MasterDataInput<'synced_price'>[]
  readonly notes: readonly Remark[]
} {
  const rows: MasterDataInput<'synced_price'>[] = []
  const { forProduct, forAll } = shelve(prices)
  const groups = priceGroups(facts, options)
  const companyOf = new Map(
    companies.flatMap((company) => company.customers.map(({ id }) => [id, company] as const)),
  )
  for (const article of articles.byKey.values()) {
    if (!article.isActive) continue
    const candidates = [...(forProduct.get(article.product.id) ?? []), ...forAll].filter((price) =>
      appliesToArticle(price, article),
    )
    if (candidates.length === 0) continue
    candidates.sort((a, b) => compareSpecificity(a, b, facts))
    for (const audience of audiencesOf(candidates, companyOf, groups)) {
      const heard = candidates.filter((price) => appliesToAudience(price, audience))
      for (const { minimumQuantity, span } of priceSteps(heard, article, audience)) {
        const { name, company, customerGroup } = audience
        const { key } = article
        rows.push({
          id: `${options.keyPrefix}-price-${key}-${name}-${minimumQuantity}-${span.from ?? 'open'}`,
          article: article.id,
          minimumQuantity,
          price: printMicro(span.price),
          basis: 'net',
          currency: facts.currency,
          from: span.from,
          to: span.to,
          company,
          customerGroup,
          source: options.source,
          observedAt,
        })
      }
    }
  }
  return { rows, notes: sharedByContacts(prices, companyOf) }
}

function shelve(prices: readonly SpecificPrice[]) {
  const forProduct = new Map<number, SpecificPrice[]>()
  const forAll: SpecificPrice[] = []
  for (const price of prices) {
    const shelf = forProduct.get(price.id_product)
    if (price.id_product === 0) forAll.push(price)
    else if (shelf) shelf.push(price)
    else forProduct.set(price.id_product, [price])
  }
  return { forProduct, forAll }
}

const nobody = { company: null, customerGroup: null, customerIds: [] }
const everyone: Audience = { ...nobody, name: 'all', groupId: 0, reduction: 0n }

function priceGroups(
  { groups }: ShopFacts,
  options: PrestaShopOptions,
): ReadonlyMap<number, Audience> {
  const audiences = Object.values(groups).map(({ id, reduction }): [number, Audience] => {
    const customerGroup = customerGroupKey(id, options)
    // Per cent → a part.
    const part = micro(reduction) / 100n
    return [id, { ...nobody, name: `g${id}`, customerGroup, groupId: id, reduction: part }]
  })
  return new Map(audiences)
}

/** Everyone for whom the candidates may come to something else than for anyone. */
function audiencesOf(
  candidates: readonly SpecificPrice[],
  companyOf: ReadonlyMap<number, ShopCompany>,
  groups: ReadonlyMap<number, Audience>,
): readonly Audience[] {
  const named = new Set(candidates.map(({ id_group }) => id_group))
  const companies = new Set(
    candidates.flatMap(({ id_customer }) => companyOf.get(id_customer) ?? []),
  )
  return [
    everyone,
    ...[...groups.values()].filter(
      ({ groupId, reduction }) => reduction !== 0n || named.has(groupId),
    ),
    ...[...companies].map(({ id, groupId, customers }) => ({
      name: `c${id}`,
      company: id,
      customerGroup: null,
      groupId,
      customerIds: customers.map((customer) => customer.id),
      reduction: groups.get(groupId)?.reduction ?? 0n,
    })),
  ]
}

/** The price of each quantity break and span of days. `heard` is in order of precedence. */
function* priceSteps(
  heard: readonly SpecificPrice[],
  article: ShopArticle,
  { reduction }: Audience,
): Generator<{ readonly minimumQuantity: number; readonly span: PricedSpan }> {
  const quantities = [...new Set(heard.map(breakOf))].sort((a, b) => a - b)
  const spans = spansOf(heard)
  for (const minimumQuantity of quantities) {
    const priced = spans.flatMap((span): readonly PricedSpan[] => {
      const winner = heard.find(
        (price) => breakOf(price) <= minimumQuantity && coversSpan(price, span),
      )
      return winner ? [{ ...span, price: lessPart(netPrice(winner, article), reduction) }] : []
    })
    for (const span of joinEqual(priced)) yield { minimumQuantity, span }
  }
}

/** The days from first to last, cut wherever a price begins or ends. */
function spansOf(prices: readonly SpecificPrice[]): readonly Span[] {
  const starts = new Set<string>()
  for (const { firstDay, lastDay } of prices) {
    if (firstDay !== null) starts.add(firstDay)
    if (lastDay !== null) starts.add(shiftDate(lastDay, 1))
  }
  const cuts = [null, ...[...starts].sort()]
  return cuts.map((from, index) => {
    const next = cuts[index + 1]
    return { from, to: next ? shiftDate(next, -1) : null }
  })
}

/** Spans are cut at every edge, so that one is covered as a whole or not at all. */
function coversSpan({ firstDay, lastDay }: SpecificPrice, { from, to }: Span): boolean {
  const begins = firstDay === null || (from !== null && firstDay <= from)
  return begins && (lastDay === null || (to !== null && to <= lastDay))
}

function joinEqual(spans: readonly PricedSpan[]): readonly PricedSpan[] {
  const joined: PricedSpan[] = []
  for (const span of spans) {
    const last = joined.at(-1)
    const touches = last?.to != null && span.from === shiftDate(last.to, 1)
    if (last && touches && last.price === span.price)
      joined[joined.length - 1] = { ...last, to: span.to }
    else joined.push(span)
  }
  return joined
}

function sharedByContacts(
  prices: readonly SpecificPrice[],
  companyOf: ReadonlyMap<number, ShopCompany>,
): readonly Remark[] {
  return prices
    .filter(({ id_customer }) => (companyOf.get(id_customer)?.customers.length ?? 0) > 1)
    .map(({ id }) => ({
      resource: 'specific_prices',
      id: String(id),
      reason: 'price_of_one_contact',
    }))
}

/** A group's reduction, which comes off whatever no specific price says otherwise about. */
export function rebateRows(
  facts: ShopFacts,
  options: PrestaShopOptions,
): readonly MasterDataInput<'rebate'>[] {
  return Object.values(facts.groups)
    .filter(({ reduction }) => micro(reduction) > 0n)
    .map(({ id, reduction }) => ({
      id: `${options.keyPrefix}-reduction-${id}`,
      customerGroup: customerGroupKey(id, options),
      rebate: reduction,
    }))
}
