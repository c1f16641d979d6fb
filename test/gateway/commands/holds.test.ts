import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { QueryResult } from '../../../contract/queries'
import { addDays } from '../../../domain/calendar'
import { noDeadlines } from '../../../domain/approval/deadlines'
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
interface Held {
  readonly id: string
  readonly version: number
  readonly number: string
  readonly documentId: string
}

let gateway: TestGateway
let shop: Awaited<ReturnType<typeof addTestShop>>
let karin: ConsoleClient
let lars: ConsoleClient
let erik: ConsoleClient
let adam: ConsoleClient

beforeAll(async () => {
  gateway = await startTestGateway()
  await load(gateway, smallSeller)
  const other = await gateway.anotherNode()
  shop = await addTestShop(gateway)
  await addUser(gateway, { username: 'karin', roles: ['approver'] })
  await addUser(gateway, { username: 'lars', roles: ['approver'] })
  await addUser(gateway, { username: 'erik', roles: ['rep'] })
  await addUser(gateway, { username: 'adam', roles: ['admin'] })
  const open = async (name: string, node: Pick<TestGateway, 'url'>) =>
    ConsoleClient.open(node.url, await signInAs(node, name))
  karin = await open('karin', gateway)
  lars = await open('lars', other)
  erik = await open('erik', gateway)
  adam = await open('adam', gateway)
})
afterAll(async () => {
  for (const client of [karin, lars, erik, adam]) client?.close()
  await gateway.close()
})

let articles = 0
/** An article of its own, so that no test takes another's stock; ten days away. */
async function article(stock: Readonly<Record<string, number>>): Promise<string> {
  const id = `H-${(articles += 1)}`
  await load(gateway, {
    article: [{ id, nameSv: id, unit: 'st', vatRate: 25, listPrice: '1', currency: 'SEK' }],
    balance: Object.entries(stock).map(([warehouse, onHand]) => balanceOf(id, warehouse, onHand)),
  })
  return id
}
const balanceOf = (id: string, warehouse: string, onHand: number) => ({
  article: id,
  warehouse,
  onHand,
  leadTimeDays: 10,
  source: 'test',
  observedAt: new Date().toISOString(),
})

async function submitted(
  lines: readonly (readonly [article: string, quantity: number])[],
  contact = 'anna',
): Promise<Held> {
  const documentId = randomUUID()
  const { status, body } = await shop.send(
    proposal(documentId, {
      contact,
      lines: lines.map(([id, quantity], at) => ({
        id: String(at + 1),
        article: id,
        quantity: String(quantity),
      })),
    }),
  )
  expect(status, JSON.stringify(body)).toBe(202)
  const { id, number } = body['requisition'] as { readonly id: string; readonly number: string }
  return { id, number, version: 1, documentId }
}

async function look(client: ConsoleClient, { id }: Pick<Held, 'id'>): Promise<Revalidated> {
  const answer = await client.query('requisition.revalidate', { id })
  expect(answer, JSON.stringify(answer)).toMatchObject({ ok: true })
  return (answer as { result: Revalidated }).result
}

/** Approve on what is seen at this moment. */
async function approveAsSeen(client: ConsoleClient, row: Held) {
  const { version, revision, seen } = await look(client, row)
  return client.command('requisition.approve', row.id, version, { revision, seen })
}

async function claim(client: ConsoleClient, row: Held) {
  const answer = await client.command('requisition.claim', row.id, null)
  expect(answer, JSON.stringify(answer)).toMatchObject({ ok: true })
}

async function ordered(row: Held) {
  const { body } = await gateway.context.db
    .selectFrom('sales_order')
    .select('body')
    .where('source_id', '=', row.id)
    .executeTakeFirstOrThrow()
  return body.lines.map(({ warehouseId, expectedDate, quantity }) => ({
    warehouseId,
    expectedDate,
    quantity,
  }))
}

const setMinutes = async (holdMinutes: number | null) =>
  adam.command('deadlines.set', 'deadlines', null, {
    ...noDeadlines,
    holdMinutes,
  })

/** What somebody who looks is promised of the one line of a requisition. */
const promised = async (row: Held, client = lars) => (await look(client, row)).lines[0]?.delivery

