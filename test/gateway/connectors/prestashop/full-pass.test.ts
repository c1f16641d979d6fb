import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readPrestaShop } from '../../../../gateway/connectors/prestashop/read-prestashop'
import type { PrestaShopOptionsInput } from '../../../../gateway/connectors/prestashop/options'
import {
  prestashopKeys,
  recordingsFolder,
  startFakePrestaShop,
  type FakePrestaShop,
} from '../../../fakes/prestashop-server'
import { readRecordings } from '../../../fakes/prestashop/recordings'
import { memoryPort, optionsFor, type MemoryPort } from './memory-port'

const readAt = new Date('2026-11-23T15:00:00.000Z')

let shop: FakePrestaShop
let port: MemoryPort
beforeEach(async () => {
  shop = await startFakePrestaShop()
  port = memoryPort()
})
afterEach(() => shop.close())

async function read(changes: Partial<PrestaShopOptionsInput> = {}) {
  const pass = { mode: 'full', cursor: null, now: () => readAt } as const
  return await readPrestaShop(optionsFor(shop, changes), port, pass)
}

async function reportOf(changes: Partial<PrestaShopOptionsInput> = {}) {
  const reading = await read(changes)
  if (!reading.ok) throw new Error(`${reading.error.code}: ${reading.error.message}`)
  return reading.report
}

async function codeOf(changes: Partial<PrestaShopOptionsInput> = {}) {
  const reading = await read(changes)
  return reading.ok ? 'ok' : reading.error.code
}

