import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  readPrestaShop,
  type PrestaShopReading,
  type ReadingPass,
} from '../../../../gateway/connectors/prestashop/read-prestashop'
import type { PrestaShopOptionsInput } from '../../../../gateway/connectors/prestashop/options'
import type { PrestaShopReport } from '../../../../gateway/connectors/prestashop/report'
import { startFakePrestaShop, type FakePrestaShop } from '../../../fakes/prestashop-server'
import type { WireRow } from '../../../fakes/prestashop/lists'
import { memoryPort, optionsFor, type MemoryPort } from './memory-port'

/** When the first pass is run: an hour after the recorded shop was set up, whose clock is an hour ahead. */
const firstPassAt = Date.parse('2026-11-23T15:00:00.000Z')

let shop: FakePrestaShop
let port: MemoryPort
let cursor: unknown
let passes: number
beforeEach(async () => {
  shop = await startFakePrestaShop()
  port = memoryPort()
  cursor = null
  passes = 0
})
afterEach(() => shop.close())

/** Runs a pass a day after the one before, keeping the cursor as JSON as a gateway would. */
async function run(
  mode: ReadingPass['mode'],
  options: Partial<PrestaShopOptionsInput> = {},
  pass: Partial<ReadingPass> = {},
): Promise<PrestaShopReading> {
  const at = new Date(firstPassAt + passes * 86_400_000)
  passes += 1
  const reading = await readPrestaShop(optionsFor(shop, options), port, {
    mode,
    cursor,
    now: () => at,
    ...pass,
  })
  if (reading.cursor) cursor = JSON.parse(JSON.stringify(reading.cursor))
  return reading
}

async function report(...request: Parameters<typeof run>): Promise<PrestaShopReport> {
  const reading = await run(...request)
  if (!reading.ok) throw new Error(`${reading.error.code}: ${reading.error.message}`)
  return reading.report
}

const row = (resource: string, id: number): WireRow => {
  const found = shop.lists[resource]?.find((candidate) => candidate['id'] === id)
  if (!found) throw new Error(`the shop has no ${resource}/${id}`)
  return found
}

/** Changes a row as someone in the shop's back office would, shortly before the next pass. */
function edit(resource: string, id: number, changes: WireRow): void {
  const day = new Date(firstPassAt + passes * 86_400_000).toISOString().slice(0, 10)
  Object.assign(row(resource, id), { ...changes, date_upd: `${day} 15:30:00` })
}

function erase(resource: string, id: number): void {
  const list = shop.lists[resource] ?? []
  list.splice(list.indexOf(row(resource, id)), 1)
}

const touched = ({ kinds }: PrestaShopReport) =>
  Object.fromEntries(
    Object.entries(kinds).flatMap(([kind, { created, updated, deleted, failed }]) =>
      created + updated + deleted + failed > 0
        ? [[kind, { created, updated, deleted, failed }]]
        : [],
    ),
  )
const only = (counts: Partial<Record<'created' | 'updated' | 'deleted' | 'failed', number>>) => ({
  created: 0,
  updated: 0,
  deleted: 0,
  failed: 0,
  ...counts,
})

