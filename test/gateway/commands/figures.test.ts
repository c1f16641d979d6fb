import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { QueryResult } from '../../../contract/queries'
import { ConsoleClient } from '../../support/console-client'
import {
  addTestShop,
  addUser,
  signInAs,
  startTestGateway,
  type TestGateway,
} from '../../support/gateway'
import { countRows } from '../../support/rows'
import { load, proposal, smallSeller } from '../../support/small-seller'

type Revalidated = QueryResult<'requisition.revalidate'>

let gateway: TestGateway
let shop: Awaited<ReturnType<typeof addTestShop>>
let karin: ConsoleClient
let lars: ConsoleClient
let erik: ConsoleClient
let agneta: ConsoleClient
let adam: ConsoleClient
let erikId = ''

beforeAll(async () => {
  gateway = await startTestGateway()
  await load(gateway, smallSeller)
  const other = await gateway.anotherNode()
  shop = await addTestShop(gateway)
  await addUser(gateway, { username: 'karin', roles: ['approver'] })
  await addUser(gateway, { username: 'lars', roles: ['approver'] })
  erikId = await addUser(gateway, { username: 'erik', roles: ['rep'] })
  await addUser(gateway, { username: 'agneta', roles: ['agent'] })
  await addUser(gateway, { username: 'adam', roles: ['admin'] })
  const open = async (name: string, node: Pick<TestGateway, 'url'>) =>
    ConsoleClient.open(node.url, await signInAs(node, name))
  karin = await open('karin', gateway)
  lars = await open('lars', other)
  erik = await open('erik', gateway)
  agneta = await open('agneta', gateway)
  adam = await open('adam', gateway)
})
afterAll(async () => {
  for (const client of [karin, lars, erik, agneta, adam]) client.close()
  await gateway.close()
})

let articles = 0
/** An article of its own, so that no test takes another's stock; 10 kr, cost 6, five days away. */
async function article(stock: Readonly<Record<string, number>>, listPrice = '10'): Promise<string> {
  const id = `F-${(articles += 1)}`
  await load(gateway, {
    article: [{ ...anArticle, id, nameSv: id, listPrice }],
    balance: Object.entries(stock).map(([warehouse, onHand]) => balanceOf(id, warehouse, onHand)),
  })
  return id
}
const anArticle = { unit: 'st', vatRate: 25, currency: 'SEK', cost: '6' } as const
const balanceOf = (id: string, warehouse: string, onHand: number) => ({
  article: id,
  warehouse,
  onHand,
  leadTimeDays: 5,
  source: 'test',
  observedAt: new Date().toISOString(),
})
const priced = (id: string, listPrice: string) =>
  load(gateway, { article: [{ ...anArticle, id, nameSv: id, listPrice }] })
const stocked = (id: string, warehouse: string, onHand: number) =>
  load(gateway, { balance: [balanceOf(id, warehouse, onHand)] })

/** A new proposal of some lines, as Karin and Lars have it. */
async function submitted(
  lines: readonly { readonly article: string; readonly quantity: string }[],
  overrides: object = {},
) {
  const documentId = randomUUID()
  const numbered = lines.map((line, at) => ({ id: String(at + 1), ...line }))
  const { status, body } = await shop.send(proposal(documentId, { lines: numbered, ...overrides }))
  expect(status, JSON.stringify(body)).toBe(202)
  const found = (client: ConsoleClient) =>
    client.until('the requisition', () =>
      client.all('requisition').find(({ value }) => value.shop.documentId === documentId),
    )
  await found(lars)
  return found(karin)
}

async function look(id: string, client = karin): Promise<Revalidated> {
  const answer = await client.query('requisition.revalidate', { id })
  expect(answer, JSON.stringify(answer)).toMatchObject({ ok: true })
  return (answer as { result: Revalidated }).result
}

const approve = (
  { id, version }: { readonly id: string; readonly version: number },
  payload: object,
  client = karin,
) => client.command('requisition.approve', id, version, { revision: 1, ...payload })

async function orderOf(id: string) {
  const order = await karin.until('the order', () =>
    karin.all('order').find(({ value }) => value.source.id === id),
  )
  return order.value
}

