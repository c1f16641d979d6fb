import { sql } from 'kysely'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { DecisionReason } from '../../../contract/entities'
import { requisitionOf } from '../../../gateway/requisitions/aggregate'
import { event, line, newDocumentId, submitted } from './documents'
import { kronor, NOON } from './seller-data'
import { Webshop } from './webshop'

/** `olle` may order up to 10,000 kr an order and 15,000 kr a month; a valve is 100 kr. */
const opened: Webshop[] = []
let shop: Webshop
let now = NOON
beforeEach(async () => {
  now = NOON
  shop = await Webshop.open({ now: () => now })
  opened.push(shop)
})
afterAll(async () => {
  for (const each of opened) await each.close()
})

async function order(quantity: number, overrides: Parameters<typeof submitted>[0] = {}) {
  const id = newDocumentId()
  const lines = [line({ quantity })]
  const answer = await shop.send(submitted({ id, contact: 'olle', lines, ...overrides }))
  expect(answer.status).toBe(202)
  const { body, progress } = await shop.db
    .selectFrom('requisition')
    .select(['body', 'progress'])
    .where('document_id', '=', id)
    .executeTakeFirstOrThrow()
  return { id, receipt: answer.body.requisition, requisition: requisitionOf({ body, progress }) }
}

/** Why a person has to decide, of what waits for one. */
async function reasonsFor(quantity: number): Promise<readonly DecisionReason[]> {
  const { requisition, receipt } = await order(quantity)
  expect(receipt).toMatchObject({ state: 'submitted', orderNumber: null })
  return requisition.reasons
}

test('within the limits it is ordered at once, and shown as such', async () => {
  const { id, receipt, requisition } = await order(100)
  expect(receipt.state).toBe('ordered')
  expect(receipt.orderNumber).toMatch(/^O-\d+$/)
  expect(requisition).toMatchObject({
    state: 'ordered',
    reasons: [],
    outcome: {
      kind: 'ordered',
      orderNumber: receipt.orderNumber,
      automatic: true,
      by: { kind: 'contact', id: 'olle' },
    },
  })
  const [placed, ...others] = await shop.db.selectFrom('sales_order').selectAll().execute()
  expect(others).toEqual([])
  expect(placed).toMatchObject({
    number: receipt.orderNumber,
    source_id: receipt.id,
    contact_id: 'olle',
    net: kronor(10_000),
    body: { placedBy: { kind: 'contact', id: 'olle' }, lines: [{ warehouseId: 'main' }] },
  })
  const feed = await shop.db.selectFrom('feed').select(['kind', 'id', 'version']).execute()
  expect(feed).toEqual(
    expect.arrayContaining([
      { kind: 'requisition', id: receipt.id, version: 2 },
      { kind: 'order', id: placed!.id, version: 1 },
      expect.objectContaining({ kind: 'commitment', id: placed!.id }),
    ]),
  )
  const { changes } = await shop.allChanges()
  expect(changes.map(({ change }) => change.type)).toEqual([
    'requisition.received',
    'requisition.ordered',
  ])
  expect(changes[1]?.change.data).toMatchObject({
    id,
    orderNumber: receipt.orderNumber,
    decidedBy: null,
    currency: 'SEK',
    net: '10000.00',
    vat: '2500.00',
    gross: '12500.00',
    lines: [
      {
        id: '1',
        article: 'VALVE',
        quantity: '100',
        rowAmount: '10000.00',
        warehouse: 'main',
        requestedDate: null,
        expectedDate: '2026-11-23',
      },
    ],
  })
})

test('on a weekend the customer is told the next working day of the seller’s to expect it', async () => {
  // A Saturday, and Monday is a holiday.
  now = new Date('2026-11-28T12:00:00Z')
  await sql`insert into holiday (date, name) values ('2026-11-30', 'Inventering')`.execute(shop.db)
  await order(100)
  const { changes } = await shop.allChanges()
  expect(changes.at(-1)?.change.data).toMatchObject({ lines: [{ expectedDate: '2026-12-01' }] })
})