describe('the same shop again', () => {
  test('a second full pass changes nothing', async () => {
    const first = await report('full')
    const second = await report('full')
    expect(touched(second)).toEqual({})
    for (const [kind, counts] of Object.entries(second.kinds)) {
      expect({ kind, ...counts }).toMatchObject({ unchanged: counts.received })
    }
    expect(second.kinds.article?.received).toBe(first.kinds.article?.received)
  })

  test('sends the very same rows, but for when they were seen', async () => {
    await report('full')
    const first = JSON.stringify(port.batches)
    port.batches.length = 0
    await report('full')
    const second = JSON.stringify(port.batches)
    expect(second).not.toBe(first)
    expect(second.replaceAll('2026-11-24T15', '2026-11-23T15')).toBe(first)
  })

  test('a pass for changes sends nothing, but that what was seen still stands', async () => {
    await report('full')
    port.batches.length = 0
    const soon = new Date(firstPassAt + 59 * 60_000)
    expect((await report('changes', {}, { now: () => soon })).kinds).toEqual({})
    expect(port.batches).toEqual([])
    const later = await report('changes')
    expect(later.mode).toBe('changes')
    expect(touched(later)).toEqual({})
    expect(port.batches.map(({ kind }) => kind)).toEqual(['synced_price', 'balance'])
    const seenAt = '2026-11-25T15:00:00.000Z'
    expect(port.store.balance.get('demo_11 webshop')?.observedAt).toBe(seenAt)
    expect([...port.store.synced_price.values()][0]?.observedAt).toBe(seenAt)
  })

  test('the first pass is full whatever is asked for', async () => {
    expect((await report('changes')).mode).toBe('full')
  })
})

