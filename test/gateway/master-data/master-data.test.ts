import { positionsOf } from '../../../domain/availability/stock-block'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stockBlockSchema } from '../../../contract/entities'
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

let gateway: TestGateway
let token: string
let admin: ConsoleClient

beforeAll(async () => {
  gateway = await startTestGateway()
  await load(gateway, smallSeller)
  await addUser(gateway, { username: 'adam', roles: ['admin'] })
  await addUser(gateway, { username: 'erik', roles: ['rep'] })
  token = await signInAs(gateway, 'adam')
  admin = await ConsoleClient.open(gateway.url, token)
})
afterAll(async () => {
  admin.close()
  await gateway.close()
})

async function send(path: string, body: string, bearer = token) {
  const response = await fetch(`${gateway.url}/api/master-data${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bearer}` },
    body,
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const batch = (kind: string, rows: readonly unknown[]) => send('', JSON.stringify({ kind, rows }))

test('the same rows again change nothing and wake nobody', async () => {
  const before = await countRows(gateway.context.db)
  const versions = admin.snapshot()
  for (const [kind, rows] of Object.entries(smallSeller)) {
    const { status, body } = await batch(kind, rows)
    expect({ kind, status, ...body }).toMatchObject({
      status: 200,
      unchanged: rows.length,
      created: 0,
      updated: 0,
      failed: 0,
    })
  }
  expect(await countRows(gateway.context.db)).toEqual(before)
  expect(admin.snapshot()).toEqual(versions)
})

test('a CSV with a broken row in the middle takes the others and says which and why', async () => {
  const csv = [
    '\uFEFFid;nameSv;unit;vatRate;listPrice;currency;group',
    'CS-1;Koppling;st;25;12,50;SEK;ROR',
    'CS-2;Koppling;st;25;12.50;SEK;ROR',
    'CS-3;"Koppling; lång";st;25;13.50;SEK;ROR',
    'CS-4;Koppling;st;125;14.50;SEK;ROR',
    'CS-5;Koppling;st;25;15.50;SEK;SAKNAS',
    '',
    'CS-6;Koppling;st;25',
    'CS-2;Koppling igen;st;25;1;SEK;ROR',
    'CS-7;Koppling;st;25;16.50;SEK;',
  ].join('\r\n')
  const { status, body } = await send('/article', csv)
  expect(status).toBe(207)
  expect(body).toMatchObject({
    received: 8,
    created: 3,
    updated: 0,
    unchanged: 0,
    deleted: 0,
    failed: 5,
  })
  expect(body['errors']).toEqual([
    expect.objectContaining({ line: 2, pointer: '/listPrice', code: 'invalid' }),
    expect.objectContaining({ line: 5, pointer: '/vatRate', code: 'invalid' }),
    expect.objectContaining({ line: 6, pointer: '/group', code: 'unknown_reference' }),
    expect.objectContaining({ line: 8, pointer: '', code: 'cell_count' }),
    expect.objectContaining({ line: 9, pointer: '', code: 'duplicate_row' }),
  ])
  await admin.until('the new articles', () => admin.get('article', 'CS-7'))
  expect(admin.get('article', 'CS-3')?.value.name.sv).toBe('Koppling; lång')
  expect(admin.get('article', 'CS-4')).toBeNull()
})

test.each([
  ['a kind that is none', '/nothing', 'id\n1', 404, 'not_found'],
  ['a header that names a field twice', '/warehouse', 'id,id\n1,2', 400, 'malformed'],
  ['a quotation mark that never closes', '/warehouse', 'id,name\n"1,2\n3,4', 400, 'malformed'],
  ['a body that is no JSON', '', '{"kind":', 400, 'malformed'],
  ['a batch without rows', '', '{"kind":"article"}', 422, 'invalid'],
  [
    'too many rows',
    '',
    JSON.stringify({ kind: 'article', rows: Array.from({ length: 10_001 }, () => ({})) }),
    422,
    'invalid',
  ],
  ['a body too large', '', 'x'.repeat(20 * 1024 * 1024), 413, 'too_large'],
])('%s is refused whole', async (_what, path, body, status, code) => {
  const before = await countRows(gateway.context.db)
  const answer = await send(path, body)
  expect(answer).toMatchObject({ status, body: { code, detail: expect.stringMatching(/\.$/) } })
  expect(await countRows(gateway.context.db)).toEqual(before)
})

test('only an admin loads master data', async () => {
  const rep = await signInAs(gateway, 'erik')
  expect(await send('/warehouse', 'id,name\nX,X', rep)).toMatchObject({
    status: 403,
    body: { code: 'forbidden' },
  })
})

test('stock comes as one change a block, whoever of its parts moved', async () => {
  const block = () =>
    admin.all('stock_block').find(({ value }) => value.articles.includes('RB-2206'))!
  const before = block().version
  await batch('backlog', [
    { id: 'B-1', article: 'RB-2206', warehouse: 'GBG', quantity: 10, plannedDate: '2026-12-01' },
    { id: 'B-2', article: 'IS-0319', warehouse: 'STH', quantity: 2.5 },
  ])
  await admin.until('the block', () => block().version === before + 1)
  await batch('inbound', [
    {
      id: 'I-1',
      article: 'RB-2206',
      warehouse: 'GBG',
      quantity: '40',
      date: '2026-12-15',
      confirmed: 'true',
    },
  ])
  await admin.until('the block again', () => block().version === before + 2)
  expect(positionsOf(block().value, 'RB-2206')['GBG']).toMatchObject({
    onHand: 85_000,
    backlog: [{ quantity: 10_000, plannedDate: '2026-12-01' }],
    inbound: [{ quantity: 40_000, date: '2026-12-15', confirmed: true }],
  })
  await batch('backlog', [
    { id: 'B-1', deleted: true },
    { id: 'B-404', deleted: true },
  ])
  await admin.until(
    'the block once more',
    () => positionsOf(block().value, 'RB-2206')['GBG']?.backlog.length === 0,
  )
})

test('what documents or other rows point at is not deleted', async () => {
  const shop = await addTestShop(gateway)
  await shop.send(proposal('holds-article'))
  const { body } = await batch('article', [{ id: 'RB-2206', deleted: true }])
  expect(body).toMatchObject({
    deleted: 0,
    failed: 1,
    errors: [{ index: 0, code: 'still_referenced' }],
  })
  expect((await batch('customer_group', [{ id: 'FORSLAG', deleted: true }])).body).toMatchObject({
    failed: 1,
  })
  expect((await batch('article', [{ deleted: true }])).body).toMatchObject({
    failed: 1,
    errors: [{ pointer: '/id' }],
  })
})

test('batches at the same time on two nodes lose nothing of a block', async () => {
  const other = await gateway.anotherNode()
  const rows = (warehouse: string) =>
    ['RB-2206', 'IS-0319', 'KA-1000'].map((article, index) => ({
      article,
      warehouse,
      onHand: 100 + index,
      source: 'race',
      observedAt: '2026-11-23T07:00:00.000Z',
    }))
  await Promise.all([
    load(gateway, { balance: rows('STH') }),
    load(other, { balance: rows('GBG') }),
    load(other, { balance: rows('SVC') }),
  ])
  const { value } = await gateway.context.db
    .selectFrom('feed')
    .select('value')
    .where('kind', '=', 'stock_block')
    .executeTakeFirstOrThrow()
  const block = stockBlockSchema.parse(value)
  for (const article of ['RB-2206', 'IS-0319', 'KA-1000']) {
    expect(Object.keys(positionsOf(block, article)).sort()).toEqual(['GBG', 'STH', 'SVC'])
  }
})

test('an article that only an earlier revision names is not deleted either', async () => {
  const shop = await addTestShop(gateway, 'revising')
  await addUser(gateway, { username: 'karin', roles: ['approver'] })
  const karin = await ConsoleClient.open(gateway.url, await signInAs(gateway, 'karin'))
  const line = (article: string) => ({ lines: [{ id: '1', article, quantity: '1' }] })
  await shop.send(proposal('revised', line('NP-0001')))
  const row = await karin.until('the requisition', () =>
    karin.all('requisition').find(({ value }) => value.shop.documentId === 'revised'),
  )
  await karin.command('requisition.return', row.id, row.version, { revision: 1, message: 'Nej.' })
  const again = await shop.send(proposal('revised', { ...line('RB-2206'), revision: 2 }))
  expect(again.status).toBe(202)
  expect((await batch('article', [{ id: 'NP-0001', deleted: true }])).body).toMatchObject({
    deleted: 0,
    errors: [{ code: 'still_referenced' }],
  })
  karin.close()
})
