import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createPrestaShopClient } from '../../../../gateway/connectors/prestashop/client'
import type { PrestaShopFailure } from '../../../../gateway/connectors/prestashop/failure'
import type { PrestaShopOptionsInput } from '../../../../gateway/connectors/prestashop/options'
import {
  prestashopKeys,
  startFakePrestaShop,
  type FakePrestaShop,
  type Mishap,
} from '../../../fakes/prestashop-server'
import { optionsFor } from './memory-port'

let shop: FakePrestaShop
beforeEach(async () => {
  shop = await startFakePrestaShop()
})
afterEach(() => shop.close())

const allProducts = [['display', '[id]']] as const

async function list(
  resource: string,
  query: readonly (readonly [string, string])[] = allProducts,
  changes: Partial<PrestaShopOptionsInput> = {},
  signal?: AbortSignal,
) {
  return await createPrestaShopClient(optionsFor(shop, changes), signal).list(resource, query)
}

async function failureFor(...request: Parameters<typeof list>): Promise<PrestaShopFailure> {
  const answer = await list(...request)
  if (answer.ok) throw new Error(`expected a failure, got ${answer.value.length} rows`)
  return answer.error
}

/** The first `times` requests meet the mishap, those after are answered. */
function mishapFor(times: number, mishap: Mishap) {
  shop.setMishap((_, count) => (count <= times ? mishap : null))
}

describe('what is sent', () => {
  test('the key travels in the header, never in the address, and JSON is asked for in upper case', async () => {
    await list('products')
    expect(shop.requests).toEqual(['GET /api/products?display=[id]&output_format=JSON'])
    // With another key the shop answers otherwise, so the header did arrive.
    const refused = await failureFor('products', allProducts, { key: prestashopKeys.unknown })
    expect(refused.code).toBe('key_refused')
    expect(shop.requests.join()).not.toMatch(/ws_key|KEY0|UNKNOWN0/)
  })

  test('comparison signs and spaces are escaped, brackets are not', async () => {
    const rows = await list('orders', [
      ['filter[date_upd]', '>[2026-11-01 00:00:00]'],
      ['date', '1'],
      ['display', '[id,date_upd]'],
    ])
    // Answered from recording 045, which is found only if the query arrived intact.
    expect(rows).toMatchObject({ ok: true, value: [{ id: 1 }, {}, {}, {}, {}] })
  })

  test('the shop of an installation is named when one is asked for', async () => {
    const failure = await failureFor('products', [['limit', '1']], { shop: 9 })
    expect(failure).toMatchObject({ code: 'shop_unknown', status: 302 })
    expect(shop.requests[0]).toContain('id_shop=9')
  })
})

describe('what comes back', () => {
  test('a list', async () => {
    const answer = await list('products', [])
    expect(answer).toMatchObject({ ok: true })
    expect(answer.ok && answer.value).toHaveLength(19)
  })

  test('an empty list is a bare []', async () => {
    expect(await list('products', [['filter[id]', '[999]']])).toEqual({ ok: true, value: [] })
    expect(await list('products', [['limit', '100,3']])).toEqual({ ok: true, value: [] })
    expect(await list('products', [['limit', 'a']])).toEqual({ ok: true, value: [] })
  })
})

describe('failures as recorded', () => {
  const recorded = (name: string, status: number) => ({ name, status })
  test.each([
    [recorded('001-ws-off', 503), 'webservice_off', [22]],
    [recorded('002-no-key', 401), 'key_refused', []],
    [recorded('003-key-wrong-length', 401), 'key_refused', [18]],
    [recorded('004-key-unknown', 401), 'key_refused', [20, 21]],
    [recorded('005-key-unknown-json', 401), 'key_refused', [20, 21]],
    [recorded('006-key-off', 401), 'key_refused', [20, 21]],
    [recorded('007-key-no-right-for-resource', 401), 'resource_not_permitted', [26]],
    [recorded('012-root-json', 500), 'shop_error', []],
    [recorded('014-shop-unknown', 302), 'redirected', []],
    [recorded('015-language-unknown', 400), 'language_unknown', [81]],
    [recorded('048-id-unknown-json', 404), 'not_found', []],
    [recorded('050-resource-unknown', 400), 'resource_unknown', [27]],
    [recorded('051-resource-unknown-xml', 400), 'resource_unknown', [27]],
    [recorded('189-order-post-same-cart', 500), 'shop_error', []],
  ] as const)('%o is %s', async ({ name, status }, code, shopCodes) => {
    shop.setMishap(() => ({ kind: 'recorded', name }))
    const failure = await failureFor('products')
    expect(failure).toMatchObject({ code, status, shopCodes, resource: 'products' })
    expect(failure.message).toMatch(/^\p{Lu}.+\.|.+”$/u)
    expect(failure.advice.length).toBeGreaterThan(20)
    expect(JSON.stringify(failure)).not.toContain(prestashopKeys.full)
  })

  test.each([
    ['filter[nosuch]', '1', 32],
    ['display', '[id,nosuch]', 35],
    ['sort', '[nosuch_ASC]', 38],
  ])('an unknown field in %s is no matter of trying again', async (name, value, code) => {
    const failure = await failureFor('products', [[name, value]])
    expect(failure).toMatchObject({ code: 'field_unknown', status: 500 })
    expect(failure.shopCodes[0]).toBe(code)
    expect(failure.message).not.toContain('PHP')
    expect(failure.message.length).toBeLessThan(300)
    expect(shop.requests).toHaveLength(1)
  })

  test('a date filter without date=1 is an unknown field', async () => {
    const failure = await failureFor('orders', [['filter[date_upd]', '[2026-01-01,2027-12-31]']])
    expect(failure).toMatchObject({ code: 'field_unknown', status: 500 })
  })

  test('the sentence the shop sends as text/html is passed on', async () => {
    shop.setMishap(() => ({ kind: 'recorded', name: '189-order-post-same-cart' }))
    expect((await failureFor('products')).message).toContain('Cart cannot be loaded')
  })
})

