import type { MasterDataInput } from '../../contract/master-data'
import { addDays } from '../../domain/calendar'
import { printDecimal } from '../../domain/money/decimal'
import type { CalendarDate } from '../../domain/units'
import { kronor, roundPrice, type ArticleSeed } from './articles'
import type { CompanySeed } from './companies'
import type { CustomerGroupSeed } from './customer-groups'
import { campaigns, priceLists } from './data/customer-groups'
import { groups } from './data/groups'
import { stagedContracts } from './data/staged-prices'
import { trades } from './data/trades'
import { createRandom, type Random } from './random'

type PriceRows = Pick<
  {
    [K in 'contract_price' | 'price_list_price' | 'campaign_price' | 'rebate']: MasterDataInput<K>[]
  },
  'contract_price' | 'price_list_price' | 'campaign_price' | 'rebate'
>

interface PriceParties {
  readonly articles: readonly ArticleSeed[]
  readonly companies: readonly CompanySeed[]
  readonly customerGroups: readonly CustomerGroupSeed[]
}

/** Every price rule. What is given away is a share of the margin, so that nothing is sold at a loss. */
export function makePrices(
  seed: number,
  today: CalendarDate,
  { articles, companies, customerGroups }: PriceParties,
): PriceRows {
  const open = articles.filter(({ id, listPrice }) => listPrice !== null && !stagedArticles.has(id))
  const newYear = `${today.slice(0, 4)}-01-01`
  return {
    contract_price: contractPrices(seed, newYear, open, companies),
    price_list_price: priceListPrices(seed, newYear, open),
    campaign_price: campaignPrices(seed, today, open, customerGroups),
    rebate: [
      ...groupRebates(seed, newYear, customerGroups),
      ...companyRebates(seed, newYear, companies),
      ...stagedRebates(newYear),
    ],
  }
}

export function makePriceListRows(): MasterDataInput<'price_list'>[] {
  return priceLists.map(({ id, name }) => ({ id, name, currency: 'SEK' }))
}

/** Articles whose prices the scenes of the first inbox fix: no drawn rule may touch them. */
const stagedArticles: ReadonlySet<string> = new Set(stagedContracts.map(({ article }) => article))

function reduced(article: ArticleSeed, share: number): string {
  const { cost, listPrice } = article
  if (listPrice === null) throw new Error(`${article.id} has no list price`)
  // Rounded like any price, and at least a little above cost.
  return kronor(
    Math.max(roundPrice(listPrice - (listPrice - cost) * share), Math.ceil(cost * 1.03)),
  )
}

function priceListPrices(
  seed: number,
  from: CalendarDate,
  articles: readonly ArticleSeed[],
): MasterDataInput<'price_list_price'>[] {
  const random = createRandom(seed, 'price lists')
  return priceLists.flatMap(({ id: priceList, share, sells }) => {
    const sold = new Set(sells.split(' '))
    return articles
      .filter(({ group }) => sold.has(group.id) && random.chance(0.55))
      .flatMap((article) => {
        const row = { article: article.id, priceList, currency: 'SEK', from }
        const single = { ...row, id: `${priceList}/${article.id}`, price: reduced(article, share) }
        if (!random.chance(0.18)) return [single]
        const minimumQuantity = printDecimal(breakQuantity(article, random), 3)
        const price = reduced(article, share + 0.1)
        return [single, { ...row, id: `${single.id}/${minimumQuantity}`, minimumQuantity, price }]
      })
  })
}

/** From where a lower price counts: a fair number of packs, more of them the cheaper the article. */
function breakQuantity(article: ArticleSeed, random: Random): number {
  const packs = article.cost < 2_000 ? random.pick([10, 20]) : random.pick([5, 10])
  return Math.max(article.step * packs, article.minimum * 2)
}

