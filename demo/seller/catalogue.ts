import { masterDataSchemas, type MasterDataInput } from '../../contract/master-data'
import { workingDayFrom } from '../../domain/calendar'
import type { OrderingRight } from '../../domain/company'
import { resolvePrice } from '../../domain/pricing/resolve-price'
import { indexPriceRules } from '../../domain/pricing/rule-index'
import type { PriceQuestion, PriceResolution, PriceRule } from '../../domain/pricing/rules'
import { swedishWorkCalendar } from '../../domain/swedish-holidays'
import type { CalendarDate, Milli } from '../../domain/units'
import type { ArticleSeed } from './articles'
import type { CompanySeed } from './companies'
import type { CustomerGroupSeed } from './customer-groups'
import type { SellerSeed } from './seller'

/** Someone who can send in a document. */
export interface Buyer {
  readonly id: string
  readonly name: string
  readonly right: OrderingRight
  readonly company: CompanySeed
}

/** The shop's view of the seller: who buys, what there is, and what it costs them. */
export interface Catalogue {
  readonly seller: SellerSeed
  /** The day the shop is open on: prices and wished-for dates follow it. */
  readonly today: CalendarDate
  /** People who are let in, at companies that are neither blocked nor closed. */
  readonly buyers: readonly Buyer[]
  findBuyer(companyId: string, name: string): Buyer
  findArticle(id: string): ArticleSeed
  /** What is bought by a trade, by article group; nothing discontinued. */
  articlesIn(groupId: string): readonly ArticleSeed[]
  /** The company's own price today, as the shop shows it. */
  priceOf(company: CompanySeed, article: ArticleSeed, quantity: Milli): PriceResolution
  /** The date itself or the next working day. */
  workingDay(date: CalendarDate): CalendarDate
}

/** Opens the shop on a day, the seller's own unless told otherwise. */
export function openCatalogue(seller: SellerSeed, today = seller.today): Catalogue {
  const companies = new Map(seller.companies.map((company) => [company.row.id, company]))
  const buyers = seller.rows.contact.flatMap((contact) => {
    const company = companies.get(contact.company)
    const isOpen = company?.row.status === 'active' || company?.row.status === 'on_hold'
    if (!company || !isOpen || contact.status === 'disabled') return []
    const group = groupOf(seller, contact.customerGroup ?? company.row.customerGroup)
    return [{ id: contact.id, name: contact.name, right: group.row.orderingRight, company }]
  })
  const articles = new Map(seller.articles.map((article) => [article.id, article]))
  const byGroup = new Map<string, ArticleSeed[]>()
  for (const article of seller.articles) {
    if (article.row.status === 'discontinued') continue
    const list = byGroup.get(article.group.id)
    if (list) list.push(article)
    else byGroup.set(article.group.id, [article])
  }
  const rulesFor = openPriceRules(seller)
  const year = Number(today.slice(0, 4))
  const calendar = swedishWorkCalendar(year, year + 1)
  return {
    seller,
    today,
    buyers,
    findBuyer: (companyId, name) =>
      found(
        buyers.find((buyer) => buyer.company.row.id === companyId && buyer.name === name),
        `${name} at ${companyId}`,
      ),
    findArticle: (id) => found(articles.get(id), id),
    articlesIn: (groupId) => byGroup.get(groupId) ?? [],
    priceOf: (company, article, quantity) => {
      const question = priceQuestion(seller, today, company, article, quantity)
      return resolvePrice(question, rulesFor(question))
    },
    workingDay: (date) => workingDayFrom(date, calendar),
  }
}

function groupOf({ customerGroups }: SellerSeed, id: string): CustomerGroupSeed {
  return found(
    customerGroups.find(({ row }) => row.id === id),
    `customer group ${id}`,
  )
}

function priceQuestion(
  seller: SellerSeed,
  date: CalendarDate,
  { row }: CompanySeed,
  { id, group, listPrice }: ArticleSeed,
  quantity: Milli,
): PriceQuestion {
  return {
    company: {
      id: row.id,
      customerGroupId: row.customerGroup,
      priceListId: row.priceList ?? null,
      groupPriceListId: groupOf(seller, row.customerGroup).row.priceList,
      currency: 'SEK',
    },
    article: {
      id,
      groupId: group.id,
      listPrice:
        listPrice === null ? null : { amount: listPrice * 10_000, basis: 'net', currency: 'SEK' },
      // Every price here is without VAT, so the rate plays no part.
      vatRate: 0,
    },
    quantity,
    date,
    now: seller.now,
    syncedPriceMaxAgeHours: null,
  }
}

/**
 * The price rules, read back through the door they go in by, so that the shop and the gateway see the
 * same. That takes time by the thousand, so an article's rows are parsed when it is first asked for.
 */
function openPriceRules({ rows }: SellerSeed): (question: PriceQuestion) => PriceRule[] {
  const contracts = groupByArticle(rows.contract_price)
  const lists = groupByArticle(rows.price_list_price)
  const campaigns = groupByArticle(rows.campaign_price)
  const parsed = new Map<string, readonly PriceRule[]>()
  const articleRules = (article: string) => {
    let rules = parsed.get(article)
    if (!rules) {
      rules = [
        ...(contracts.get(article) ?? []).map(contractRule),
        ...(lists.get(article) ?? []).map(listRule),
        ...(campaigns.get(article) ?? []).map(campaignRule),
      ]
      parsed.set(article, rules)
    }
    return rules
  }
  const rebates = indexPriceRules(rows.rebate.map(rebateRule))
  return (question) => [...articleRules(question.article.id), ...rebates.rulesFor(question)]
}

function contractRule(input: MasterDataInput<'contract_price'>): PriceRule {
  const row = masterDataSchemas.contract_price.parse(input)
  return { kind: 'contract', companyId: row.company, net: row.net, ...priceFields(row) }
}

function listRule(input: MasterDataInput<'price_list_price'>): PriceRule {
  const row = masterDataSchemas.price_list_price.parse(input)
  return { kind: 'price_list', priceListId: row.priceList, ...priceFields(row) }
}

function campaignRule(input: MasterDataInput<'campaign_price'>): PriceRule {
  const row = masterDataSchemas.campaign_price.parse(input)
  const { campaign, customerGroup: customerGroupId, company: companyId } = row
  return { kind: 'campaign', campaign, customerGroupId, companyId, ...priceFields(row) }
}

function rebateRule(input: MasterDataInput<'rebate'>): PriceRule {
  const row = masterDataSchemas.rebate.parse(input)
  return {
    kind: 'rebate',
    id: row.id,
    companyId: row.company,
    customerGroupId: row.customerGroup,
    articleId: row.article,
    articleGroupId: row.articleGroup,
    minimumQuantity: row.minimumQuantity,
    rebate: row.rebate,
    from: row.from,
    to: row.to,
  }
}

function priceFields(row: {
  readonly id: string
  readonly article: string
  readonly minimumQuantity: number
  readonly price: number
  readonly basis: 'net' | 'gross'
  readonly currency: string
  readonly from: CalendarDate | null
  readonly to: CalendarDate | null
}) {
  return {
    id: row.id,
    articleId: row.article,
    minimumQuantity: row.minimumQuantity,
    price: { amount: row.price, basis: row.basis, currency: row.currency },
    from: row.from,
    to: row.to,
  }
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the demo seller has no ${what}`)
  return value
}

function groupByArticle<T extends { readonly article: string }>(
  rows: readonly T[],
): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(row.article)
    if (group) group.push(row)
    else groups.set(row.article, [row])
  }
  return groups
}