describe('the recorded shop', () => {
  test('comes over whole: every row is taken in', async () => {
    const report = await reportOf()
    const created = (count: number) => ({
      received: count,
      created: count,
      updated: 0,
      unchanged: 0,
      deleted: 0,
      failed: 0,
    })
    expect(report.kinds).toEqual({
      warehouse: created(1),
      article_group: created(8),
      // 39 combinations and the 8 products that have none.
      article: created(47),
      customer_group: created(3),
      company: created(2),
      address: created(3),
      contact: created(2),
      // Products 1 and 2, 20 % off: 8 and 4 combinations.
      synced_price: created(12),
      // 30 rows were recorded; 11 of them are sums of combinations.
      balance: created(19),
    })
    expect(report.failed).toEqual([])
    expect(report.skipped).toEqual([])
    // In the demo catalogue all combinations share their product's reference.
    expect(new Set(report.notes.map(({ reason }) => reason))).toEqual(new Set(['reference_shared']))
  })

  test('articles', async () => {
    await reportOf()
    expect([...port.store.article.keys()].filter((id) => !id.startsWith('ps-'))).toEqual([
      'demo_11',
      'demo_12',
      'demo_13',
      'demo_18',
      'demo_19',
      'demo_20',
      'demo_21',
      'demo_14',
    ])
    expect(port.store.article.get('ps-3-14')).toEqual({
      id: 'ps-3-14',
      nameSv: "The best is yet to come' Framed poster",
      nameEn: "The best is yet to come' Framed poster",
      unit: 'st',
      precision: 0,
      packMultiple: 0,
      minimumQuantity: 0,
      group: 'ps-category-9',
      vatRate: 200_000,
      listPrice: 49_000_000,
      basis: 'net',
      currency: 'EUR',
      cost: 5_490_000,
      supplier: 'Fashion supplier',
      // The shop did not tell its unit of weight.
      weightGrams: null,
      status: 'active',
    })
    expect(port.store.article.get('ps-1-4')?.nameSv).toBe('Hummingbird printed t-shirt, M, Black')
  })

  test('another language fills the Swedish texts when told', async () => {
    await reportOf({ language: 'fr' })
    expect(port.store.article.get('ps-1-4')).toMatchObject({
      nameSv: 'T-shirt imprimé colibri, M, Black',
      nameEn: 'Hummingbird printed t-shirt, M, Black',
    })
    expect(port.store.article_group.get('ps-category-3')).toMatchObject({
      nameSv: 'Vêtements',
      nameEn: 'Clothes',
    })
  })

  test('companies, contacts, addresses and groups', async () => {
    await reportOf({ orderingRights: { 3: 'order' } })
    expect(port.store.company.get('ps-company-2')).toEqual({
      id: 'ps-company-2',
      name: 'My Company',
      vatNumber: null,
      currency: 'EUR',
      language: 'en',
      customerGroup: 'ps-group-3',
      priceList: null,
      paymentTerms: null,
      creditLimit: null,
      exposure: 0,
      status: 'active',
      statusReason: null,
      accountOwner: null,
    })
    expect(port.store.company.get('ps-company-1')?.status).toBe('closed')
    expect([...port.store.contact.values()]).toEqual([
      {
        id: 'ps-customer-2',
        company: 'ps-company-2',
        name: 'John DOE',
        email: 'pub@prestashop.com',
        phone: '0102030405',
        customerGroup: null,
        status: 'active',
      },
      {
        id: 'ps-customer-1',
        company: 'ps-company-1',
        name: 'Anonymous Anonymous',
        email: 'anonymous@psgdpr.com',
        phone: '0000000000',
        customerGroup: null,
        status: 'disabled',
      },
    ])
    expect(port.store.address.get('ps-address-2')).toEqual({
      id: 'ps-address-2',
      company: 'ps-company-2',
      name: 'My Company',
      street: '16, Main street, 2nd floor',
      postalCode: '75002',
      city: 'Paris',
      country: 'FR',
    })
    // Addresses of suppliers and manufacturers are not customers'.
    expect([...port.store.address.keys()]).toEqual(['ps-address-2', 'ps-address-5', 'ps-address-1'])
    expect(
      [...port.store.customer_group.values()].map(({ id, orderingRight }) => [id, orderingRight]),
    ).toEqual([
      ['ps-group-1', 'lists'],
      ['ps-group-2', 'lists'],
      ['ps-group-3', 'order'],
    ])
  })

  test('stock, in one warehouse that is open to the webshop', async () => {
    await reportOf({ warehouse: { id: 'W', name: 'Webblagret' }, backorderLeadTimeDays: 10 })
    expect([...port.store.warehouse.values()]).toEqual([
      { id: 'W', name: 'Webblagret', openToWebshop: true, priority: 100 },
    ])
    expect(port.store.balance.get('ps-2-9 W')).toEqual({
      article: 'ps-2-9',
      warehouse: 'W',
      onHand: 1_200_000,
      safetyStock: 0,
      leadTimeDays: null,
      source: 'prestashop',
      observedAt: readAt.toISOString(),
    })
    // Sold without stock as well: out_of_stock is 1.
    expect(port.store.balance.get('demo_18 W')?.leadTimeDays).toBe(10)
    expect([...port.store.balance.keys()].filter((key) => key.startsWith('ps-1-'))).toHaveLength(8)
  })

  test('prices are those the shop itself computes', async () => {
    await reportOf()
    const computed = (name: string, resource: string) => {
      const recording = readRecordings(recordingsFolder).find((one) => one.name === name)
      const lists = JSON.parse(recording?.body ?? '{}') as Record<string, Record<string, string>[]>
      return lists[resource] ?? []
    }
    const priced = [...port.store.article.values()].map(({ id, listPrice, vatRate }) => {
      const synced = [...port.store.synced_price.values()].find(({ article }) => article === id)
      const net = synced?.price ?? listPrice ?? 0
      const inShop = (micro: number) => (Math.round(micro / 10_000) / 100).toFixed(6)
      const gross = (micro: number) => inShop((micro * (1_000_000 + vatRate)) / 1_000_000)
      return [
        id,
        { net: inShop(net), gross: gross(net), gross_list: gross(listPrice ?? 0) },
      ] as const
    })
    const prices = new Map(priced)
    let compared = 0
    for (const { id, id_product, gross } of computed('026-combinations-prices', 'combinations')) {
      expect({ id, gross: prices.get(`ps-${id_product}-${id}`)?.gross }).toEqual({ id, gross })
      compared += 1
    }
    const references = new Map(
      shop.lists['products']?.map(({ id, reference }) => [id, String(reference)]),
    )
    for (const { id, ...product } of computed('025-products-prices', 'products')) {
      const { price: _, ...expected } = product
      const key = references.get(id ?? '') ?? ''
      // The product's own price is that of its first combination: these here have no impact.
      const own = prices.get(key) ?? prices.get(`ps-${id}-${firstCombination(Number(id))}`)
      expect({ id, ...own }).toEqual({ id, ...expected })
      compared += 1
    }
    expect(compared).toBe(39 + 19)
  })

  test('a specific price as it was made and recorded later on', async () => {
    // Recordings 235–238: 15 % off product 6 makes 12.14 with VAT.
    shop.lists['specific_prices']?.push({
      ...shop.lists['specific_prices'][0],
      id: 4,
      id_product: '6',
      id_shop: '1',
      reduction: '0.150000',
    })
    await reportOf()
    expect(port.store.synced_price.get('ps-price-6-0-all-0-open')?.price).toBe(10_115_000)
    expect((10.115 * 1.2).toFixed(2)).toBe('12.14')
  })

  test('every row can be found back in the shop', async () => {
    const { links } = await reportOf()
    expect(links).toContainEqual({ kind: 'article', externalId: '3:14', id: 'ps-3-14' })
    expect(links).toContainEqual({ kind: 'article', externalId: '6:0', id: 'demo_11' })
    expect(links).toContainEqual({ kind: 'company', externalId: '2', id: 'ps-company-2' })
    expect(links).toContainEqual({ kind: 'contact', externalId: '2', id: 'ps-customer-2' })
    expect(links).toContainEqual({ kind: 'address', externalId: '5', id: 'ps-address-5' })
    expect(links).toContainEqual({ kind: 'customer_group', externalId: '3', id: 'ps-group-3' })
    expect(links.filter(({ kind }) => kind === 'article')).toHaveLength(47)
  })

  function firstCombination(product: number) {
    const combinations = shop.lists['combinations'] ?? []
    return Number(combinations.find(({ id_product }) => Number(id_product) === product)?.['id'])
  }
})

