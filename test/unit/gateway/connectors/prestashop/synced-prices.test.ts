import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { masterDataSchemas } from '../../../../../contract/master-data'
import { resolvePrice } from '../../../../../domain/pricing/resolve-price'
import type { PriceRule } from '../../../../../domain/pricing/rules'
import { noRecords, type ShopRecords } from '../../../../../gateway/connectors/prestashop/cursor'
import { mapShop } from '../../../../../gateway/connectors/prestashop/map-shop'
import type { RecordOf } from '../../../../../gateway/connectors/prestashop/resources'
import {
  byId,
  combination,
  customer,
  factsWith,
  optionsWith,
  product,
  specificPrice,
} from './facts'
import { shopPrice } from './price-reference'

const observedAt = '2026-11-23T14:00:00.000Z'
const options = optionsWith()
const facts = factsWith()

type Row = RecordOf<'specific_prices'>

function map(records: Partial<ShopRecords>, specificPrices: readonly Row[]) {
  return mapShop(
    {
      facts,
      records: { ...noRecords, ...records },
      specificPrices,
      pricesObservedAt: observedAt,
      stock: [],
      stockObservedAt: observedAt,
    },
    { articleIds: {}, companyIds: {} },
    options,
  )
}

/** What was mapped, as the rules Kontor prices by. */
function rulesOf({ rows }: ReturnType<typeof map>): readonly PriceRule[] {
  const synced = (rows.synced_price ?? []).map((row): PriceRule => {
    const { article, company, customerGroup, price, basis, currency, ...rest } =
      masterDataSchemas.synced_price.parse(row)
    return {
      kind: 'synced',
      articleId: article,
      companyId: company,
      customerGroupId: customerGroup,
      price: { amount: price, basis, currency },
      ...rest,
    }
  })
  const rebates = (rows.rebate ?? []).map((row): PriceRule => {
    const { article, articleGroup, company, customerGroup, ...rest } =
      masterDataSchemas.rebate.parse(row)
    return {
      kind: 'rebate',
      articleId: article,
      articleGroupId: articleGroup,
      companyId: company,
      customerGroupId: customerGroup,
      ...rest,
    }
  })
  return [...synced, ...rebates]
}

/** The net price in Kontor after rebate, in the major unit. */
function kontorPrice(
  mapped: ReturnType<typeof map>,
  rules: readonly PriceRule[],
  articleId: string,
  company: { readonly id: string; readonly groupId: number },
  quantity: number,
  date: string,
): number {
  const row = mapped.rows.article?.find(({ id }) => id === articleId)
  if (!row) throw new Error(`no article ${articleId}`)
  const article = masterDataSchemas.article.parse(row)
  const resolution = resolvePrice(
    {
      company: {
        id: company.id,
        customerGroupId: `ps-group-${company.groupId}`,
        priceListId: null,
        groupPriceListId: null,
        currency: 'SEK',
      },
      article: {
        id: articleId,
        groupId: null,
        listPrice: { amount: article.listPrice ?? 0, basis: article.basis, currency: 'SEK' },
        vatRate: article.vatRate,
      },
      quantity: quantity * 1000,
      date,
      now: observedAt,
      syncedPriceMaxAgeHours: null,
    },
    rules,
  )
  if (resolution.kind !== 'priced') throw new Error('no price')
  return (resolution.unitPrice.amount * (1 - resolution.rebate / 1_000_000)) / 1_000_000
}

