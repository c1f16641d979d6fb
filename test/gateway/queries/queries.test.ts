import { sql } from 'kysely'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { QueryResult, QueryType } from '../../../contract/queries'
import { querySchemas } from '../../../contract/queries'
import { ConsoleClient } from '../../support/console-client'
import {
  addTestShop,
  addUser,
  signInAs,
  startTestGateway,
  type TestGateway,
} from '../../support/gateway'
import { load, proposal, smallSeller } from '../../support/small-seller'

let gateway: TestGateway
let karin: ConsoleClient
const count = 23

beforeAll(async () => {
  gateway = await startTestGateway()
  await load(gateway, smallSeller)
  const shop = await addTestShop(gateway)
  await addUser(gateway, { username: 'karin', roles: ['approver'] })
  karin = await ConsoleClient.open(gateway.url, await signInAs(gateway, 'karin'))
  for (let index = 0; index < count; index += 1) {
    await shop.send(
      proposal(`q-${index}`, {
        contact: index % 5 === 0 ? 'per' : 'anna',
        goodsMark: index === 7 ? 'Etapp 3, hus Ö' : null,
      }),
    )
  }
  await karin.until('all', () => karin.all('requisition').length === count)
  const first = karin.all('requisition').find(({ value }) => value.shop.documentId === 'q-0')!
  await karin.command('requisition.approve', first.id, first.version, { revision: 1 })
})
afterAll(async () => {
  karin.close()
  await gateway.close()
})

async function ask<T extends QueryType>(type: T, params: object): Promise<QueryResult<T>> {
  const answer = await karin.query(type, params)
  if (!answer.ok) throw new Error(answer.error.message)
  // The gateway keeps its own contract.
  return querySchemas[type].result.parse(answer.result) as QueryResult<T>
}

test('pages follow each other without a gap or a double', async () => {
  const seen: string[] = []
  let after: string | null = null
  do {
    const page: QueryResult<'requisition.search'> = await ask('requisition.search', {
      after,
      limit: 5,
    })
    expect(page.rows.length).toBeLessThanOrEqual(5)
    seen.push(...page.rows.map(({ shop }) => shop.documentId))
    after = page.next
  } while (after !== null)
  expect(seen).toEqual(Array.from({ length: count }, (_, index) => `q-${count - 1 - index}`))
})

test.each([
  ['a company’s name without its accents', { text: 'ahlbergs ror' }, 18],
  ['a goods mark', { text: 'hus o etapp' }, 1],
  ['an article', { text: 'RB-2206' }, count],
  ['a sign that means something to the database', { text: '%' }, 0],
  ['words that nothing has', { text: 'ahlbergs bergvalla' }, 0],
  ['a company', { companyId: '1002' }, 5],
  ['a state', { states: ['ordered'] }, 1],
])('search by %s', async (_what, params, expected) => {
  const { rows } = await ask('requisition.search', { ...params, limit: 100 })
  expect(rows.length).toBe(expected)
})

test('an order is found by its number and by what it is for, and has its lines', async () => {
  const { rows } = await ask('order.search', { text: 'bergvalla' })
  expect(rows).toHaveLength(1)
  const order = rows[0]!
  expect((await ask('order.search', { text: order.number.toLowerCase() })).rows).toHaveLength(1)
  const whole = await ask('order.get', { id: order.id })
  expect(whole.value.lines).toHaveLength(2)
  expect(order.lineCount).toBe(2)
})

test('the history of a requisition says who did what, newest first', async () => {
  const ordered = karin.all('requisition').find(({ value }) => value.state === 'ordered')!
  const { rows } = await ask('audit.of', { aggregateId: ordered.id })
  expect(rows.map(({ type }) => type)).toEqual(['requisition.approved', 'requisition.submitted'])
  expect(rows[0]).toMatchObject({
    actor: { kind: 'user', name: 'Karin' },
    version: ordered.version,
  })
  expect(rows[1]).toMatchObject({ actor: { kind: 'contact', id: 'per' } })
})

test('the price of an article is the company’s own, with its why', async () => {
  const own = await ask('price.resolve', {
    companyId: '1001',
    articleId: 'RB-2206',
    quantity: 1000,
  })
  expect(own).toMatchObject({
    currency: 'SEK',
    resolution: {
      kind: 'priced',
      unitPrice: { amount: 16_000_000 },
      source: { kind: 'contract', net: true },
    },
  })
  const others = await ask('price.resolve', {
    companyId: '1002',
    articleId: 'RB-2206',
    quantity: 1000,
  })
  expect(others.resolution).toMatchObject({ kind: 'priced', source: { kind: 'list_price' } })
  expect(
    await ask('price.resolve', { companyId: '1001', articleId: 'NP-0001', quantity: 1000 }),
  ).toMatchObject({ resolution: { kind: 'missing' } })
})

test.each([
  ['an unknown query', 'everything', {}, 'unknown_query'],
  ['a limit beyond reason', 'order.search', { limit: 100_000 }, 'invalid'],
  ['a cursor of somebody’s own making', 'order.search', { after: 'eyJ' }, 'invalid'],
  ['an id that is none', 'order.get', { id: '1' }, 'invalid'],
  [
    'an article that is none',
    'price.resolve',
    { companyId: '1001', articleId: 'XX', quantity: 1 },
    'not_found',
  ],
])('%s is refused', async (_what, type, params, code) => {
  expect(await karin.query(type, params)).toMatchObject({ ok: false, error: { code } })
})

test('words are found by an index, where most rows do not have them', async () => {
  const { db } = gateway.context
  const { rows } = await sql<{ line: string }>`
    select indexdef as line from pg_indexes where indexname in ('requisition_words_anywhere', 'sales_order_search')
    `.execute(db)
  expect(rows.map(({ line }) => line).sort()).toEqual([
    expect.stringContaining('ON public.requisition_words USING gin (words gin_trgm_ops)'),
    expect.stringContaining('ON public.sales_order USING gin (search gin_trgm_ops)'),
  ])
})

test('a question that takes too long is broken off and says so; commands are not', async () => {
  const lock = new Client({ connectionString: gateway.databaseUrl })
  await lock.connect()
  try {
    await lock.query('begin; lock table sales_order in access exclusive mode')
    const began = Date.now()
    const slow = karin.query('order.search', { text: 'x' })
    // Others are answered meanwhile, and one command waits for as long as it takes.
    expect((await karin.query('requisition.search', {})).ok).toBe(true)
    const [row] = karin.all('requisition').filter(({ value }) => value.state === 'submitted')
    const patient = karin.command('requisition.approve', row!.id, row!.version, { revision: 1 })
    expect(await slow).toMatchObject({
      ok: false,
      error: { code: 'unavailable', details: { reason: 'too_slow' } },
    })
    expect(Date.now() - began).toBeGreaterThan(4_500)
    await lock.query('rollback')
    expect(await patient).toMatchObject({ ok: true })
  } finally {
    await lock.end()
  }
})