test('who looks at a competing requisition sees what is held, for whom and until when', async () => {
  const id = await article({ STH: 5, GBG: 3 })
  const [first, second] = [await submitted([[id, 4]]), await submitted([[id, 4]], 'per')]
  const before = Date.now()
  await claim(karin, first)
  const [line] = (await look(lars, second)).lines
  expect(line).toMatchObject({
    delivery: { kind: 'lead_time' },
    warehouses: [
      { delivery: { warehouseId: 'STH' }, deliverable: 1_000 },
      { delivery: { warehouseId: 'GBG' }, deliverable: 3_000 },
    ],
    held: [
      {
        warehouseId: 'STH',
        quantity: 4_000,
        by: 'Karin',
        requisition: { id: first.id, number: first.number },
      },
    ],
  })
  const until = Date.parse(line?.held?.[0]?.until ?? '')
  expect(until).toBeGreaterThan(before + 170_000)
  expect(until).toBeLessThan(Date.now() + 190_000)
  // What is one's own is held from nobody.
  expect((await look(karin, first)).lines[0]).not.toHaveProperty('held')
  expect(await promised(first)).toMatchObject({ kind: 'deliverable', warehouseId: 'STH' })
})

test('an approval that would take what is held is told so, writes nothing, and the next takes what is left', async () => {
  const id = await article({ STH: 5, GBG: 4 })
  const [first, second] = [await submitted([[id, 4]]), await submitted([[id, 4]])]
  const seen = await look(lars, second)
  await claim(karin, first)
  const rows = await countRows(gateway.context.db)
  const payload = { revision: 1, seen: seen.seen }
  expect(await lars.command('requisition.approve', second.id, 1, payload)).toMatchObject({
    ok: false,
    error: {
      code: 'figures_changed',
      details: {
        document: [],
        lines: [
          {
            id: '1',
            changes: [
              {
                what: 'delivery',
                seen: { kind: 'deliverable', warehouseId: 'STH' },
                now: { kind: 'deliverable', warehouseId: 'GBG' },
              },
            ],
            held: [
              {
                warehouseId: 'STH',
                quantity: 4_000,
                by: 'Karin',
                requisition: { number: first.number },
              },
            ],
          },
        ],
      },
    },
  })
  expect(await countRows(gateway.context.db)).toEqual(rows)
  expect(await approveAsSeen(lars, second)).toMatchObject({ ok: true })
  expect(await ordered(second)).toMatchObject([{ warehouseId: 'GBG' }])
  expect(await approveAsSeen(karin, first)).toMatchObject({ ok: true })
  expect(await ordered(first)).toMatchObject([{ warehouseId: 'STH' }])
})

test('who approves without looking at deliveries is told of a hold before they are put behind it', async () => {
  const id = await article({ STH: 4 })
  const [first, second] = [await submitted([[id, 4]]), await submitted([[id, 4]])]
  await claim(karin, first)
  const answer = await lars.command('requisition.approve', second.id, 1, { revision: 1 })
  expect(answer).toMatchObject({
    error: {
      code: 'figures_changed',
      details: { lines: [{ changes: [{ what: 'delivery' }], held: [{ by: 'Karin' }] }] },
    },
  })
  // Choosing the warehouse takes nothing out of it that is held either.
  const chosen = { revision: 1, warehouses: { 1: 'STH' } }
  expect(await lars.command('requisition.approve', second.id, 1, chosen)).toMatchObject({
    error: { code: 'figures_changed', details: { lines: [{ held: [{ quantity: 4_000 }] }] } },
  })
})

test('whoever is put behind a hold takes nothing from it, by an order or by a hold of their own', async () => {
  const id = await article({ STH: 5 })
  const [first, second, third] = [
    await submitted([[id, 5]]),
    await submitted([[id, 5]]),
    await submitted([[id, 2]]),
  ]
  await claim(karin, first)
  await claim(lars, third)
  // It is told ten days, and counts on stock that is not there before.
  expect(await approveAsSeen(lars, second)).toMatchObject({ ok: true })
  const [late] = await ordered(second)
  expect(await promised(first, karin)).toMatchObject({ kind: 'deliverable', warehouseId: 'STH' })
  // Holding it on goes on from where it was.
  await claim(karin, first)
  expect(await approveAsSeen(karin, first)).toMatchObject({ ok: true })
  const [now] = await ordered(first)
  expect(now?.expectedDate && late?.expectedDate && now.expectedDate < late.expectedDate).toBe(true)
})

