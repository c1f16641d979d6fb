import { Hono } from 'hono'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { availabilitySchema } from '../../../contract/availability'
import { placeOrder } from '../../../gateway/requisitions/place-order'
import { storefrontRoutes } from '../../../gateway/storefront/routes'
import { NOON } from './seller-data'
import { Webshop } from './webshop'

let shop: Webshop
let now = NOON
beforeAll(async () => {
  shop = await Webshop.open({ now: () => now })
  await shop.db
    .insertInto('stock_balance')
    .values([
      { ...balance, article_id: 'VALVE', warehouse_id: 'north', on_hand: 300_000 },
      // Never told: the warehouse is closed to the webshop.
      { ...balance, article_id: 'VALVE', warehouse_id: 'back', on_hand: 9_000_000 },
      { ...balance, article_id: 'RARE', warehouse_id: 'main', on_hand: -4_000 },
    ])
    .execute()
})
afterAll(() => shop.close())
beforeEach(() => {
  now = NOON
})

const balance = { safety_stock: 0, lead_time_days: null, source: 'erp', observed_at: NOON }
const plain = (text: string | undefined) => text?.replaceAll('\u00a0', ' ')
const ask = async (query: string) => {
  const { status, body, text } = await shop.availability(query)
  expect(status, text).toBe(200)
  return availabilitySchema.parse(body)
}
const only = async (query: string) => (await ask(query)).articles[0]!

describe('what can be delivered', () => {
  test('is told of every opened warehouse, in order, in words as well', async () => {
    const answer = await ask('?sku=VALVE:120')
    expect(answer).toMatchObject({ today: '2026-11-23', language: 'sv' })
    expect(answer.articles).toMatchObject([
      { article: 'VALVE', quantity: '120', unit: 'st', status: 'deliverable', best: 'main' },
    ])
    const [{ warehouses, split, text }] = answer.articles as [(typeof answer.articles)[0]]
    expect(warehouses).toMatchObject([
      {
        warehouse: 'main',
        name: 'Huvudlager',
        status: 'deliverable',
        now: { quantity: '1000', orMore: false },
        date: '2026-11-23',
        confirmed: true,
        leadTimeDays: null,
        observedAt: NOON.toISOString(),
        stale: false,
      },
      { warehouse: 'north', status: 'deliverable', now: { quantity: '300' } },
    ])
    expect(split).toBeNull()
    expect(plain(text)).toBe('1 000 st kan levereras nu, från Huvudlager')
  })

  test('is the date of what comes in, planned or confirmed, then the lead time, then nothing', async () => {
    await shop.db
      .insertInto('stock_inbound')
      .values([
        { ...inbound, id: 'i1', quantity: 500_000, date: '2026-11-27', confirmed: true },
        { ...inbound, id: 'i2', quantity: 500_000, date: '2026-12-01', confirmed: false },
      ])
      .execute()
    const north = async (quantity: number) =>
      (await only(`?sku=VALVE:${quantity}`)).warehouses.find(
        ({ warehouse }) => warehouse === 'north',
      )
    const confirmed = await north(700)
    expect(confirmed).toMatchObject({ status: 'promised', date: '2026-11-27', confirmed: true })
    expect(plain(confirmed?.text)).toBe('300 st nu, resten fre 27 nov, bekräftat')
    const planned = await north(1_200)
    expect(planned).toMatchObject({ status: 'promised', date: '2026-12-01', confirmed: false })
    expect(await north(2_000)).toMatchObject({ status: 'out_of_stock', date: null })

    const late = await only('?sku=HOSE:1000.5')
    expect(late).toMatchObject({ status: 'lead_time', best: 'main' })
    expect(late.warehouses).toMatchObject([
      { leadTimeDays: 5, date: '2026-11-30', now: { quantity: '1000' }, confirmed: null },
    ])
    expect(plain(late.text)).toBe(
      '1 000 m nu, resten om 5 arbetsdagar, mån 30 nov, från Huvudlager',
    )
    await shop.db.deleteFrom('stock_inbound').execute()
  })

  test('is split where no single warehouse has it all', async () => {
    const { split, best } = await only('?sku=VALVE:1250')
    expect(best).toBe('main')
    expect(split).toMatchObject({
      parts: [
        { warehouse: 'main', quantity: { quantity: '1000' } },
        { warehouse: 'north', quantity: { quantity: '250' } },
      ],
      whole: true,
      missing: '0',
    })
    expect(plain(split?.text)).toBe('Nu: 1 000 st från Huvudlager och 250 st från Norr')
    const short = (await only('?sku=VALVE:1400')).split
    expect(short).toMatchObject({ whole: false, missing: '100' })
    expect(plain(short?.text)).toBe(
      'Nu: 1 000 st från Huvudlager och 300 st från Norr, 100 st saknas',
    )
  })

  test('is never less than nothing, and what nobody holds or knows fails nothing else', async () => {
    const { articles } = await ask('?sku=RARE&sku=BOOK&sku=NOPE:2.5&sku=VALVE')
    expect(articles).toMatchObject([
      { status: 'out_of_stock', warehouses: [{ now: { quantity: '0' } }], text: 'Slut i lager' },
      { status: 'not_stocked', best: null, warehouses: [], text: 'Lagerförs inte' },
      { article: 'NOPE', quantity: '2.5', unit: null, status: 'unknown_article', warehouses: [] },
      { status: 'deliverable' },
    ])
  })

  test('counts our own orders that the source has not been told of', async () => {
    const lines = [{ id: '1', article: 'VALVE', quantity: '40', price: { amount: '100' } }]
    const { body } = await shop.send({
      type: 'requisition.submitted',
      timestamp: NOON.toISOString(),
      data: { id: 'own', contact: 'olle', currency: 'SEK', lines },
    })
    expect(body.requisition.orderNumber).not.toBeNull()
    expect((await only('?sku=VALVE')).warehouses[0]?.now?.quantity).toBe('960')
    await shop.db.deleteFrom('sales_order_line').execute()
  })

  test('speaks the language that is asked for, else that of the contact’s company', async () => {
    await shop.db.updateTable('company').set({ language: 'en' }).where('id', '=', 'alm').execute()
    const text = async (rest: string) => plain((await only(`?sku=VALVE:2${rest}`)).text)
    expect(await text('&contact=rut')).toBe('1 000 st kan levereras nu, från Huvudlager')
    expect(await text('&contact=alma')).toBe('1,000 pcs can be delivered now, from Huvudlager')
    expect(await text('&contact=alma&language=sv')).toContain('kan levereras')
    expect(await text('&language=en')).toContain('can be delivered')
  })

  test('says when a report has grown old', async () => {
    now = new Date(NOON.getTime() + 24 * 3_600_000)
    expect((await only('?sku=VALVE')).warehouses[0]).toMatchObject({ stale: false })
    now = new Date(now.getTime() + 1_000)
    expect((await only('?sku=VALVE')).warehouses[0]).toMatchObject({ stale: true })
  })
})