describe('changes', () => {
  beforeEach(async () => {
    await report('full')
  })

  test('are asked for by date, two hours before the pass before by the clock in Paris', async () => {
    const before = shop.requests.length
    await report('changes')
    const dated = shop.requests.slice(before).filter((request) => request.includes('date_upd'))
    expect(dated.length).toBeGreaterThan(0)
    for (const request of dated) {
      expect(request).toContain('filter[date_upd]=>[2026-11-23 14:00:00]&date=1')
    }
  })

  test('are all that is read, and what is not known yet by its id', async () => {
    // The recorded shop was set up within the two hours before the first pass.
    await report('changes')
    edit('products', 6, { price: '12.000000' })
    shop.lists['products']?.push({ ...row('products', 7), id: 30, date_upd: '2001-01-01 00:00:00' })
    const before = shop.requests.length
    await report('changes')
    const products = shop.requests
      .slice(before)
      .filter((request) => /\/products\?display=\[id,/.test(request))
      .map((request) => request.replace(/.*?&(.*)&sort.*/, '$1'))
    expect(products).toEqual([
      'filter[date_upd]=>[2026-11-24 14:00:00]&date=1&filter[id]=>[0]&limit=250',
      'filter[date_upd]=>[2026-11-24 14:00:00]&date=1&filter[id]=>[6]&limit=250',
      'filter[id]=[30]',
    ])
    const names = (request: string) => [...new URLSearchParams(request.split('?')[1]).keys()]
    for (const request of shop.requests) {
      expect(new Set(names(request)).size).toBe(names(request).length)
    }
  })

  test('a price and a name', async () => {
    edit('products', 6, { price: '12.345678', name: 'Mugg' })
    expect(touched(await report('changes'))).toEqual({ article: only({ updated: 1 }) })
    expect(port.store.article.get('demo_11')).toMatchObject({
      listPrice: 12_345_678,
      nameSv: 'Mugg',
    })
  })

  test('a base price that a reduction comes off', async () => {
    edit('products', 1, { price: '100.000000' })
    expect(touched(await report('changes'))).toEqual({
      article: only({ updated: 8 }),
      synced_price: only({ updated: 8 }),
    })
    expect(port.store.synced_price.get('ps-price-1-3-all-0-open')?.price).toBe(80_000_000)
  })

  test('a reference: the article keeps its number', async () => {
    edit('products', 6, { reference: 'MUG-1' })
    const { notes } = await report('changes')
    expect(port.store.article.has('demo_11')).toBe(true)
    expect(port.store.article.has('MUG-1')).toBe(false)
    expect(notes).toContainEqual({ resource: 'products', id: '6', reason: 'reference_changed' })
  })

  test('a product switched off, and on again', async () => {
    edit('products', 6, { active: '0' })
    await report('changes')
    expect(port.store.article.get('demo_11')?.status).toBe('discontinued')
    edit('products', 6, { active: '1' })
    await report('changes')
    expect(port.store.article.get('demo_11')?.status).toBe('active')
  })

  test('a product deleted, with all that hung on it', async () => {
    erase('products', 6)
    erase('stock_availables', 6)
    expect(touched(await report('changes'))).toEqual({
      article: only({ updated: 1 }),
      balance: only({ deleted: 1 }),
    })
    expect(port.store.article.get('demo_11')).toMatchObject({
      status: 'discontinued',
      nameSv: 'Mug The best is yet to come',
    })
    expect(port.store.balance.has('demo_11 webshop')).toBe(false)
    // And it stays so.
    expect(touched(await report('full'))).toEqual({})
  })

  test('a new product, even one whose date was never set', async () => {
    const added = {
      ...row('products', 6),
      id: 30,
      reference: 'NEW-1',
      date_upd: '0000-00-00 00:00:00',
    }
    shop.lists['products']?.push(added)
    shop.lists['stock_availables']?.push({
      ...row('stock_availables', 6),
      id: 90,
      id_product: '30',
      quantity: '7',
    })
    const { links } = await report('changes')
    expect(port.store.article.get('NEW-1')?.status).toBe('active')
    expect(port.store.balance.get('NEW-1 webshop')?.onHand).toBe(7_000)
    expect(links).toContainEqual({ kind: 'article', externalId: '30:0', id: 'NEW-1' })
  })

  test('a combination more and one less, which bear no date', async () => {
    erase('combinations', 39)
    shop.lists['combinations']?.push({ ...row('combinations', 38), id: 50, reference: 'NB-1' })
    await report('changes')
    expect(port.store.article.get('ps-18-39')?.status).toBe('discontinued')
    expect(port.store.article.get('NB-1')?.status).toBe('active')
  })

  test('stock', async () => {
    Object.assign(row('stock_availables', 20), { quantity: '-4' })
    expect(touched(await report('changes'))).toEqual({ balance: only({ updated: 1 }) })
    expect(port.store.balance.get('ps-1-1 webshop')?.onHand).toBe(-4_000)
  })

  test('a specific price that ends for good', async () => {
    erase('specific_prices', 2)
    expect(touched(await report('changes'))).toEqual({ synced_price: only({ deleted: 4 }) })
    expect(
      [...port.store.synced_price.values()].map(({ article }) => article.split('-')[1]),
    ).not.toContain('2')
  })

  test('a customer moves, is switched off, and is erased', async () => {
    edit('addresses', 2, { city: 'Lyon' })
    edit('customers', 2, { email: 'john@example.test' })
    expect(touched(await report('changes'))).toEqual({
      address: only({ updated: 1 }),
      contact: only({ updated: 1 }),
    })
    expect(port.store.contact.get('ps-customer-2')?.email).toBe('john@example.test')
    edit('customers', 2, { active: '0' })
    await report('changes')
    expect(port.store.contact.get('ps-customer-2')?.status).toBe('disabled')
    expect(port.store.company.get('ps-company-2')?.status).toBe('closed')
    erase('customers', 2)
    erase('addresses', 2)
    erase('addresses', 5)
    expect(touched(await report('changes'))).toEqual({
      contact: only({ deleted: 1 }),
      address: only({ deleted: 2 }),
    })
    expect(port.store.company.get('ps-company-2')).toMatchObject({
      status: 'closed',
      name: 'My Company',
    })
    // Nothing of the person is left behind.
    expect(JSON.stringify(cursor)).not.toMatch(/john@example|DOE|Main street/)
  })

  test('a group’s reduction', async () => {
    Object.assign(row('groups', 3), { reduction: '12.50' })
    expect(touched(await report('changes'))).toEqual({
      rebate: only({ created: 1 }),
      synced_price: only({ created: 12 }),
    })
    expect([...port.store.rebate.values()]).toMatchObject([
      { id: 'ps-reduction-3', customerGroup: 'ps-group-3', rebate: 125_000, company: null },
    ])
    expect(port.store.synced_price.get('ps-price-1-1-g3-0-open')?.price).toBe(16_730_000)
  })

  test('a row that cannot be read any more leaves things as they were', async () => {
    edit('products', 6, { price: 'oops' })
    const { skipped, kinds } = await report('changes')
    expect(skipped).toEqual([{ resource: 'products', id: '6', reason: 'unreadable_row' }])
    expect(kinds.article).toBeUndefined()
    expect(port.store.article.get('demo_11')).toMatchObject({
      status: 'active',
      listPrice: 11_900_000,
    })
    // Nor does a full pass take it for gone.
    await report('full')
    expect(port.store.article.get('demo_11')?.status).toBe('active')
  })
})

describe('whatever changes', () => {
  test(
    'a pass for changes brings Kontor where a full one would',
    { timeout: 120_000 },
    async () => {
      const someone = fc.constantFrom(...Array.from({ length: 19 }, (_, index) => index + 1))
      const change = fc.oneof(
        fc.record({ kind: fc.constant('price' as const), id: someone, price: fc.nat(99_999) }),
        fc.record({ kind: fc.constant('switch' as const), id: someone }),
        fc.record({ kind: fc.constant('erase' as const), id: someone }),
        fc.record({ kind: fc.constant('combination' as const), id: someone }),
        fc.record({
          kind: fc.constant('special' as const),
          id: someone,
          customer: fc.nat(2),
          group: fc.nat(3),
        }),
        fc.record({
          kind: fc.constant('stock' as const),
          id: someone,
          quantity: fc.integer({ max: 999, min: -99 }),
        }),
        fc.record({ kind: fc.constant('customer' as const), id: fc.constantFrom(1, 2) }),
      )
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(change, { maxLength: 5 }), { maxLength: 3 }),
          async (days) => {
            await shop.close()
            shop = await startFakePrestaShop()
            port = memoryPort()
            cursor = null
            passes = 0
            await report('full')
            let newId = 100
            for (const changes of days) {
              for (const one of changes) {
                newId += 1
                const has = (resource: string) =>
                  shop.lists[resource]?.some((candidate) => candidate['id'] === one.id)
                if (one.kind === 'customer')
                  edit('customers', one.id, { active: '0', company: `AB ${newId}` })
                else if (!has('products')) continue
                else if (one.kind === 'price') edit('products', one.id, { price: `${one.price}.5` })
                else if (one.kind === 'switch')
                  edit('products', one.id, { active: newId % 2 ? '1' : '0' })
                else if (one.kind === 'erase') erase('products', one.id)
                else if (one.kind === 'stock') {
                  Object.assign(row('stock_availables', one.id), { quantity: String(one.quantity) })
                } else if (one.kind === 'combination') {
                  const model = row('combinations', 1)
                  shop.lists['combinations']?.push({
                    ...model,
                    id: newId,
                    id_product: String(one.id),
                    price: '1.000000',
                  })
                } else {
                  shop.lists['specific_prices']?.push({
                    ...shop.lists['specific_prices'][0],
                    id: newId,
                    id_product: String(one.id),
                    id_customer: String(one.customer),
                    id_group: String(one.group),
                  })
                }
              }
              expect((await report('changes')).failed).toEqual([])
            }
            const after = await report('full')
            expect(touched(after)).toEqual({})
          },
        ),
        { numRuns: 15, seed: 821 },
      )
    },
  )
})