test('an order from what was held first comes before what was held later', async () => {
  const id = await article({ STH: 5 })
  const date = addDays(new Date().toISOString().slice(0, 10), 4)
  const coming = { id: `in-${id}`, article: id, warehouse: 'STH', quantity: 10, date }
  await load(gateway, { inbound: [coming] })
  const [first, second] = [await submitted([[id, 5]]), await submitted([[id, 4]])]
  await claim(karin, first)
  await claim(lars, second)
  expect(await promised(second)).toMatchObject({ kind: 'promised', date })
  expect(await approveAsSeen(karin, first)).toMatchObject({ ok: true })
  expect(await promised(second)).toMatchObject({ kind: 'promised', date })
})

test('what a newer report leaves is whoever has ordered it’s, before it is whoever holds it’s', async () => {
  const id = await article({ STH: 8 })
  const [first, second] = [await submitted([[id, 5]]), await submitted([[id, 3]])]
  await claim(karin, first)
  expect(await approveAsSeen(lars, second)).toMatchObject({ ok: true })
  expect(await promised(first, karin)).toMatchObject({ kind: 'deliverable' })
  await load(gateway, { balance: [balanceOf(id, 'STH', 5)] })
  expect(await promised(first, karin)).toMatchObject({ kind: 'lead_time' })
})

const endings: Readonly<Record<string, (row: Held) => Promise<unknown>>> = {
  released: (row) => karin.command('requisition.release', row.id, null),
  rejected: (row) =>
    karin.command('requisition.reject', row.id, null, { revision: 1, reason: 'Nej.' }),
  returned: (row) =>
    karin.command('requisition.return', row.id, null, { revision: 1, message: 'Färre?' }),
  withdrawn: (row) =>
    shop.send({
      type: 'requisition.withdrawn',
      timestamp: new Date().toISOString(),
      data: { id: row.documentId, contact: 'anna' },
    }),
  'sent again by the customer': async (row) => {
    await karin.command('requisition.return', row.id, null, { revision: 1, message: 'Färre?' })
    const lines = [{ id: '1', article: (await lineOf(row)).articleId, quantity: '5' }]
    return shop.send(proposal(row.documentId, { revision: 2, lines }))
  },
  over: (row) =>
    gateway.context.db
      .updateTable('stock_hold')
      .set(({ fn }) => ({ held_until: fn<Date>('statement_timestamp') }))
      .where('requisition_id', '=', row.id)
      .execute(),
}

async function lineOf(row: Held) {
  const { body } = await gateway.context.db
    .selectFrom('requisition')
    .select('body')
    .where('id', '=', row.id)
    .executeTakeFirstOrThrow()
  return body.lines[0]!
}

test.each(Object.entries(endings))('nothing is held any more once it is %s', async (_, end) => {
  const id = await article({ STH: 5 })
  const [first, second] = [await submitted([[id, 5]]), await submitted([[id, 5]])]
  await claim(karin, first)
  expect(await promised(second)).toMatchObject({ kind: 'lead_time' })
  await end(first)
  expect(await promised(second)).toMatchObject({ kind: 'deliverable' })
  expect(await approveAsSeen(lars, second)).toMatchObject({ ok: true })
})

test('who takes a requisition over goes on holding what was held for it', async () => {
  const id = await article({ STH: 5 })
  const [first, second] = [await submitted([[id, 5]]), await submitted([[id, 5]])]
  await claim(karin, first)
  await claim(lars, first)
  expect((await look(karin, second)).lines[0]?.held).toMatchObject([{ by: 'Lars' }])
  expect(await approveAsSeen(lars, first)).toMatchObject({ ok: true })
  // An order has taken the place of the hold.
  expect((await look(karin, second)).lines[0]).not.toHaveProperty('held')
  expect(await promised(second)).toMatchObject({ kind: 'lead_time' })
})