const inbound = { article_id: 'VALVE', warehouse_id: 'north' }

describe('the door', () => {
  test('refuses a quantity finer than the article is sold in, and names it', async () => {
    const { status, headers, body } = await shop.availability('?sku=VALVE&sku=HOSE:1.25')
    expect(status).toBe(422)
    expect(headers.get('content-type')).toBe('application/problem+json')
    expect(body).toMatchObject({
      code: 'quantity_precision',
      errors: [
        {
          parameter: 'sku',
          value: 'HOSE:1.25',
          code: 'quantity_precision',
          detail: 'The article’s quantity may have at most 1 decimals.',
        },
      ],
    })
    // Neither the pack nor the least that is sold is looked at.
    expect((await only('?sku=BOLT:3')).status).toBe('deliverable')
  })

  test.each([
    ['', 400, 'invalid_parameter'],
    ['?sku=VALVE:-1', 422, 'quantity_not_positive'],
    ['?sku=VALVE&contact=nobody', 422, 'unknown_contact'],
    ['?sku=VALVE&contact=gone', 422, 'contact_disabled'],
  ])('%s is answered %i %s', async (query, status, code) => {
    expect(await shop.availability(query)).toMatchObject({ status, body: { code } })
  })

  test('opens to whoever signs as a shop, and is signed in return', async () => {
    const secret = `whsec_${Buffer.alloc(32).toString('base64')}`
    expect(await shop.availability('?sku=VALVE', { secret })).toMatchObject({ status: 401 })
    const { text, headers } = await shop.availability('?sku=VALVE')
    const signature = new Webhook(shop.secret).sign(headers.get('webhook-id') ?? '', NOON, text)
    expect(headers.get('webhook-signature')).toBe(signature)
  })

  test('takes GET alone', async () => {
    const { status, headers } = await shop.availability('?sku=VALVE', { method: 'POST' })
    expect([status, headers.get('allow')]).toEqual([405, 'GET'])
    const head = await shop.availability('?sku=VALVE', { method: 'HEAD' })
    expect([head.status, head.text]).toEqual([200, ''])
    expect(head.headers.get('etag')).toMatch(/^"/)
  })

  test('says nothing anew that the shop has already', async () => {
    const first = await shop.availability('?sku=VALVE')
    const tag = first.headers.get('etag') ?? ''
    expect(first.headers.get('cache-control')).toBe('private, no-cache')
    now = new Date(NOON.getTime() + 60_000)
    const again = await shop.availability('?sku=VALVE', { headers: { 'if-none-match': tag } })
    expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', tag])
    expect(again.headers.get('cache-control')).toBe('private, no-cache')
    await shop.db
      .updateTable('stock_balance')
      .set({ on_hand: 999_000 })
      .where('article_id', '=', 'VALVE')
      .where('warehouse_id', '=', 'main')
      .execute()
    const other = await shop.availability('?sku=VALVE', { headers: { 'if-none-match': tag } })
    expect(other.status).toBe(200)
    expect(other.headers.get('etag')).not.toBe(tag)
  })

  test('has a pace of its own, apart from that of events', async () => {
    const availabilityPace = { perSecond: 2, burst: 3 }
    const app = storefrontRoutes(shop.node.context, { placeOrder, availabilityPace })
    const path = '/storefront/v1/availability?sku=VALVE'
    const headers = {
      'webhook-id': 'pace',
      'webhook-timestamp': String(NOON.getTime() / 1_000),
      'webhook-signature': new Webhook(shop.secret).sign('pace', NOON, `GET ${path}`),
    }
    const mounted = new Hono().route('/storefront/v1', app)
    const answers = []
    for (let at = 0; at < 5; at += 1) answers.push(await mounted.request(path, { headers }))
    const limited = answers.at(-1)
    expect(answers.slice(0, 3).map(({ status }) => status)).toEqual([200, 200, 200])
    expect([limited?.status, limited?.headers.get('retry-after')]).toEqual([429, '1'])
    expect(await limited?.json()).toMatchObject({
      code: 'too_many_requests',
      detail: 'A shop may ask 2 times a second. Ask again in 1 s.',
    })
  })
})
