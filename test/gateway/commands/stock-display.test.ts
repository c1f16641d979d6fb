import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AvailabilityAnswer } from '../../../contract/availability'
import type { StockDisplay } from '../../../domain/availability/stock-display'
import { openConsoles, type Consoles } from '../../support/consoles'
import { addTestShop, startTestGateway, type TestGateway } from '../../support/gateway'
import { load, smallSeller } from '../../support/small-seller'

let gateway: TestGateway
let shop: Awaited<ReturnType<typeof addTestShop>>
let consoles: Consoles
beforeAll(async () => {
  gateway = await startTestGateway()
  await load(gateway, smallSeller)
  const observedAt = new Date().toISOString()
  const on = (warehouse: string, onHand: number) => ({
    article: 'RB-2206',
    warehouse,
    onHand,
    source: 'test',
    observedAt,
  })
  await load(gateway, { balance: [on('STH', 120), on('GBG', 40)] })
  shop = await addTestShop(gateway)
  consoles = await openConsoles(gateway, [
    { username: 'adam', roles: ['admin'] },
    { username: 'karin', roles: ['approver'] },
  ])
})
afterAll(async () => {
  consoles.close()
  await gateway.close()
})

const first: StockDisplay = { rule: { kind: 'exact' }, groups: [], staleAfterHours: 24 }
const ours: StockDisplay = {
  rule: { kind: 'capped', at: 50_000 },
  groups: [
    { groupId: 'ORDER', rule: { kind: 'exact' } },
    { groupId: 'LISTOR', rule: { kind: 'yes_no' } },
  ],
  staleAfterHours: 4,
}
const seller = () => consoles.as('adam').get('seller', 'seller')?.value
const set = (payload: object, version: number | null, by = 'adam') =>
  consoles.as(by).command('stock_display.set', 'stock_display', version, payload)
async function seen(quantity: number, contact?: string) {
  const whose = contact === undefined ? '' : `&contact=${contact}`
  const response = await shop.get(`/storefront/v1/availability?sku=RB-2206:${quantity}${whose}`)
  const { articles } = (await response.json()) as AvailabilityAnswer
  const [{ status, text, split, warehouses }] = articles as [AvailabilityAnswer['articles'][0]]
  return {
    status,
    text: text.replaceAll('\u00a0', ' '),
    now: warehouses.map(({ now }) => now && `${now.quantity}${now.orMore ? '+' : ''}`),
    split: split && {
      whole: split.whole,
      missing: split.missing,
      text: split.text.replaceAll('\u00a0', ' '),
    },
  }
}

test('every figure is shown as it is before anything is said', async () => {
  await consoles.as('adam').until('the seller', () => seller()?.stockDisplay)
  expect(seller()).toMatchObject({ stockDisplay: first, stockDisplayVersion: 0 })
  expect(await seen(10)).toMatchObject({ now: ['120', '40'] })
})

test('what an admin sets is shown by the group of whoever asks, and told to every console', async () => {
  expect(await set(ours, 0)).toMatchObject({ ok: true, version: 1 })
  await consoles.as('karin').until('the rule', () => {
    const found = consoles.as('karin').get('seller', 'seller')?.value
    return found?.stockDisplayVersion === 1 && found
  })
  expect(seller()).toMatchObject({ stockDisplay: ours })

  // Those without a rule of their own, and whoever has not signed in.
  for (const contact of ['anna', undefined]) {
    expect(await seen(10, contact)).toEqual({
      status: 'deliverable',
      text: '50+ st kan levereras nu, från Stockholm',
      now: ['50+', '40'],
      split: null,
    })
  }
  expect(await seen(10, 'olle')).toMatchObject({ now: ['120', '40'] })
  expect(await seen(10, 'lisa')).toMatchObject({
    status: 'deliverable',
    text: 'Kan levereras nu, från Stockholm',
    now: [null, null],
  })
})

test('no figure can be counted from a split', async () => {
  expect((await seen(150, 'anna')).split).toEqual({
    whole: true,
    missing: null,
    text: 'Nu: 50+ st från Stockholm och 30 st från Göteborg',
  })
  expect((await seen(200, 'anna')).split).toEqual({
    whole: false,
    missing: null,
    text: 'Nu: 50+ st från Stockholm och 40 st från Göteborg, men inte allt',
  })
  expect(await seen(200, 'lisa')).toMatchObject({
    status: 'out_of_stock',
    text: 'Slut i lager',
    split: { whole: false, missing: null, text: 'Nu: Stockholm och Göteborg, men inte allt' },
  })
  expect((await seen(200, 'olle')).split).toMatchObject({ missing: '40' })
})

test('it stands in the audit, before and after', async () => {
  const answer = await consoles.as('adam').query('audit.of', { aggregateId: 'stock_display' })
  expect(answer).toMatchObject({
    result: {
      rows: [{ type: 'stock_display.set', version: 1, data: { before: first, after: ours } }],
    },
  })
})

test('is refused on an older version, of unknown groups, twice of one, and to whoever may not', async () => {
  expect(await set(first, 0)).toMatchObject({ error: { code: 'stale_version' } })
  expect(await set(first, 1, 'karin')).toMatchObject({ error: { code: 'forbidden' } })
  const groups = [{ groupId: 'NOPE', rule: { kind: 'exact' } }]
  expect(await set({ ...first, groups }, 1)).toMatchObject({ error: { code: 'invalid' } })
  const twice = [...ours.groups, ours.groups[0]]
  expect(await set({ ...first, groups: twice }, 1)).toMatchObject({ error: { code: 'invalid' } })
  expect(await set({ ...first, rule: { kind: 'capped', at: 0 } }, 1)).toMatchObject({
    error: { code: 'invalid' },
  })
})

test('a group that is gone does not keep the rest from being changed', async () => {
  await load(gateway, {
    customer_group: [{ id: 'GONE', name: 'G', orderingRight: 'lists', currency: 'SEK' }],
  })
  const groups = [{ groupId: 'GONE', rule: { kind: 'exact' } }]
  expect(await set({ ...ours, groups }, 1)).toMatchObject({ ok: true })
  await gateway.context.db.deleteFrom('customer_group').where('id', '=', 'GONE').execute()
  expect(await set({ ...first, groups }, 2)).toMatchObject({ ok: true, version: 3 })
})