describe('many rows', () => {
  beforeEach(() => {
    const products = shop.lists['products'] ?? []
    const model = { ...products[5] }
    for (let id = 20; id <= 1300; id += 1) products.push({ ...model, id, reference: `M-${id}` })
  })

  test('come page by page, each once', async () => {
    const { kinds } = await report('full', { pageSize: 100 })
    expect(kinds.article).toMatchObject({ received: 47 + 1281, created: 47 + 1281 })
    expect(port.store.article.get('M-1300')?.status).toBe('active')
    const pages = shop.requests.filter((request) => request.includes('/products?'))
    // 13 pages and the empty one that says it was the last.
    expect(pages).toHaveLength(14)
    expect(pages[1]).toContain('filter[id]=>[100]')
  })

  test('are handed over in batches of a thousand at most', async () => {
    await report('full')
    const sizes = port.batches
      .filter(({ kind }) => kind === 'article')
      .map(({ rows }) => rows.length)
    expect(sizes).toEqual([1000, 328])
  })

  test('are not lost where something caps the pages', async () => {
    // As a proxy or a module might: never more than 40 rows, whatever is asked for.
    shop.setMishap((request) => {
      const asked = /\/api\/products\?.*filter\[id\]=>\[(\d+)\]/.exec(request)
      if (!asked) return null
      const rows = (shop.lists['products'] ?? []).filter(({ id }) => Number(id) > Number(asked[1]))
      const page = rows.slice(0, 40)
      return {
        kind: 'answer',
        status: 200,
        body: JSON.stringify(page.length ? { products: page } : []),
      }
    })
    expect((await report('full')).kinds.article?.created).toBe(47 + 1281)
  })

  test('deleted between two pages push none of the others out', async () => {
    shop.setMishap((request) => {
      if (/\/products\?.*>\[100\]/.test(request)) erase('products', 50)
      return null
    })
    const { kinds } = await report('full', { pageSize: 100 })
    expect(kinds.article?.created).toBe(47 + 1281)
  })
})