describe('failures that were not recorded', () => {
  test('a page of HTML instead of JSON', async () => {
    shop.setMishap(() => ({ kind: 'answer', status: 200, body: '<html><h1>Back soon</h1></html>' }))
    const failure = await failureFor('products')
    expect(failure.code).toBe('unreadable')
    expect(failure.advice).toContain('maintenance')
  })

  test.each([['{"products":{"id":1}}'], ['{}'], ['null'], ['"products"'], ['{"products":'], ['']])(
    'a body that is no list: %s',
    async (body) => {
      shop.setMishap(() => ({ kind: 'answer', status: 200, body }))
      expect((await failureFor('products')).code).toBe('unreadable')
    },
  )

  test('another address', async () => {
    shop.setMishap(() => ({
      kind: 'answer',
      status: 301,
      body: '',
      headers: { location: 'https://www.shop.example/api/products' },
    }))
    const failure = await failureFor('products')
    expect(failure.code).toBe('redirected')
    expect(failure.message).toContain('https://www.shop.example/api/products')
    expect(shop.requests).toHaveLength(1)
  })

  test('entities in an XML error do not expand', async () => {
    const body = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "boom"><!ENTITY b "&a;&a;">]>
      <prestashop><errors><error><code>27</code><message>&b;</message></error></errors></prestashop>`
    shop.setMishap(() => ({ kind: 'answer', status: 400, body }))
    const failure = await failureFor('products')
    expect(failure.message).not.toContain('boom')
  })

  test('no one there', async () => {
    await shop.close()
    const failure = await failureFor('products', allProducts, { retries: 1 })
    expect(failure).toMatchObject({ code: 'unreachable', status: null })
    expect(failure.message).toContain('ECONNREFUSED')
  })
})

describe('trying again', () => {
  test.each<[string, Mishap]>([
    ['a lost connection', { kind: 'lost' }],
    ['an answer that breaks off', { kind: 'lost_midway' }],
    ['an empty 500', { kind: 'recorded', name: '012-root-json' }],
    ['a 502 of a proxy', { kind: 'answer', status: 502, body: '<html>Bad Gateway</html>' }],
    ['a 429', { kind: 'answer', status: 429, body: '' }],
  ])('after %s', async (_, mishap) => {
    mishapFor(2, mishap)
    const answer = await list('products')
    expect(answer.ok).toBe(true)
    expect(shop.requests).toHaveLength(3)
  })

  test('no oftener than told', async () => {
    shop.setMishap(() => ({ kind: 'lost' }))
    const failure = await failureFor('products', allProducts, { retries: 2 })
    expect(failure.code).toBe('unreachable')
    expect(shop.requests).toHaveLength(3)
  })

  test('not when the answer would be the same', async () => {
    for (const name of ['001-ws-off', '005-key-unknown-json', '007-key-no-right-for-resource']) {
      shop.setMishap(() => ({ kind: 'recorded', name }))
      const before = shop.requests.length
      await failureFor('products')
      expect({ name, sent: shop.requests.length - before }).toEqual({ name, sent: 1 })
    }
  })

  test('waits as long as the shop asks for', async () => {
    mishapFor(1, { kind: 'answer', status: 429, body: '', headers: { 'retry-after': '1' } })
    const begun = Date.now()
    expect((await list('products')).ok).toBe(true)
    expect(Date.now() - begun).toBeGreaterThanOrEqual(990)
  })
})

describe('time', () => {
  test('an answer that does not come', async () => {
    shop.setMishap(() => ({ kind: 'hang' }))
    const failure = await failureFor('products', allProducts, { timeoutMs: 100, retries: 0 })
    expect(failure).toMatchObject({ code: 'timed_out' })
  })

  test('stopped in the middle of a request, and in the pause before another', async () => {
    for (const mishap of [{ kind: 'hang' }, { kind: 'lost' }] as const) {
      shop.setMishap(() => mishap)
      const stopping = new AbortController()
      const failure = failureFor(
        'products',
        allProducts,
        { retryDelayMs: 60_000, retries: 5 },
        stopping.signal,
      )
      setTimeout(() => stopping.abort(), 50)
      expect((await failure).code).toBe('stopped')
    }
  })

  test('requests keep their distance', async () => {
    const client = createPrestaShopClient(optionsFor(shop, { requestsPerSecond: 20 }))
    const begun = Date.now()
    for (let count = 0; count < 5; count += 1) await client.list('products', allProducts)
    // Timers may fire a millisecond early.
    expect(Date.now() - begun).toBeGreaterThanOrEqual(4 * 50 - 5)
    expect(client.requests()).toBe(5)
  })
})