describe('what is asked for', () => {
  test('named fields only, nothing secret, by rising id', async () => {
    await reportOf()
    expect(shop.requests.length).toBeGreaterThan(20)
    for (const request of shop.requests) {
      expect(request).toMatch(/^GET \/api\/\w+\?display=\[[\w,[\]]+\]&/)
      expect(request).not.toMatch(/passwd|secure_key|ws_key|display=full/)
      expect(request).toContain('output_format=JSON')
      if (!request.includes('configurations')) expect(request).toContain('sort=[id_ASC]')
    }
    expect(shop.requests.find((request) => request.includes('specific_prices'))).toContain(
      'filter[id_cart]=[0]',
    )
  })

  test('prices are left alone where another system is their master', async () => {
    const { kinds } = await reportOf({ readSpecificPrices: false })
    expect(kinds.synced_price).toBeUndefined()
    expect(shop.requests.some((request) => request.includes('specific_prices'))).toBe(false)
    expect(port.store.article.get('demo_11')?.listPrice).toBe(11_900_000)
  })
})

describe('settings of the shop', () => {
  const setting = (name: string, value: string) => {
    const settings = shop.lists['configurations'] ?? []
    const row = settings.find((candidate) => candidate['name'] === name)
    if (row) row['value'] = value
    else settings.push({ id: 900 + settings.length, name, value })
  }

  test('its country decides the VAT when none is given', async () => {
    expect(await codeOf({ country: undefined })).toBe('setting_missing')
    setting('PS_COUNTRY_DEFAULT', '8')
    expect(await codeOf({ country: undefined })).toBe('ok')
    expect(port.store.article.get('demo_11')?.vatRate).toBe(200_000)
  })

  test('a country without tax rules makes 0 %, and is told of', async () => {
    const { notes } = await reportOf({ country: 'US' })
    expect(port.store.article.get('demo_11')?.vatRate).toBe(0)
    expect(notes).toContainEqual({ resource: 'tax_rule_groups', id: '1', reason: 'no_tax_rule' })
  })

  test('no taxes at all are nothing to tell of', async () => {
    setting('PS_TAX', '0')
    const { notes } = await reportOf()
    expect(port.store.article.get('demo_11')?.vatRate).toBe(0)
    expect(notes.map(({ reason }) => reason)).not.toContain('no_tax_rule')
  })

  test('its unit of weight', async () => {
    setting('PS_WEIGHT_UNIT', 'kg')
    await reportOf()
    expect(port.store.article.get('demo_11')?.weightGrams).toBe(300)
    setting('PS_WEIGHT_UNIT', 'lb')
    await reportOf()
    expect(port.store.article.get('demo_11')?.weightGrams).toBe(136)
  })

  test('stock that is not kept is not carried over', async () => {
    setting('PS_STOCK_MANAGEMENT', '0')
    const { kinds, skipped } = await reportOf()
    expect(kinds.balance).toBeUndefined()
    expect(skipped.map(({ reason }) => reason)).toEqual(['stock_management_off'])
  })

  test('Swedish is taken where the shop speaks it', async () => {
    shop.lists['languages']?.push({ id: 3, iso_code: 'sv', active: '1', name: 'Svenska' })
    for (const row of shop.lists['products'] ?? []) {
      ;(row['name'] as object[]).push({ id: '3', value: `Vara ${String(row['id'])}` })
    }
    await reportOf()
    expect(port.store.article.get('demo_11')).toMatchObject({
      nameSv: 'Vara 6',
      nameEn: 'Mug The best is yet to come',
    })
    expect(await codeOf({ language: 'de' })).toBe('setting_missing')
  })

  test('a shop with one language sends plain texts', async () => {
    shop.lists['languages']?.pop()
    for (const row of shop.lists['products'] ?? []) {
      row['name'] = (row['name'] as { value: string }[])[0]?.value
    }
    await reportOf()
    expect(port.store.article.get('demo_11')?.nameSv).toBe('Mug The best is yet to come')
  })

  test('of several shops one must be chosen', async () => {
    shop.lists['shops']?.push({ ...shop.lists['shops'][0], id: 2, name: 'Other' })
    expect(await codeOf()).toBe('shop_ambiguous')
    expect(await codeOf({ shop: 1 })).toBe('ok')
    expect(shop.requests.at(-1)).toContain('id_shop=1')
    expect(await codeOf({ shop: 9 })).toBe('shop_unknown')
  })

  test('a key that may not read everything is told what it lacks', async () => {
    const reading = await read({ key: prestashopKeys.few })
    expect(reading).toMatchObject({
      ok: false,
      error: { code: 'resource_not_permitted', resource: 'configurations' },
    })
    expect(port.batches).toEqual([])
  })
})

