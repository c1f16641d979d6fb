import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { upsertMasterData } from '../../../gateway/master-data/upsert'
import { startTestGateway, type TestGateway } from '../../support/gateway'
import { load, smallSeller } from '../../support/small-seller'

const articles = Array.from({ length: 2_000 }, (_, at) => `C-${String(at).padStart(4, '0')}`)
/** An order in which neighbours lie in different blocks. */
const scattered = articles.map((_, at) => articles[(at * 997) % articles.length] ?? '')
const observedAt = '2026-11-20T06:00:00Z'

let gateway: TestGateway

beforeAll(async () => {
  gateway = await startTestGateway()
  await load(gateway, smallSeller)
  await load(gateway, {
    article: articles.map((id) => ({
      id,
      nameSv: `Koppling ${id}`,
      unit: 'st',
      vatRate: 25,
      listPrice: '10',
      currency: 'SEK',
    })),
  })
})
afterAll(() => gateway.close())

/** How many stock blocks each transaction put into the feed, and how often each block went. */
async function blocksInFeed() {
  const { rows } = await sql<{ blocks: number; times: number }>`
    select count(*)::integer as blocks, max(version) as times
    from feed where kind = 'stock_block' group by xid`.execute(gateway.context.db)
  return {
    most: Math.max(...rows.map(({ blocks }) => blocks)),
    times: Math.max(...rows.map(({ times }) => times)),
  }
}

test('stock in any order is written block by block, few blocks to a transaction', async () => {
  await load(gateway, {
    balance: scattered.map((article) => ({
      article,
      warehouse: 'GBG',
      onHand: '12',
      leadTimeDays: 5,
      source: 'erp',
      observedAt,
    })),
  })
  const { most, times } = await blocksInFeed()
  expect(most).toBeLessThanOrEqual(8)
  // A chunk may end within a block, and the small seller's own stock was there before.
  expect(times).toBeLessThanOrEqual(4)
})

test('lines that only name their number when they go are written so as well', async () => {
  const lines = scattered.map((article, at) => ({
    id: `L${at}`,
    article,
    warehouse: 'GBG',
    quantity: '3',
    plannedDate: '2026-12-01',
  }))
  await load(gateway, { backlog: lines })
  const before = (await blocksInFeed()).times
  const gone = lines.map(({ id }) => ({ id, deleted: true }))
  const result = await upsertMasterData(gateway.context, 'backlog', gone, {
    actor: { kind: 'system', name: 'test' },
    origin: { via: 'gateway', task: 'test' },
  })
  expect(result).toMatchObject({ deleted: lines.length, failed: 0 })
  const { most, times } = await blocksInFeed()
  expect(most).toBeLessThanOrEqual(8)
  expect(times - before).toBeLessThanOrEqual(3)
})
