import { sql, type Kysely, type RawBuilder } from 'kysely'
import { todayIn } from '../../domain/calendar'
import { indexPriceRules, type PriceRuleIndex } from '../../domain/pricing/rule-index'
import type {
  PriceQuestion,
  PriceResolution,
  PriceRule,
  ValidDates,
} from '../../domain/pricing/rules'
import type { CalendarDate, UnitPrice } from '../../domain/units'
import type { Database } from '../database/schema'
import { ask, question, type Question } from '../database/together'

/** Whose prices are asked for. */
export type PriceBuyer = PriceQuestion['company']

interface RuleRow {
  readonly kind: PriceRule['kind']
  readonly id: string
  readonly article_id: string | null
  readonly article_group_id: string | null
  readonly company_id: string | null
  readonly customer_group_id: string | null
  readonly price_list_id: string | null
  readonly minimum_quantity: number
  readonly price: number | null
  readonly basis: 'net' | 'gross' | null
  readonly currency: string | null
  readonly rebate: number | null
  readonly net: boolean | null
  readonly campaign: string | null
  readonly source: string | null
  readonly observed_at: Date | null
  readonly valid_from: CalendarDate | null
  readonly valid_to: CalendarDate | null
}

/**
 * The price rules that can count for a buyer and some articles on a day, ready to be asked line by
 * line: one query, however many lines.
 */
export function priceRulesOf(
  buyer: PriceBuyer,
  articles: Iterable<PriceQuestion['article']>,
  date: CalendarDate,
): Question<PriceRuleIndex> {
  const articleIds = new Set<string>()
  const groupIds = new Set<string>()
  for (const { id, groupId } of articles) {
    articleIds.add(id)
    if (groupId !== null) groupIds.add(groupId)
  }
  return rulesBy(buyer, {
    articleIds: sql`${[...articleIds]}::text[]`,
    groupIds: sql`${[...groupIds]}::text[]`,
    date: sql`${date}::date`,
  })
}

/** The same of articles that are known by their ids alone, at an instant of the seller's day. */
export function priceRulesAt(
  buyer: PriceBuyer,
  articleIds: readonly string[],
  now: string,
): Question<PriceRuleIndex> {
  const ids = sql`${articleIds as string[]}::text[]`
  return rulesBy(buyer, {
    articleIds: ids,
    groupIds: sql`(select array_agg(distinct group_id) from article where id = any(${ids}))::text[]`,
    date: sql`(select (${now}::timestamptz at time zone time_zone)::date from seller)`,
  })
}

function rulesBy(
  buyer: PriceBuyer,
  asked: Readonly<Record<'articleIds' | 'groupIds' | 'date', RawBuilder<unknown>>>,
): Question<PriceRuleIndex> {
  const lists = [buyer.priceListId, buyer.groupPriceListId].filter((id) => id !== null)
  const forBuyer = sql`
    (company_id is null or company_id = ${buyer.id})
    and (customer_group_id is null or customer_group_id = ${buyer.customerGroupId})
    and (price_list_id is null or price_list_id = any(${lists}::text[]))
    and (valid_from is null or valid_from <= ${asked.date})
    and (valid_to is null or valid_to >= ${asked.date})`
  const rules = sql<RuleRow>`
    select * from price_rule
    where article_id = any(${asked.articleIds}) and ${forBuyer}
    union all
    select * from price_rule
    where article_id is null
      and (article_group_id is null or article_group_id = any(${asked.groupIds}))
      and ${forBuyer}`
  return question(rules, (rows) => indexPriceRules(rows.map(priceRuleOf)))
}

/**
 * The company's own price of a quantity of an article now, and why; null when there is no such
 * company or article. The price is the company's as such, not that of a contact with another group.
 */