function contractPrices(
  seed: number,
  from: CalendarDate,
  articles: readonly ArticleSeed[],
  companies: readonly CompanySeed[],
): MasterDataInput<'contract_price'>[] {
  const random = createRandom(seed, 'contracts')
  const staged = stagedContracts.map(({ company, article, price, net }) => ({
    id: `A-${company}/${article}`,
    company,
    article,
    price: kronor(price),
    currency: 'SEK',
    net,
    from,
  }))
  const candidates = new Map(
    trades.map(({ id, buys }) => {
      const bought = new Set(buys)
      return [id, articles.filter(({ group }) => bought.has(group.id))]
    }),
  )
  const drawn = companies
    .filter(({ row }) => row.status !== 'closed' && random.chance(0.35))
    .flatMap(({ row, trade }) => {
      const bought = candidates.get(trade.id) ?? []
      return random.sample(bought, random.whole(6, 22)).map((article) => ({
        id: `A-${row.id}/${article.id}`,
        company: row.id,
        article: article.id,
        price: reduced(article, 0.3 + random.next() * 0.25),
        currency: 'SEK',
        net: random.chance(0.4),
        from,
        ...(random.chance(0.2) ? { to: `${from.slice(0, 4)}-12-31` } : {}),
      }))
    })
  return [...staged, ...drawn]
}

function campaignPrices(
  seed: number,
  today: CalendarDate,
  articles: readonly ArticleSeed[],
  customerGroups: readonly CustomerGroupSeed[],
): MasterDataInput<'campaign_price'>[] {
  const random = createRandom(seed, 'campaigns')
  return campaigns.flatMap(({ name, from, to, group, sells, articles: count }) => {
    const sold = new Set(sells.split(' '))
    const candidates = articles.filter((article) => sold.has(article.group.id))
    const audiences = group === null ? [null] : groupsPricedAs(group, customerGroups)
    return random.sample(candidates, count).flatMap((article) =>
      audiences.map((customerGroup) => ({
        id: `K-${name}/${article.id}${customerGroup === null ? '' : `/${customerGroup}`}`,
        article: article.id,
        campaign: name,
        customerGroup,
        price: reduced(article, 0.45),
        currency: 'SEK',
        from: addDays(today, from),
        to: addDays(today, to),
      })),
    )
  })
}

function groupsPricedAs(group: string, customerGroups: readonly CustomerGroupSeed[]): string[] {
  return customerGroups.filter(({ pricesOf }) => pricesOf === group).map(({ row }) => row.id)
}

/** The rebate matrix: each customer group's rebate per article group, more of it by the box. */
function groupRebates(
  seed: number,
  from: CalendarDate,
  customerGroups: readonly CustomerGroupSeed[],
): MasterDataInput<'rebate'>[] {
  const random = createRandom(seed, 'group rebates')
  const companyGroups = customerGroups.filter(({ row, pricesOf }) => row.id === pricesOf)
  return companyGroups.flatMap(({ row: { id: companyGroup } }) =>
    groups
      .filter(() => random.chance(0.5))
      .flatMap(({ id: articleGroup, margin }) => {
        const steps = [{ minimumQuantity: '0', rebate: percent(margin, 0.1) }]
        if (bulkGroups.has(articleGroup)) {
          steps.push({ minimumQuantity: '1000', rebate: percent(margin, 0.16) })
        }
        return groupsPricedAs(companyGroup, customerGroups).flatMap((customerGroup) =>
          steps.map(({ minimumQuantity, rebate }) => ({
            id: `R-${customerGroup}/${articleGroup}/${minimumQuantity}`,
            customerGroup,
            articleGroup,
            minimumQuantity,
            rebate,
            from,
          })),
        )
      }),
  )
}

/** Small things that are bought by the thousand. */
const bulkGroups: ReadonlySet<string> = new Set(['maskinskruv', 'plugg', 'installationskabel'])

/** Rebates agreed with single companies. */
function companyRebates(
  seed: number,
  from: CalendarDate,
  companies: readonly CompanySeed[],
): MasterDataInput<'rebate'>[] {
  const random = createRandom(seed, 'company rebates')
  return companies
    .filter(({ row, featured }) => !featured && row.status === 'active' && random.chance(0.2))
    .flatMap(({ row, trade }) =>
      [...new Set(random.sample(trade.buys, 3))].map((articleGroup) => ({
        id: `R-${row.id}/${articleGroup}`,
        company: row.id,
        articleGroup,
        rebate: percent(groups.find(({ id }) => id === articleGroup)?.margin ?? 20, 0.16),
        from,
      })),
    )
}

/** A share of a margin as whole per cent, at least one. */
function percent(margin: number, share: number): string {
  return String(Math.max(1, Math.floor(margin * share)))
}

function stagedRebates(from: CalendarDate): MasterDataInput<'rebate'>[] {
  return stagedContracts
    .filter(({ rebate }) => rebate !== undefined)
    .map(({ company, article, rebate }) => ({
      id: `R-${company}/${article}`,
      company,
      article,
      rebate: String(rebate),
      from,
    }))
}
