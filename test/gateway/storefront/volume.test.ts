import { afterAll, beforeAll, expect, test } from 'vitest'
import { maximumLines } from '../../../contract/storefront'
import { ask } from '../../../gateway/database/together'
import { priceRulesOf } from '../../../gateway/requisitions/load-prices'
import { line, submitted } from './documents'
import { insertPriceRules } from './price-rules'
import { NOON } from './seller-data'
import { Webshop } from './webshop'

const articles = 4_000

let shop: Webshop
beforeAll(async () => {
  shop = await Webshop.open({ now: () => NOON })
  const ids = Array.from({ length: articles }, (_, index) => `A-${index}`)
  for (let start = 0; start < articles; start += 1_000) {
    await shop.db
      .insertInto('article')
      .values(
        ids.slice(start, start + 1_000).map((id) => ({
          id,
          name_sv: `Artikel ${id} i rostfritt stål`,
          name_en: `Article ${id} in stainless steel`,
          unit: 'st',
          precision: 0 as const,
          pack_multiple: 0,
          minimum_quantity: 0,
          group_id: 'fittings',
          vat_rate: 250_000,
          list_price: 1_000_000,
          list_price_basis: 'net' as const,
          currency: 'SEK',
          cost: null,
          supplier: null,
          weight_grams: null,
          status: 'active' as const,
        })),
      )
      .execute()
  }
  // Each article has a price of the group's list, a contract of its own and one of someone else's.
  await insertPriceRules(
    shop.db,
    ids.flatMap((article_id) => [
      {
        kind: 'price_list',
        id: `l-${article_id}`,
        article_id,
        price_list_id: 'trade-list',
        price: 900_000,
      },
      { kind: 'contract', id: `c-${article_id}`, article_id, company_id: 'berg', price: 800_000 },
      { kind: 'contract', id: `o-${article_id}`, article_id, company_id: 'alm', price: 1_000 },
    ]),
  )
  await shop.db
    .updateTable('customer_group')
    .set({ limit_per_order: null, limit_per_period: null })
    .execute()
})
afterAll(() => shop.close())

function lines(count: number) {
  return Array.from({ length: count }, (_, index) =>
    line({
      id: `row-${index}`,
      article: `A-${index % articles}`,
      quantity: 1 + (index % 9),
      price: { amount: '0.80' },
      comment: `Rad ${index}`,
    }),
  )
}

/** Seconds of this process's time: how busy the machine is with other things does not count. */
async function cpuSeconds<T>(work: () => Promise<T>): Promise<[T, number]> {
  const start = process.cpuUsage()
  const value = await work()
  const { user, system } = process.cpuUsage(start)
  return [value, (user + system) / 1e6]
}

test('a document of 10,000 lines is taken in and priced, and known when it comes again', async () => {
  const sent = submitted({ id: 'huge-1', lines: lines(maximumLines) })
  const [answer, seconds] = await cpuSeconds(() => shop.send(sent))
  expect(answer.status).toBe(202)
  // About one on the slowest machine; what grows with the square of the lines is far past it.
  expect(seconds).toBeLessThan(6)
  const { body } = await shop.db
    .selectFrom('requisition')
    .select('body')
    .where('document_id', '=', 'huge-1')
    .executeTakeFirstOrThrow()
  expect(body.lines).toHaveLength(maximumLines)
  const sources = body.lines.map(({ resolved }) => resolved.kind === 'priced' && resolved.source)
  expect(new Set(sources.map((source) => source && source.kind))).toEqual(new Set(['contract']))
  expect(body.reasons).toEqual([{ kind: 'right_below_order', right: 'requisition' }])
  expect((await shop.send(sent)).status).toBe(200)
})

test('a document of 10,000 lines becomes an order at once', async () => {
  const sent = submitted({ contact: 'olle', lines: lines(maximumLines) })
  const { body } = await shop.send(sent)
  expect(body.requisition.state).toBe('ordered')
  const { changes } = await shop.allChanges()
  const ordered = changes.find(({ change }) => change.type === 'requisition.ordered')
  expect(ordered?.change.data).toMatchObject({ orderNumber: body.requisition.orderNumber })
})

test('10,000 lines are priced in well under two seconds', async () => {
  const company = {
    id: 'berg',
    customerGroupId: 'proposers',
    priceListId: null,
    groupPriceListId: 'trade-list',
    currency: 'SEK',
  }
  const goods = Array.from({ length: articles }, (_, index) => ({
    id: `A-${index}`,
    groupId: 'fittings',
    listPrice: null,
    vatRate: 250_000,
  }))
  const date = '2026-11-23'
  const [prices, seconds] = await cpuSeconds(async () => {
    const rules = await ask(shop.db, priceRulesOf(company, goods, date))
    return Array.from({ length: maximumLines }, (_, index) =>
      rules.resolve({
        company,
        article: goods[index % articles]!,
        quantity: 1_000,
        date,
        now: NOON.toISOString(),
        syncedPriceMaxAgeHours: null,
      }),
    )
  })
  expect(
    prices.every((price) => price.kind === 'priced' && price.unitPrice.amount === 800_000),
  ).toBe(true)
  expect(seconds).toBeLessThan(1.5)
})