export async function resolveCompanyPrice(
  db: Kysely<Database>,
  asked: {
    readonly companyId: string
    readonly articleId: string
    readonly quantity: number
    readonly now: Date
  },
): Promise<{ readonly resolution: PriceResolution; readonly currency: string } | null> {
  const found = await db
    .selectFrom('company')
    .innerJoin('customer_group', 'customer_group.id', 'company.customer_group_id')
    .innerJoin('article', (join) => join.on('article.id', '=', asked.articleId))
    .innerJoin('seller', (join) => join.onTrue())
    .select([
      'company.id as company_id',
      'company.currency as company_currency',
      'company.customer_group_id',
      'company.price_list_id',
      'customer_group.price_list_id as group_price_list_id',
      'article.id as article_id',
      'article.group_id',
      'article.list_price',
      'article.list_price_basis',
      'article.currency as article_currency',
      'article.vat_rate',
      'seller.time_zone',
      'seller.synced_price_max_age_hours',
    ])
    .where('company.id', '=', asked.companyId)
    .executeTakeFirst()
  if (!found) return null
  const company: PriceBuyer = {
    id: found.company_id,
    customerGroupId: found.customer_group_id,
    priceListId: found.price_list_id,
    groupPriceListId: found.group_price_list_id,
    currency: found.company_currency,
  }
  const article: PriceQuestion['article'] = {
    id: found.article_id,
    groupId: found.group_id,
    listPrice: listPriceOf(found.list_price, found.list_price_basis, found.article_currency),
    vatRate: found.vat_rate,
  }
  const now = asked.now.toISOString()
  const date = todayIn(found.time_zone, now)
  const rules = await ask(db, priceRulesOf(company, [article], date))
  const { quantity } = asked
  const syncedPriceMaxAgeHours = found.synced_price_max_age_hours
  return {
    resolution: rules.resolve({ company, article, quantity, date, now, syncedPriceMaxAgeHours }),
    currency: company.currency,
  }
}

/** An article's list price from its columns. */
export function listPriceOf(
  amount: number | null,
  basis: 'net' | 'gross',
  currency: string,
): UnitPrice | null {
  return amount === null ? null : { amount, basis, currency }
}

/** A row of `price_rule` as the rule it holds. Throws where a column that the kind needs is empty. */
export function priceRuleOf(row: RuleRow): PriceRule {
  const { id } = row
  const minimumQuantity = row.minimum_quantity
  const dates: ValidDates = { from: row.valid_from, to: row.valid_to }
  if (row.kind === 'rebate') {
    return {
      kind: 'rebate',
      id,
      companyId: row.company_id,
      customerGroupId: row.customer_group_id,
      articleId: row.article_id,
      articleGroupId: row.article_group_id,
      minimumQuantity,
      rebate: filled(row, 'rebate'),
      ...dates,
    }
  }
  const price: UnitPrice = {
    amount: filled(row, 'price'),
    basis: filled(row, 'basis'),
    currency: filled(row, 'currency'),
  }
  const priceRow = { id, articleId: filled(row, 'article_id'), minimumQuantity, price, ...dates }
  const buyers = { companyId: row.company_id, customerGroupId: row.customer_group_id }
  switch (row.kind) {
    case 'contract':
      return {
        kind: 'contract',
        ...priceRow,
        companyId: filled(row, 'company_id'),
        net: row.net ?? false,
      }
    case 'price_list':
      return { kind: 'price_list', ...priceRow, priceListId: filled(row, 'price_list_id') }
    case 'campaign':
      return { kind: 'campaign', ...priceRow, ...buyers, campaign: filled(row, 'campaign') }
    case 'synced':
      return {
        kind: 'synced',
        ...priceRow,
        ...buyers,
        source: filled(row, 'source'),
        observedAt: filled(row, 'observed_at').toISOString(),
      }
  }
}

function filled<Column extends keyof RuleRow>(
  row: RuleRow,
  column: Column,
): NonNullable<RuleRow[Column]> {
  const value = row[column]
  if (value === null) throw new Error(`Price rule ${row.kind} ${row.id} has no ${column}.`)
  return value
}