/** Run something that must be refused, and insist that no row anywhere was written. */
async function refusedWithoutTrace(act: () => Promise<unknown>): Promise<unknown> {
  const before = await countRows(gateway.context.db)
  const answer = await act()
  expect(await countRows(gateway.context.db)).toEqual(before)
  return answer
}

const net = (amount: number) => ({ amount: amount * 1_000_000, basis: 'net', rebate: 0 })

test('what was proposed is told beside what is so now, row by row', async () => {
  const [calm, dearer, scarce] = [
    await article({ STH: 100 }),
    await article({ STH: 100 }),
    await article({ GBG: 10 }),
  ]
  const row = await submitted([
    { article: calm, quantity: '2' },
    { article: dearer, quantity: '2' },
    // The same article on two rows: the second is what will be short.
    { article: scarce, quantity: '4' },
    { article: scarce, quantity: '5' },
  ])
  const before = await look(row.id)
  expect(before.lines.map(({ changed }) => changed)).toEqual(
    Array.from({ length: 4 }, () => ({ price: false, delivery: null, margin: false })),
  )
  expect(before.lines.every((line) => !('resolved' in line))).toBe(true)

  await priced(dearer, '12.50')
  await stocked(scarce, 'GBG', 8)
  const after = await look(row.id)
  expect(after.lines.map(({ id, changed }) => [id, changed.price, changed.delivery])).toEqual([
    ['1', false, null],
    ['2', true, null],
    ['3', false, null],
    ['4', false, 'later'],
  ])
  expect(after.lines[1]).toMatchObject({
    resolved: { kind: 'priced', unitPrice: { amount: 12_500_000 }, source: { kind: 'list_price' } },
    margin: { proposed: 400_000, kept: 400_000, refreshed: 520_000 },
  })
  expect(after.lines[3]).toMatchObject({
    delivery: { kind: 'lead_time', warehouseId: 'GBG', days: 5 },
    proposed: { delivery: { kind: 'deliverable', warehouseId: 'GBG' }, deliverable: 6_000 },
    warehouses: [{ delivery: { kind: 'lead_time', warehouseId: 'GBG' }, deliverable: 4_000 }],
  })
  expect(after.totals).toMatchObject({ kept: { net: 13_000 }, refreshed: { net: 13_500 } })
  expect(after.company).toMatchObject({ status: 'active', creditLimit: 30_000_000 })
})

test('who may not see it is told of nothing, and what is decided is not looked at any more', async () => {
  const row = await submitted([{ article: await article({ STH: 5 }), quantity: '1' }], {
    contact: 'per',
  })
  const ask = (client: ConsoleClient) => client.query('requisition.revalidate', { id: row.id })
  expect(await ask(agneta)).toMatchObject({ error: { code: 'forbidden' } })
  // It is another rep's customer.
  expect(await ask(erik)).toMatchObject({ error: { code: 'not_found' } })
  expect(await ask(adam)).toMatchObject({ ok: true })
  expect(await approve(row, { seen: (await look(row.id)).seen })).toMatchObject({ ok: true })
  expect(await ask(karin)).toMatchObject({
    error: { code: 'wrong_state', details: { state: 'ordered' } },
  })
})

test('a price that has changed since it was seen stops the approval and is told, and the next goes through', async () => {
  const id = await article({ STH: 100 })
  const row = await submitted([{ article: id, quantity: '2' }])
  const { seen } = await look(row.id)
  await priced(id, '11')
  expect(await refusedWithoutTrace(() => approve(row, { seen }))).toMatchObject({
    ok: false,
    error: {
      code: 'figures_changed',
      details: {
        currentVersion: row.version,
        document: [],
        lines: [{ id: '1', changes: [{ what: 'resolved', seen: net(10), now: net(11) }] }],
      },
    },
  })
  expect(await approve(row, { seen: (await look(row.id)).seen })).toMatchObject({ ok: true })
  // It is kept unless somebody says otherwise.
  expect((await orderOf(row.id)).lines).toMatchObject([{ unitPrice: { amount: 10_000_000 } }])
})