describe('a pass that breaks off', () => {
  /** Loses every connection from the given request on, until told otherwise. */
  const loseFrom = (pattern: RegExp) => {
    let lost = false
    shop.setMishap((request) => {
      lost ||= pattern.test(request)
      return lost ? { kind: 'lost' } : null
    })
  }

  test('hands over nothing, and carries on where it was', async () => {
    await shop.close()
    shop = await startFakePrestaShop()
    loseFrom(/combinations\?.*>\[20\]/)
    const broken = await run('full', { pageSize: 10, retries: 1 })
    expect(broken).toMatchObject({
      ok: false,
      error: { code: 'unreachable', resource: 'combinations' },
    })
    expect(port.batches).toEqual([])

    shop.setMishap(null)
    const before = shop.requests.length
    // An hour later: a day would be too late to carry on.
    passes = 0
    const { kinds } = await report('changes', { pageSize: 10 })
    const resumed = shop.requests.slice(before)
    expect(resumed.some((request) => request.includes('/products?'))).toBe(false)
    expect(resumed.find((request) => request.includes('/combinations?'))).toContain('>[20]')
    expect(kinds.article?.created).toBe(47)
    expect(kinds.contact?.created).toBe(2)

    // What changed meanwhile is caught up with, as the next pass looks back to where this one began.
    expect(touched(await report('full'))).toEqual({})
  })

  test('is begun anew when it has lain too long', async () => {
    loseFrom(/combinations\?.*>\[20\]/)
    await run('full', { pageSize: 10, retries: 0 })
    shop.setMishap(null)
    const before = shop.requests.length
    await report('full', { pageSize: 10 })
    expect(shop.requests.slice(before).some((request) => request.includes('/products?'))).toBe(true)
  })

  test('for changes leaves the cursor where it was', async () => {
    await report('full')
    edit('products', 6, { price: '99.000000' })
    loseFrom(/stock_availables/)
    const before = JSON.stringify([...port.store.article])
    const broken = await run('changes', { retries: 0 })
    expect(broken).toMatchObject({ ok: false, cursor: null })
    expect(JSON.stringify([...port.store.article])).toBe(before)
    shop.setMishap(null)
    await report('changes')
    expect(port.store.article.get('demo_11')?.listPrice).toBe(99_000_000)
  })

  test('stopped from outside', async () => {
    const stopping = new AbortController()
    shop.setMishap((request) => {
      if (request.includes('/products?')) stopping.abort()
      return null
    })
    const reading = await run('full', {}, { signal: stopping.signal })
    expect(reading).toMatchObject({ ok: false, error: { code: 'stopped' } })
    expect(port.batches).toEqual([])
  })

  test('because the port fails may be run again with the same cursor', async () => {
    const upsert = port.upsert.bind(port)
    let left = 3
    port.upsert = async (kind, rows) => {
      left -= 1
      if (left < 0) throw new Error('the database is gone')
      return await upsert(kind, rows)
    }
    await expect(run('full')).rejects.toThrow('the database is gone')
    left = Number.POSITIVE_INFINITY
    const { kinds } = await report('full')
    expect(kinds.article).toMatchObject({ received: 47, unchanged: 47 })
    expect(kinds.company).toMatchObject({ created: 2 })
  })
})