describe('a specific price', () => {
  const records = {
    products: byId(product(1)),
    combinations: byId(combination(11, 1), combination(12, 1, { price: '20.000000' })),
  }
  const priceOf = (changes: object, article = 'ps-1-12') =>
    map(records, [specificPrice(1, changes)]).rows.synced_price?.find(
      (row) => row.article === article,
    )?.price

  test.each([
    ['a part off', { reduction: '0.200000', reduction_type: 'percentage' }, '96'],
    ['an amount with VAT off', { reduction: '12.500000', reduction_tax: '1' }, '110'],
    ['an amount without VAT off', { reduction: '12.500000', reduction_tax: '0' }, '107.5'],
    ['a price of its own, and the impact', { price: '80.000000' }, '100'],
    [
      'a price of its own less a part',
      { price: '80.000000', reduction: '0.5', reduction_type: 'percentage' },
      '50',
    ],
    ['a price of the combination’s own', { price: '80.000000', id_product_attribute: '12' }, '80'],
    ['free of charge', { price: '0.000000', id_product_attribute: '12' }, '0'],
    ['more off than there is', { reduction: '500.000000' }, '0'],
    [
      'a third of an öre rounded',
      { reduction: '0.333333', reduction_type: 'percentage' },
      '80.00004',
    ],
    [
      'of every product',
      { id_product: '0', reduction: '0.1', reduction_type: 'percentage' },
      '108',
    ],
  ])('%s', (_, changes, price) => {
    expect(priceOf(changes)).toBe(price)
  })

  test('of one combination leaves the others alone', () => {
    expect(priceOf({ price: '80.000000', id_product_attribute: '12' }, 'ps-1-11')).toBeUndefined()
  })

  test('gives whole rows', () => {
    const { rows } = map({ products: byId(product(1, { reference: 'A' })) }, [
      specificPrice(1, {
        reduction: '0.2',
        reduction_type: 'percentage',
        from_quantity: '10',
        from: '2026-12-01 00:00:00',
        to: '2026-12-31 23:59:59',
      }),
    ])
    const row = {
      article: 'A',
      minimumQuantity: 10,
      basis: 'net',
      currency: 'SEK',
      from: '2026-12-01',
      to: '2026-12-31',
      company: null,
      source: 'prestashop',
      observedAt,
    }
    expect(rows.synced_price).toEqual([
      { ...row, id: 'ps-price-1-0-all-10-2026-12-01', price: '80', customerGroup: null },
      // Group 4 gets its 10 % off whatever price holds.
      { ...row, id: 'ps-price-1-0-g4-10-2026-12-01', price: '72', customerGroup: 'ps-group-4' },
    ])
    expect(rows.rebate).toEqual([
      { id: 'ps-reduction-4', customerGroup: 'ps-group-4', rebate: '10' },
    ])
  })

  test('that ends at midnight does not hold on that day', () => {
    const { rows } = map(records, [specificPrice(1, { price: '80', to: '2026-12-31 00:00:00' })])
    expect(rows.synced_price?.[0]?.to).toBe('2026-12-30')
  })

  test.each([
    ['price_of_other_shop', { id_shop: '2' }],
    ['price_of_other_shop', { id_shop_group: '2' }],
    ['price_in_other_currency', { id_currency: '2' }],
    ['price_in_other_country', { id_country: '8' }],
    ['price_of_unknown_product', { id_product: '99' }],
    ['price_of_unknown_product', { id_product_attribute: '99' }],
    ['price_of_unknown_customer', { id_customer: '99' }],
    ['price_of_unknown_group', { id_group: '99' }],
    ['price_kind_unknown', { reduction_type: 'bogof' }],
    ['price_never_valid', { from: '2026-12-31 10:00:00', to: '2026-12-31 00:00:00' }],
  ])('that cannot hold is told of: %s', (reason, changes) => {
    const { rows, skipped } = map(records, [specificPrice(7, changes)])
    expect(skipped).toEqual([{ resource: 'specific_prices', id: '7', reason }])
    expect(rows.synced_price).toEqual([])
  })

  test('that holds for the shop’s own currency and country is no exception', () => {
    const { skipped } = map(records, [
      specificPrice(1, { id_shop: '1', id_shop_group: '1', id_currency: '1', id_country: '18' }),
    ])
    expect(skipped).toEqual([])
  })

  test('that begins within a day, or is one contact’s of several, is noted', () => {
    const { notes } = mapShop(
      {
        facts,
        records: { ...noRecords, ...records, customers: byId(customer(1), customer(2)) },
        specificPrices: [
          specificPrice(1, { from: '2026-12-01 08:00:00' }),
          specificPrice(2, { id_customer: '2', price: '50' }),
        ],
        pricesObservedAt: observedAt,
        stock: [],
        stockObservedAt: observedAt,
      },
      { articleIds: {}, companyIds: { 1: 'c', 2: 'c' } },
      options,
    )
    expect(notes).toEqual([
      { resource: 'specific_prices', id: '1', reason: 'price_from_time_of_day' },
      { resource: 'specific_prices', id: '2', reason: 'price_of_one_contact' },
    ])
  })

  test('of an article no longer sold is dropped with it', () => {
    const { rows } = map({ products: byId(product(1, { active: '0' })) }, [
      specificPrice(1, { price: '80' }),
    ])
    expect(rows.synced_price).toEqual([])
  })
})