test('a line is ordered at the price of now where the approver says so, with sums to match', async () => {
  const [kept, refreshed] = [await article({ STH: 100 }), await article({ STH: 100 })]
  const row = await submitted([
    { article: kept, quantity: '1' },
    { article: refreshed, quantity: '2' },
  ])
  await priced(kept, '20')
  await priced(refreshed, '11')
  const { seen } = await look(row.id)
  const said = { refresh: ['2'], seen }
  // What was looked at were the sums and the price without it.
  expect(await refusedWithoutTrace(() => approve(row, said))).toMatchObject({
    error: {
      code: 'figures_changed',
      details: {
        document: [{ what: 'net', seen: 3_000, now: 3_200 }],
        lines: [{ id: '2', changes: [{ what: 'price', seen: net(10), now: net(11) }] }],
      },
    },
  })
  const lines = { ...seen.lines, '2': { ...seen.lines['2']!, price: seen.lines['2']!.resolved! } }
  expect(await approve(row, { ...said, seen: { ...seen, net: 3_200, lines } })).toMatchObject({
    ok: true,
  })
  const order = await orderOf(row.id)
  expect(order.totals).toMatchObject({ net: 3_200, gross: 4_000 })
  expect(order.lines.map(({ unitPrice, rowAmount }) => [unitPrice.amount, rowAmount])).toEqual([
    [10_000_000, 1_000],
    [11_000_000, 2_200],
  ])
})

test('the same stock is promised to one of two who approve at once; the other is told and decides again', async () => {
  for (let round = 0; round < 5; round += 1) {
    const id = await article({ STH: 10 })
    const rows = [
      await submitted([{ article: id, quantity: '6' }]),
      await submitted([{ article: id, quantity: '6' }]),
    ] as const
    const [first, second] = [await look(rows[0].id), await look(rows[1].id, lars)]
    const answers = await Promise.all([
      approve(rows[0], { seen: first.seen }),
      approve(rows[1], { seen: second.seen }, lars),
    ])
    const lost = answers.findIndex(({ ok }) => !ok)
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(answers[lost]).toMatchObject({
      error: {
        code: 'figures_changed',
        details: {
          lines: [
            {
              id: '1',
              changes: [
                {
                  what: 'delivery',
                  seen: { kind: 'deliverable', warehouseId: 'STH' },
                  now: { kind: 'lead_time', warehouseId: 'STH', days: 5 },
                },
              ],
            },
          ],
        },
      },
    })
    const row = rows[lost]!
    expect(await approve(row, { seen: (await look(row.id)).seen })).toMatchObject({ ok: true })
  }
})

test('stock that moved but still delivers what was promised, from where it was, is no change', async () => {
  const id = await article({ STH: 0, GBG: 50 })
  const row = await submitted([{ article: id, quantity: '20' }])
  const { seen } = await look(row.id)
  expect(seen.lines['1']).toMatchObject({ delivery: { warehouseId: 'GBG', kind: 'deliverable' } })
  await stocked(id, 'GBG', 20)
  // Now the first warehouse could do it as well, and it would have been taken from there.
  await stocked(id, 'STH', 500)
  expect((await look(row.id)).lines[0]).toMatchObject({ delivery: { warehouseId: 'STH' } })
  expect(await approve(row, { seen })).toMatchObject({ ok: true })
  expect((await orderOf(row.id)).lines).toMatchObject([{ warehouseId: 'GBG' }])
})

test('a line that has to come from elsewhere than was seen is told, though it be as soon', async () => {
  const id = await article({ STH: 30, GBG: 30 })
  const row = await submitted([{ article: id, quantity: '20' }])
  const { seen } = await look(row.id)
  await stocked(id, 'STH', 5)
  expect(await approve(row, { seen })).toMatchObject({
    error: {
      code: 'figures_changed',
      details: {
        lines: [
          {
            changes: [
              {
                what: 'delivery',
                seen: { kind: 'deliverable', warehouseId: 'STH' },
                now: { kind: 'deliverable', warehouseId: 'GBG' },
              },
            ],
          },
        ],
      },
    },
  })
  // Chosen, it comes from there all the same.
  const chosen = { ...seen.lines['1']!, delivery: null }
  expect(
    await approve(row, {
      warehouses: { '1': 'STH' },
      seen: { ...seen, lines: { '1': { ...chosen, delivery: undefined } } },
    }),
  ).toMatchObject({ ok: true })
  expect((await orderOf(row.id)).lines).toMatchObject([{ warehouseId: 'STH' }])
})

