import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { MasterDataInput, MasterDataKind } from '../../../contract/master-data'
import { upsertMasterData } from '../../../gateway/master-data/upsert'
import { setShopToldOfAvailability } from '../../../gateway/storefront/manage-shops'
import { NOON } from './seller-data'
import { Webshop } from './webshop'

let shop: Webshop
let cursor = ''
beforeAll(async () => {
  shop = await Webshop.open({ now: () => NOON })
  await setShopToldOfAvailability(shop.db, 'shop', true)
})
afterAll(() => shop.close())
beforeEach(async () => {
  await setShopToldOfAvailability(shop.db, 'shop', true)
  cursor = (await shop.allChanges()).cursor
})

/** Which articles each change since then has named. */
async function told(): Promise<readonly (readonly string[] | null)[]> {
  const all = await shop.allChanges(cursor)
  cursor = all.cursor
  return all.changes.flatMap(({ change }) =>
    change.type === 'availability.changed' ? [change.data.articles] : [],
  )
}
async function load<K extends MasterDataKind>(kind: K, ...rows: readonly object[]) {
  const by = {
    actor: { kind: 'system', name: 'test' },
    origin: { via: 'gateway', task: 'test' },
  } as const
  const { errors } = await upsertMasterData(shop.node.context, kind, rows, by)
  expect(errors).toEqual([])
}
const balance = (
  article: string,
  onHand: number,
  more: Partial<MasterDataInput<'balance'>> = {},
): MasterDataInput<'balance'> => ({
  article,
  warehouse: 'main',
  onHand,
  source: 'erp',
  observedAt: '2026-11-23T12:00:00.000Z',
  ...more,
})

describe('a shop that wants to know is told', () => {
  test('of articles whose stock is reported otherwise, each once, and not of others', async () => {
    await load('balance', balance('VALVE', 7), balance('VALVE', 9, { warehouse: 'north' }))
    expect(await told()).toEqual([['VALVE']])
    await load('balance', balance('VALVE', 7), balance('BOLT', 3))
    expect(await told()).toEqual([['BOLT']])
    await load('inbound', { id: 'i', article: 'HOSE', warehouse: 'main', quantity: 5 })
    expect(await told()).toEqual([['HOSE']])
    // From one article to another: both are others by that.
    await load('inbound', { id: 'i', article: 'BOOK', warehouse: 'main', quantity: 5 })
    expect(await told()).toEqual([['BOOK', 'HOSE']])
    await load('inbound', { id: 'i', deleted: true })
    expect(await told()).toEqual([['BOOK']])
  })

  test('not where the same is reported anew, unless one of our orders is in it by now', async () => {
    await load('balance', balance('VALVE', 500))
    await told()
    await load('balance', balance('VALVE', 500, { observedAt: '2026-11-23T13:00:00.000Z' }))
    expect(await told()).toEqual([])
    await order('exported')
    await told()
    await shop.db
      .updateTable('sales_order_line')
      .set({ exported_at: '2026-11-23T13:30:00.000Z' })
      .execute()
    await load('balance', balance('VALVE', 500, { observedAt: '2026-11-23T14:00:00.000Z' }))
    expect(await told()).toEqual([['VALVE']])
    await load('balance', balance('VALVE', 500, { observedAt: '2026-11-23T15:00:00.000Z' }))
    expect(await told()).toEqual([])
  })

  test('not of a warehouse that nobody is delivered from', async () => {
    await load('balance', balance('VALVE', 90, { warehouse: 'back' }))
    expect(await told()).toEqual([])
  })

  test('of what our own orders take', async () => {
    await order('taking')
    expect(await told()).toEqual([['VALVE']])
  })

  test('that anything may be another where a warehouse is', async () => {
    const north = { id: 'north', name: 'Norr', openToWebshop: true, priority: 2 }
    await load('warehouse', { ...north, priority: 3 })
    expect(await told()).toEqual([null])
    await load('warehouse', { ...north, priority: 3 })
    expect(await told()).toEqual([])
  })

  test('of very many in few changes', async () => {
    const ids = Array.from({ length: 1_200 }, (_, at) => `M${String(at).padStart(4, '0')}`)
    await load(
      'article',
      ...ids.map((id) => ({ id, nameSv: id, unit: 'st', vatRate: 25, currency: 'SEK' })),
    )
    expect(await told()).toEqual([])
    await load('balance', ...ids.map((id) => balance(id, 1)))
    const changes = await told()
    expect(new Set(changes.flat())).toEqual(new Set(ids))
    expect(changes.flat()).toHaveLength(ids.length)
    expect(changes.length).toBeLessThan(10)
    expect(Math.max(...changes.map((one) => one?.length ?? 0))).toBeLessThanOrEqual(500)
  })
})

async function order(id: string): Promise<void> {
  const lines = [
    { id: '1', article: 'VALVE', quantity: '1', price: { amount: '100' } },
    { id: '2', article: 'VALVE', quantity: '2', price: { amount: '100' } },
  ]
  const { body } = await shop.send({
    type: 'requisition.submitted',
    timestamp: NOON.toISOString(),
    data: { id, contact: 'olle', currency: 'SEK', lines },
  })
  expect(body.requisition.orderNumber, JSON.stringify(body)).not.toBeNull()
}

describe('nothing is told', () => {
  test('to a shop that has not asked for it, or is kept out', async () => {
    await setShopToldOfAvailability(shop.db, 'shop', false)
    await load('balance', balance('BOLT', 77))
    await order('quiet')
    expect(await told()).toEqual([])
    await setShopToldOfAvailability(shop.db, 'shop', true)
    await shop.db.updateTable('shop').set({ status: 'disabled' }).execute()
    await load('balance', balance('BOLT', 78))
    await shop.db.updateTable('shop').set({ status: 'active' }).execute()
    expect(await told()).toEqual([])
  })
})