describe('a person decides', () => {
  test('beyond the limit of an order', async () => {
    expect(await reasonsFor(101)).toEqual([
      {
        kind: 'over_order_limit',
        limit: kronor(10_000),
        total: kronor(10_100),
      },
    ])
  })

  test('beyond the limit of the month, counting what was ordered in it', async () => {
    expect((await order(60)).receipt.state).toBe('ordered')
    expect((await order(60)).receipt.state).toBe('ordered')
    expect(await reasonsFor(31)).toEqual([
      {
        kind: 'over_period_limit',
        limit: kronor(15_000),
        used: kronor(12_000),
        total: kronor(3_100),
        period: 'month',
      },
    ])
    // What is left of it can be used.
    expect((await order(30)).receipt.state).toBe('ordered')
  })

  test('a new month begins in the seller’s time zone', async () => {
    // 23:30 on 30 November in Stockholm, and half an hour later: both are November in UTC.
    now = new Date('2026-11-30T22:30:00.000Z')
    await order(100)
    expect((await order(100)).receipt.state).toBe('submitted')
    now = new Date('2026-11-30T23:00:00.000Z')
    expect((await order(100)).receipt.state).toBe('ordered')
  })

  test('a cancelled order gives back what it took', async () => {
    await order(100)
    await shop.db.updateTable('sales_order').set({ state: 'cancelled' }).execute()
    expect((await order(100)).receipt.state).toBe('ordered')
  })

  test('beyond the credit, counting our own orders that are not exported', async () => {
    await shop.db
      .updateTable('company')
      .set({ credit_limit: kronor(5_000), exposure: kronor(1_000) })
      .where('id', '=', 'berg')
      .execute()
    // 2,000 kr and a quarter of VAT: 1,000 + 2,500 of 5,000.
    expect((await order(20)).receipt.state).toBe('ordered')
    expect(await reasonsFor(13)).toEqual([
      {
        kind: 'credit_exceeded',
        limit: kronor(5_000),
        exposure: kronor(3_500),
        total: kronor(1_625),
      },
    ])
    // What the ERP has been given is in what it reports.
    await shop.db.updateTable('sales_order').set({ exported_at: NOON }).execute()
    expect((await order(13)).receipt.state).toBe('ordered')
  })

  test('when the limit is in another currency', async () => {
    await shop.db
      .updateTable('customer_group')
      .set({ currency: 'EUR' })
      .where('id', '=', 'orderers')
      .execute()
    expect(await reasonsFor(1)).toEqual([
      {
        kind: 'limit_in_other_currency',
        limitCurrency: 'EUR',
        currency: 'SEK',
      },
    ])
  })

  test('when a line has no price, another than was shown, or a stale one', async () => {
    await shop.db
      .insertInto('price_rule')
      .values({
        kind: 'synced',
        id: 'old',
        article_id: 'BOOK',
        company_id: 'berg',
        minimum_quantity: 0,
        price: 150_000_000,
        basis: 'net',
        currency: 'SEK',
        source: 'erp',
        // The seller lets a price be a day old.
        observed_at: new Date(NOON.getTime() - 25 * 3_600_000),
      })
      .execute()
    const lines = [
      line({ id: 'rare', article: 'RARE' }),
      line({ id: 'cheap', price: { amount: '99.99' } }),
      line({ id: 'stale', article: 'BOOK' }),
      line({ id: 'fine' }),
    ]
    const { requisition } = await order(1, { lines })
    expect(requisition.state).toBe('submitted')
    expect(requisition.reasons).toEqual([
      { kind: 'price_missing', lineIds: ['rare'] },
      { kind: 'price_differs', lineIds: ['cheap'] },
      { kind: 'price_stale', lineIds: ['stale'] },
    ])
  })

  test('about a list and a quote request of someone who may order', async () => {
    for (const type of ['list.sent', 'quote.requested'] as const) {
      const answer = await shop.send(event(type, { contact: 'olle' }))
      expect(answer.body.requisition).toMatchObject({ state: 'submitted', orderNumber: null })
    }
  })
})

test('twenty orders at once use up the month and not more', async () => {
  const node = await shop.anotherNode()
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      shop.send(
        submitted({ contact: 'olle', lines: [line({ quantity: 10 })] }),
        {},
        index % 2 === 0 ? shop.node : node,
      ),
    ),
  )
  // 15,000 kr in orders of 1,000 kr.
  const states = answers.map(({ body }) => body.requisition.state)
  expect(states.filter((state) => state === 'ordered')).toHaveLength(15)
  expect(states.filter((state) => state === 'submitted')).toHaveLength(5)
  const { rows } = await sql<{ net: number }>`select sum(net) as net from sales_order`.execute(
    shop.db,
  )
  expect(rows[0]?.net).toBe(kronor(15_000))
})

test('the group of the company counts where the contact has none of its own', async () => {
  await shop.db
    .updateTable('company')
    .set({ customer_group_id: 'orderers' })
    .where('id', '=', 'alm')
    .execute()
  expect((await order(1, { contact: 'alma' })).receipt.state).toBe('ordered')
  // `lena` has one of her own, which may less than her company's.
  await shop.db
    .updateTable('company')
    .set({ customer_group_id: 'orderers' })
    .where('id', '=', 'berg')
    .execute()
  const answer = await shop.send(submitted({ contact: 'lena' }))
  expect(answer.body.code).toBe('ordering_right_too_low')
})