test('a hold and a credit that no longer reaches stop it; a hold that was lifted does not', async () => {
  const company = smallSeller.company![0]!
  const id = await article({ STH: 100 })
  const row = await submitted([{ article: id, quantity: '2' }])
  const { seen } = await look(row.id)
  await load(gateway, { company: [{ ...company, status: 'on_hold', creditLimit: 12_010 }] })
  const changes = [
    { what: 'overCredit', seen: 0, now: expect.any(Number) },
    { what: 'status', seen: 'active', now: 'on_hold' },
  ]
  expect(await refusedWithoutTrace(() => approve(row, { seen }))).toMatchObject({
    error: { code: 'figures_changed', details: { document: changes } },
  })
  const again = await look(row.id)
  expect(again.company).toMatchObject({ status: 'on_hold', creditLimit: 1_201_000 })
  await load(gateway, { company: [{ ...company, status: 'active', creditLimit: 12_010 }] })
  expect(await approve(row, { seen: again.seen })).toMatchObject({ ok: true })
  await load(gateway, { company: [company] })
})

test('what was chosen at an earlier step is kept and shown, and repricing later asks everybody again', async () => {
  const [first, second] = [await article({ STH: 50, GBG: 50 }), await article({ STH: 50 })]
  const rules = [
    {
      id: 'two',
      name: 'Two steps',
      isOn: true,
      when: { fact: 'net', is: 'over', value: 90_000, currency: 'SEK' },
      demands: [
        { tier: 1, by: { kind: 'users', userIds: [erikId], need: 'any' }, when: { all: [] } },
        { tier: 2, by: { kind: 'approvers' }, when: { all: [] } },
      ],
    },
  ]
  expect(await adam.command('policy.set', 'approval', 0, { rules })).toMatchObject({ ok: true })
  const row = await submitted([
    { article: first, quantity: '50' },
    { article: second, quantity: '45' },
  ])
  expect(
    await approve(row, { warehouses: { '1': 'GBG' }, seen: { net: 95_000, lines: {} } }, erik),
  ).toMatchObject({ ok: true, result: {} })
  const stepped = await karin.until('the step', () => {
    const now = karin.get('requisition', row.id)
    return now && now.version > row.version ? now : null
  })
  expect(stepped.value.choices).toEqual({ warehouses: { '1': 'GBG' }, refresh: [] })
  const { seen } = await look(row.id)
  expect(seen.lines['1']).toMatchObject({ delivery: { warehouseId: 'GBG' } })

  await priced(second, '11')
  const repriced = { refresh: ['2'], seen: { net: 99_500, lines: {} } }
  const next = { id: row.id, version: stepped.version }
  // Erik has agreed to other prices, and his step is to be taken again.
  expect(await refusedWithoutTrace(() => approve(next, repriced))).toMatchObject({
    error: { code: 'not_your_step' },
  })
  expect(await approve(next, { seen: (await look(row.id)).seen })).toMatchObject({
    ok: true,
    result: { orderNumber: expect.any(String) },
  })
  expect((await orderOf(row.id)).lines).toMatchObject([
    { warehouseId: 'GBG', unitPrice: { amount: 10_000_000 } },
    { warehouseId: 'STH', unitPrice: { amount: 10_000_000 } },
  ])
})

const priceStep = (fact: object, ...names: readonly string[]) =>
  adam.command('policy.set', 'approval', null, {
    rules: [
      {
        id: 'price',
        name: 'Price',
        isOn: true,
        when: fact,
        demands: names.map((userId, at) => ({
          tier: at + 1,
          by: { kind: 'users', userIds: [userId], need: 'any' },
          when: { all: [] },
        })),
      },
    ],
  })

