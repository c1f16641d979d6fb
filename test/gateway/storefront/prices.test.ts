import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { resolveCompanyPrice } from '../../../gateway/requisitions/load-prices'
import { insertPriceRules } from './price-rules'
import { NOON } from './seller-data'
import { Webshop } from './webshop'

let shop: Webshop
beforeAll(async () => {
  shop = await Webshop.open()
  // `berg` is of the group `proposers`, whose list is `trade-list`.
  await shop.db
    .updateTable('company')
    .set({ price_list_id: 'berg-list' })
    .where('id', '=', 'berg')
    .execute()
})
afterAll(() => shop.close())

async function priceOf(articleId: string, quantity = 1_000, companyId = 'berg', now = NOON) {
  return resolveCompanyPrice(shop.db, { companyId, articleId, quantity, now })
}

async function withRules(
  rules: Parameters<typeof insertPriceRules>[1],
  check: () => Promise<void>,
): Promise<void> {
  await insertPriceRules(shop.db, rules)
  try {
    await check()
  } finally {
    await shop.db.deleteFrom('price_rule').execute()
  }
}

const valve = { article_id: 'VALVE' }

describe('the company’s own price, as the database has it', () => {
  test('is the list price where nothing else is', async () => {
    expect(await priceOf('VALVE')).toMatchObject({
      currency: 'SEK',
      resolution: {
        kind: 'priced',
        unitPrice: { amount: 100_000_000, basis: 'net', currency: 'SEK' },
        rebate: 0,
        vatRate: 250_000,
        source: { kind: 'list_price' },
      },
    })
    expect(await priceOf('RARE')).toMatchObject({ resolution: { kind: 'missing' } })
  })

  test('is null for what there is not', async () => {
    expect(await priceOf('NONE')).toBeNull()
    expect(await priceOf('VALVE', 1_000, 'nobody')).toBeNull()
  })

  test('comes of each kind of rule, with everything that rule says', async () => {
    await withRules(
      [
        {
          kind: 'price_list',
          id: 'group',
          ...valve,
          price_list_id: 'trade-list',
          price: 95_000_000,
        },
      ],
      async () =>
        expect(await priceOf('VALVE')).toMatchObject({
          resolution: {
            unitPrice: { amount: 95_000_000 },
            source: { kind: 'group_price_list', ruleId: 'group', priceListId: 'trade-list' },
          },
        }),
    )
    await withRules(
      [{ kind: 'price_list', id: 'own', ...valve, price_list_id: 'berg-list', price: 94_000_000 }],
      async () =>
        expect(await priceOf('VALVE')).toMatchObject({
          resolution: { source: { kind: 'company_price_list', priceListId: 'berg-list' } },
        }),
    )
    await withRules(
      [
        {
          kind: 'contract',
          id: 'agreed',
          ...valve,
          company_id: 'berg',
          price: 80_000_000,
          net: true,
        },
        { kind: 'rebate', id: 'off', rebate: 100_000 },
      ],
      async () =>
        expect(await priceOf('VALVE')).toMatchObject({
          resolution: {
            unitPrice: { amount: 80_000_000 },
            rebate: 0,
            source: { kind: 'contract', ruleId: 'agreed', net: true },
          },
        }),
    )
    await withRules(
      [
        {
          kind: 'campaign',
          id: 'autumn',
          ...valve,
          campaign: 'Höst',
          customer_group_id: 'proposers',
          price: 125_000_000,
          basis: 'gross',
        },
        { kind: 'campaign', id: 'low', ...valve, campaign: 'Rea', price: 70_000_000 },
      ],
      async () =>
        expect(await priceOf('VALVE')).toMatchObject({
          resolution: { source: { kind: 'campaign', ruleId: 'low', campaign: 'Rea' } },
        }),
    )
    await withRules(
      [
        {
          kind: 'synced',
          id: 'erp-1',
          ...valve,
          company_id: 'berg',
          price: 60_000_000,
          source: 'erp',
          observed_at: '2026-11-22T10:00:00.000Z',
        },
      ],
      async () =>
        expect(await priceOf('VALVE')).toMatchObject({
          resolution: {
            // 25 hours old, and the seller lets them be 24.
            stale: true,
            source: { kind: 'synced', source: 'erp', observedAt: '2026-11-22T10:00:00.000Z' },
          },
        }),
    )
  })

  test('takes rebates by article, by its group and by anything', async () => {
    const rebates = [
      { kind: 'rebate', id: 'all', rebate: 50_000 },
      { kind: 'rebate', id: 'group', article_group_id: 'fittings', rebate: 100_000 },
      { kind: 'rebate', id: 'article', article_id: 'VALVE', rebate: 150_000 },
      { kind: 'rebate', id: 'mine', company_id: 'berg', rebate: 200_000 },
      { kind: 'rebate', id: 'theirs', company_id: 'alm', rebate: 900_000 },
    ] as const
    for (const [count, rebate] of [
      [1, 50_000],
      [2, 100_000],
      [3, 150_000],
      [5, 200_000],
    ] as const) {
      await withRules(rebates.slice(0, count), async () =>
        expect(await priceOf('VALVE')).toMatchObject({ resolution: { rebate } }),
      )
    }
  })

  test('counts on its days in the seller’s time zone, and from its quantity', async () => {
    const dated = {
      kind: 'contract',
      id: 'december',
      ...valve,
      company_id: 'berg',
      price: 50_000_000,
      minimum_quantity: 10_000,
      valid_from: '2026-12-01',
      valid_to: '2026-12-24',
    } as const
    await withRules([dated], async () => {
      const at = async (time: string, quantity = 10_000) =>
        (await priceOf('VALVE', quantity, 'berg', new Date(time)))?.resolution
      const agreed = { unitPrice: { amount: 50_000_000 } }
      const listed = { unitPrice: { amount: 100_000_000 } }
      expect(await at('2026-11-30T22:59:59Z')).toMatchObject(listed)
      expect(await at('2026-11-30T23:00:00Z')).toMatchObject(agreed)
      expect(await at('2026-12-24T22:59:59Z')).toMatchObject(agreed)
      expect(await at('2026-12-24T23:00:00Z')).toMatchObject(listed)
      expect(await at('2026-12-02T12:00:00Z', 9_999)).toMatchObject(listed)
    })
  })
})