test('what the holder changes is held as it is then, and a part as the whole was', async () => {
  const [id, other] = [await article({ STH: 6 }), await article({ STH: 3 })]
  const first = await submitted([
    [id, 5],
    [other, 3],
  ])
  const second = await submitted([
    [id, 2],
    [other, 1],
  ])
  const held = async () =>
    (await look(lars, second)).lines.map((line) => line.held?.map(({ quantity }) => quantity))
  await claim(karin, first)
  expect(await held()).toEqual([[5_000], [3_000]])
  const changes = { lines: [{ kind: 'changed', id: '1', quantity: 4_000 }] }
  const edit = { revision: 1, changes, internalComment: null }
  expect(await karin.command('requisition.edit', first.id, 2, edit)).toMatchObject({ ok: true })
  expect(await held()).toEqual([[4_000], [3_000]])
  expect(await approveAsSeen(lars, second)).toMatchObject({ ok: true })
  const late = await submitted([[id, 5]])
  expect(await approveAsSeen(lars, late)).toMatchObject({ ok: true })
  const { version, revision, seen } = await look(karin, first)
  const part = {
    revision,
    lines: ['1'],
    seen: { ...seen, net: 4_00, lines: { 1: seen.lines['1'] } },
  }
  expect(await karin.command('requisition.approve', first.id, version, part)).toMatchObject({
    ok: true,
  })
  const [own, others] = [await ordered(first), await ordered(late)]
  expect(own).toMatchObject([{ warehouseId: 'STH', quantity: 4_000 }])
  expect((own[0]?.expectedDate ?? '') < (others[0]?.expectedDate ?? '')).toBe(true)
  // What was split off is nobody's until somebody claims it.
  expect((await look(lars, await submitted([[other, 2]]))).lines[0]).not.toHaveProperty('held')
})

test('a rep is not told whose requisition of another’s customer it is', async () => {
  const id = await article({ STH: 5 })
  const [first, second] = [await submitted([[id, 5]], 'per'), await submitted([[id, 5]])]
  await claim(karin, first)
  expect((await look(erik, second)).lines[0]?.held).toMatchObject([
    { by: 'Karin', quantity: 5_000, requisition: null },
  ])
})

test('an order that nobody has to approve is placed beside what is held', async () => {
  const id = await article({ STH: 5, GBG: 5 })
  const first = await submitted([[id, 4]])
  await claim(karin, first)
  const direct = await submitted([[id, 4]], 'olle')
  expect(await ordered(direct)).toMatchObject([{ warehouseId: 'GBG' }])
})

test('of eight who claim at once on two nodes those hold the last ones for whom they are enough', async () => {
  const id = await article({ STH: 11 })
  const rows = await Promise.all(Array.from({ length: 8 }, () => submitted([[id, 5]])))
  await Promise.all(rows.map((row, at) => claim(at % 2 === 0 ? karin : lars, row)))
  const found = await gateway.context.db
    .selectFrom('stock_hold')
    .select(['requisition_id', 'quantity'])
    .where('article_id', '=', id)
    .execute()
  expect(found.map(({ quantity }) => quantity)).toEqual([5_000, 5_000])
  const answers = await Promise.all(
    rows.map((row, at) => approveAsSeen(at % 2 === 0 ? karin : lars, row)),
  )
  expect(answers.every(({ ok }) => ok)).toBe(true)
  const dates = await Promise.all(
    rows.map(async (row) => ({ id: row.id, date: (await ordered(row))[0]?.expectedDate ?? '' })),
  )
  const soonest = dates.map(({ date }) => date).sort()[0]
  const soon = dates.filter(({ date }) => date === soonest).map((one) => one.id)
  expect(soon.sort()).toEqual(found.map(({ requisition_id }) => requisition_id).sort())
})

test('the seller says for how long, or that nothing is held; admins set it, and it is left as it is by who knows of none', async () => {
  const id = await article({ STH: 5 })
  const [first, second] = [await submitted([[id, 5]]), await submitted([[id, 5]])]
  expect(
    await karin.command('deadlines.set', 'deadlines', null, { ...noDeadlines, holdMinutes: 1 }),
  ).toMatchObject({ ok: false, error: { code: 'forbidden' } })
  expect(await setMinutes(61)).toMatchObject({ ok: false, error: { code: 'invalid' } })
  expect(await setMinutes(null)).toMatchObject({ ok: true })
  expect(await adam.command('deadlines.set', 'deadlines', null, noDeadlines)).toMatchObject({
    ok: true,
  })
  await adam.until('the setting', () => adam.all('seller')[0]?.value.holdMinutes === null)
  await claim(karin, first)
  expect(await promised(second)).toMatchObject({ kind: 'deliverable' })
  expect(await setMinutes(3)).toMatchObject({ ok: true })
  await claim(karin, first)
  expect(await promised(second)).toMatchObject({ kind: 'lead_time' })
})