test('rules are asked again at prices of now: what they demand is not gone round by that', async () => {
  const larsId = await gateway.context.db
    .selectFrom('app_user')
    .select('id')
    .where('username', '=', 'lars')
    .executeTakeFirstOrThrow()
  const over = { fact: 'net', is: 'over', value: 15_000, currency: 'SEK' }
  expect(await priceStep(over, larsId.id)).toMatchObject({ ok: true })
  onTestFinished(async () => {
    await adam.command('policy.set', 'approval', null, { rules: [] })
  })
  const one = await article({ STH: 100 })
  const document = await submitted([
    { article: one, quantity: '10', price: { amount: '10' } } as never,
  ])
  expect(document.value.steps).toBe(undefined)
  await priced(one, '20')
  const now = await look(document.id)
  // Two hundred: above what the rule lets by without Lars.
  const seen = { ...now.seen, net: 20_000, lines: { '1': { price: net(20) } } }
  const answer = await approve(document, { refresh: ['1'], seen })
  expect(answer).toMatchObject({ ok: false, error: { code: 'not_your_step' } })
  expect(await approve(document, { refresh: ['1'], seen }, lars)).toMatchObject({ ok: true })
  expect((await orderOf(document.id)).totals.net).toBe(20_000)
})

test('whether it is over the sender’s own limit is counted anew at prices of now', async () => {
  const approvers = { tier: 1, by: { kind: 'approvers' }, when: { all: [] } }
  const when = { fact: 'overOwnLimit', is: 'so' }
  const rules = [{ id: 'own', name: 'Egen gräns', isOn: true, when, demands: [approvers] }]
  expect(await adam.command('policy.set', 'approval', null, { rules })).toMatchObject({ ok: true })
  onTestFinished(async () => {
    await adam.command('policy.set', 'approval', null, { rules: [] })
  })
  const id = await article({ STH: 1_000 })
  // Olle may order for 1,000 kr; he was shown another price than it is.
  const shown = async (unit: number) =>
    submitted([{ article: id, quantity: '50', price: { amount: `${unit}` } } as never], {
      contact: 'olle',
    })
  const [within, over] = [await shown(19), await shown(21)]
  expect(within.value.steps).toBe(undefined)
  expect(over.value.steps).toMatchObject([{ by: { kind: 'approvers' } }])
  const at = (unit: number) => ({
    refresh: ['1'],
    seen: { net: unit * 5_000, lines: { '1': { price: net(unit) } } },
  })
  await priced(id, '22')
  expect(await approve(within, at(22), erik)).toMatchObject({
    ok: false,
    error: { code: 'not_your_step' },
  })
  await priced(id, '12')
  expect(await approve(over, at(12), erik)).toMatchObject({ ok: true })
  // Six hundred of the 1,500 kr for the month are used by now.
  await priced(id, '19')
  expect(await approve(within, at(19), erik)).toMatchObject({
    ok: false,
    error: { code: 'not_your_step' },
  })
  expect(await approve(within, at(19))).toMatchObject({ ok: true })
})

test('an approval at a price of now does not stand for another one', async () => {
  const ids = await gateway.context.db
    .selectFrom('app_user')
    .select(['id', 'username'])
    .where('username', 'in', ['karin', 'lars'])
    .execute()
  const idOf = (name: string) => ids.find(({ username }) => username === name)?.id ?? ''
  expect(await priceStep({ all: [] }, idOf('karin'), idOf('lars'))).toMatchObject({ ok: true })
  onTestFinished(async () => {
    await adam.command('policy.set', 'approval', null, { rules: [] })
  })
  const one = await article({ STH: 100 })
  const document = await submitted([{ article: one, quantity: '10' }])
  await priced(one, '12')
  const at = async (unit: number, version: number, client: ConsoleClient) =>
    approve(
      { id: document.id, version },
      {
        refresh: ['1'],
        seen: { net: unit * 1_000, lines: { '1': { price: net(unit) } } },
      },
      client,
    )
  expect(await at(12, document.version, karin)).toMatchObject({
    ok: true,
    version: document.version + 1,
  })
  await priced(one, '50')
  // Karin has agreed to twelve: she is asked again, and Lars is not the last word on fifty.
  expect(await at(50, document.version + 1, lars)).toMatchObject({
    ok: false,
    error: { code: 'not_your_step' },
  })
  expect(await at(50, document.version + 1, karin)).toMatchObject({ ok: true })
  expect(await at(50, document.version + 2, lars)).toMatchObject({
    ok: true,
    result: { orderNumber: expect.any(String) },
  })
})
