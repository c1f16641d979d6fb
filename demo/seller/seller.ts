import type { MasterDataInput } from '../../contract/master-data'
import { swedishHolidays, swedishWorkCalendar } from '../../domain/swedish-holidays'
import type { CalendarDate, Instant } from '../../domain/units'
import { makeArticles, makeGroupRows, type ArticleSeed } from './articles'
import { makeCompanies, type CompanySeed } from './companies'
import { makeContacts } from './contacts'
import { makeCustomerGroups, type CustomerGroupSeed } from './customer-groups'
import { holidayNames } from './data/holiday-names'
import { warehouses } from './data/warehouses'
import { makePriceListRows, makePrices } from './prices'
import { makeStock } from './stock'
import type { DemoOptions, DemoRows } from './types'

/** What is counted in warehouses, apart from the rest: most of the rows, and nothing a shop draws from. */
type StockKind = 'balance' | 'backlog' | 'inbound'

/** The seller without its stock: the rows it is loaded from, and the seeds that documents are drawn from. */
export interface SellerSeed {
  readonly seed: number
  readonly today: CalendarDate
  readonly now: Instant
  readonly articles: readonly ArticleSeed[]
  readonly companies: readonly CompanySeed[]
  readonly customerGroups: readonly CustomerGroupSeed[]
  readonly rows: Omit<DemoRows, StockKind>
}

/** Makes the demo seller. Only dates depend on `today`, and what VAT food carries. */
export function makeSeller({
  seed,
  today,
  now = `${today}T13:05:00.000Z`,
}: DemoOptions): SellerSeed {
  const articles = makeArticles(seed, today)
  const companies = makeCompanies(seed)
  const contacts = makeContacts(seed, companies)
  const customerGroups = makeCustomerGroups(contacts)
  return {
    seed,
    today,
    now,
    articles,
    companies,
    customerGroups,
    rows: {
      holiday: makeHolidayRows(...yearsAround(today)),
      warehouse: warehouses.map(({ id, name, openToWebshop, priority }) => ({
        id,
        name,
        openToWebshop,
        priority,
      })),
      article_group: makeGroupRows(),
      article: articles.map(({ row }) => row),
      price_list: makePriceListRows(),
      customer_group: customerGroups.map(({ row }) => row),
      company: companies.map(({ row }) => row),
      address: companies.flatMap(({ addresses }) => addresses),
      contact: contacts,
      ...makePrices(seed, today, { articles, companies, customerGroups }),
      // This seller is master of its own prices.
      synced_price: [],
    },
  }
}

/** What stands in the warehouses, as the ERP reported it a while before now. */
export function makeSellerStock({
  seed,
  today,
  now,
  articles,
}: SellerSeed): Pick<DemoRows, StockKind> {
  const calendar = swedishWorkCalendar(...yearsAround(today))
  const observedAt = new Date(Date.parse(now) - 40 * 60_000).toISOString()
  return makeStock(seed, articles, { today, calendar, observedAt })
}

function yearsAround(today: CalendarDate): [from: number, to: number] {
  const year = Number(today.slice(0, 4))
  return [year - 1, year + 2]
}

function makeHolidayRows(fromYear: number, toYear: number): MasterDataInput<'holiday'>[] {
  const names = new Map<CalendarDate, string>()
  for (let year = fromYear; year <= toYear; year++) {
    for (const { date, holiday } of swedishHolidays(year)) {
      // Two may fall on one day; the calendar has one row a day.
      const earlier = names.get(date)
      names.set(date, earlier ? `${earlier}, ${holidayNames[holiday]}` : holidayNames[holiday])
    }
  }
  return [...names].map(([date, name]) => ({ date, name }))
}