describe('rows that are refused', () => {
  test('are told of with their key, and sent again until they are taken in', async () => {
    edit('customers', 2, { email: 'not an address' })
    const { failed, kinds, links } = await report('full')
    expect(failed).toMatchObject([{ kind: 'contact', key: 'ps-customer-2', pointer: '/email' }])
    expect(kinds.contact).toMatchObject({ received: 2, created: 1, failed: 1 })
    expect(links.some(({ id }) => id === 'ps-customer-2')).toBe(false)
    expect((await report('changes')).failed).toHaveLength(1)
    edit('customers', 2, { email: 'john@example.test' })
    expect(touched(await report('changes'))).toEqual({ contact: only({ created: 1 }) })
  })

  test('deletions as well', async () => {
    await report('full')
    // The memory port, like a gateway, keeps what is still pointed at: here the address' company.
    const upsert = port.upsert.bind(port)
    port.upsert = async (kind, rows) => {
      if (kind !== 'contact') return await upsert(kind, rows)
      const errors = rows.map((_, index) => ({
        index,
        code: 'in_use',
        pointer: '',
        message: 'in use',
      }))
      const none = { created: 0, updated: 0, unchanged: 0, deleted: 0 }
      return { kind, received: rows.length, failed: rows.length, errors, ...none }
    }
    erase('customers', 2)
    expect((await report('changes')).failed).toMatchObject([
      { key: 'ps-customer-2', code: 'in_use' },
    ])
    port.upsert = upsert
    expect(touched(await report('changes'))).toEqual({ contact: only({ deleted: 1 }) })
  })
})

describe('a shop that seems empty', () => {
  beforeEach(async () => {
    const products = shop.lists['products'] ?? []
    for (let id = 20; id <= 60; id += 1) products.push({ ...products[5], id, reference: `M-${id}` })
    await report('full')
  })

  test.each(['full', 'changes'] as const)('is not believed in a %s pass', async (mode) => {
    const before = JSON.stringify([...port.store.article])
    shop.lists['products']?.splice(2)
    const reading = await run(mode)
    expect(reading).toMatchObject({
      ok: false,
      error: { code: 'too_many_gone', resource: 'products' },
    })
    expect(JSON.stringify([...port.store.article])).toBe(before)
    // Unless one says so.
    const accepted = await report(mode, {}, { acceptRemovals: true })
    expect(accepted.failed).toEqual([])
    expect(port.store.article.get('M-60')?.status).toBe('discontinued')
  })
})

describe('the cursor', () => {
  test('that is garbage is refused in words', async () => {
    for (const garbage of ['x', 5, {}, { version: 1 }, { version: 2 }]) {
      cursor = garbage
      const reading = await run('full')
      expect(reading).toMatchObject({
        ok: false,
        error: { code: 'cursor_unreadable' },
        cursor: null,
      })
    }
    expect(shop.requests).toEqual([])
  })

  test('of another shop is refused', async () => {
    await report('full')
    ;(cursor as { url: string }).url = 'https://other.example'
    expect(await run('full')).toMatchObject({ error: { code: 'cursor_of_another_shop' } })
  })

  test('holds no key', async () => {
    await report('full')
    expect(JSON.stringify(cursor)).not.toContain('TESTKEY0')
  })
})