describe('Kontor charges what the shop would', () => {
  const days = ['2026-01-01', '2026-01-02', '2026-01-05', '2026-02-28', '2026-03-01', '2026-12-31']
  const row = fc
    .record({
      id_product: fc.constantFrom(0, 1, 1, 1, 2),
      id_product_attribute: fc.constantFrom(0, 0, 11, 12),
      id_group: fc.constantFrom(0, 0, 3, 4),
      id_customer: fc.constantFrom(0, 0, 1, 2, 3),
      id_specific_price_rule: fc.constantFrom(0, 0, 1, 2),
      from_quantity: fc.constantFrom(0, 1, 1, 5, 10),
      price: fc.constantFrom('-1', '-1', '0', '79.5', '120.123456'),
      reduction: fc.constantFrom('0', '0.1', '0.333333', '12.5', '300'),
      reduction_tax: fc.boolean(),
      reduction_type: fc.constantFrom('amount', 'percentage'),
      from: fc.option(fc.constantFrom(...days.map((day) => `${day} 00:00:00`))),
      to: fc.option(
        fc.constantFrom(...days.flatMap((day) => [`${day} 23:59:59`, `${day} 00:00:00`])),
      ),
    })
    // A part of more than the whole, and a combination of another product, are no prices.
    .filter(
      ({ reduction_type, reduction }) => reduction_type === 'amount' || Number(reduction) <= 1,
    )
    .map((changes) =>
      changes.id_product === 1 ? changes : { ...changes, id_product_attribute: 0 },
    )
  const rows = fc
    .array(row, { maxLength: 8 })
    .map((list) => list.map((changes, index) => specificPrice(index + 1, changes)))

  const records = {
    products: byId(product(1), product(2, { price: '19.120000' })),
    combinations: byId(combination(11, 1), combination(12, 1, { price: '-20.500000' })),
    customers: byId(
      customer(1, { id_default_group: '3' }),
      customer(2, { id_default_group: '4' }),
      customer(3, { id_default_group: '4' }),
    ),
  }
  const wares = [
    { id: 'ps-1-11', product: { id: 1, price: 100 }, combination: { id: 11, impact: 0 } },
    { id: 'ps-1-12', product: { id: 1, price: 100 }, combination: { id: 12, impact: -20.5 } },
    { id: 'ps-2-0', product: { id: 2, price: 19.12 }, combination: null },
  ]

  test('whoever asks for whatever, however much and whenever', { timeout: 60_000 }, () => {
    let special = 0
    fc.assert(
      fc.property(
        rows,
        fc.constantFrom(1, 4, 5, 9, 10, 100),
        fc.constantFrom(...days, '2025-06-01', '2027-06-01'),
        (prices, quantity, date) => {
          const mapped = map(records, prices)
          if (mapped.rows.synced_price?.length) special += 1
          const rules = rulesOf(mapped)
          for (const ware of wares) {
            for (const customerId of [1, 2, 3]) {
              const groupId = customerId === 1 ? 3 : 4
              const shop = shopPrice(
                {
                  ...ware,
                  vatPercent: 25,
                  customerId,
                  groupId,
                  groupReduction: groupId === 4 ? 10 : 0,
                  quantity,
                  moment: `${date} 12:00:00`,
                },
                prices,
              )
              const company = { id: `ps-company-${customerId}`, groupId }
              const kontor = kontorPrice(mapped, rules, ware.id, company, quantity, date)
              // Micro units in Kontor, and floating point in the shop.
              expect(Math.abs(kontor - shop)).toBeLessThan(0.000_002)
            }
          }
        },
      ),
      { numRuns: 600, seed: 821 },
    )
    expect(special).toBeGreaterThan(400)
  })

  test('no two rows share a key, and all are taken in', { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(rows, (prices) => {
        const synced = map(records, prices).rows.synced_price ?? []
        expect(new Set(synced.map(({ id }) => id)).size).toBe(synced.length)
        for (const one of synced) {
          const parsed = masterDataSchemas.synced_price.parse(one)
          expect(parsed.from === null || parsed.to === null || parsed.from <= parsed.to).toBe(true)
        }
      }),
      { numRuns: 200, seed: 821 },
    )
  })
})