describe('odd rows', () => {
  test('one that cannot be read is left out and told of', async () => {
    const products = shop.lists['products'] ?? []
    products[5] = { ...products[5], price: 'eleven' }
    const { skipped } = await reportOf()
    expect(skipped).toEqual([
      { resource: 'products', id: '6', reason: 'unreadable_row' },
      { resource: 'stock_availables', id: '6', reason: 'stock_of_unknown_article' },
    ])
    expect(port.store.article.size).toBe(46)
  })

  test('a list of nothing else stops the pass', async () => {
    for (const row of shop.lists['products'] ?? []) delete row['price']
    // The shop would say that the field is unknown; this one sends rows without it.
    shop.setMishap((request) =>
      request.includes('/products?')
        ? {
            kind: 'answer',
            status: 200,
            body: JSON.stringify({ products: shop.lists['products'] }),
          }
        : null,
    )
    const reading = await read()
    expect(reading).toMatchObject({
      ok: false,
      error: { code: 'unexpected_value', resource: 'products' },
    })
    expect(port.batches).toEqual([])
  })

  test('a list out of order stops the pass instead of going round for ever', async () => {
    shop.setMishap((request) =>
      request.includes('/products?')
        ? { kind: 'answer', status: 200, body: '{"products":[{"id":1},{"id":1}]}' }
        : null,
    )
    expect(await codeOf()).toBe('unexpected_value')
  })
})
