import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from 'vitest'
import type { StorefrontChange } from '../../../contract/storefront'
import { restore } from '../../../gateway/backup/restore'
import { backUp } from '../../../gateway/backup/write'
import type { Gateway } from '../../../gateway/create-gateway'
import { inTransaction } from '../../../gateway/database/transaction'
import { writeCursor } from '../../../gateway/storefront/cursor'
import { tellShop } from '../../../gateway/storefront/tell-shop'
import { addTestShop, startTestGateway, type TestGateway } from '../../support/gateway'
import { testDatabase, type TestDatabase } from '../../support/postgres'
import { nodeOn, ReadingShop } from '../../support/restore/day'
import { load, proposal, smallSeller } from '../../support/small-seller'
import { temporaryFolder } from '../../support/temporary-folder'
import { idTold } from '../../support/told'

let before: TestGateway
let shop: Awaited<ReturnType<typeof addTestShop>>
beforeAll(async () => {
  before = await startTestGateway()
  await load(before, smallSeller)
  shop = await addTestShop(before)
})
afterAll(() => before.close())

let target: TestDatabase
let after: Gateway
beforeEach(async () => {
  target = await testDatabase({ migrated: false })
})
afterEach(async () => {
  await after.close()
  await target.drop()
})

async function goBack(file: string): Promise<void> {
  expect(await restore({ databaseUrl: target.url, file })).toMatchObject({ ok: true })
  after = await nodeOn(target.url)
}

/** The documents of the seller, each as often as it is there. */
async function documents({ context }: Gateway): Promise<readonly string[]> {
  const rows = await context.db.selectFrom('requisition').select('document_id').execute()
  return rows.map(({ document_id }) => document_id).sort()
}

test('what a shop sent after the backup is gone, and taken in when it is sent again', async () => {
  const file = join(await temporaryFolder(), 'a.backup')
  const events = { early: proposal('early'), late: proposal('late') }
  const send = (document: keyof typeof events, event: string, node: Gateway) =>
    shop.send(events[document], node, event)
  const [early, late] = [randomUUID(), randomUUID()]
  expect(await send('early', early, before)).toMatchObject({ status: 202 })
  expect(await backUp({ databaseUrl: before.databaseUrl, file })).toMatchObject({ ok: true })
  expect(await send('late', late, before)).toMatchObject({ status: 202 })
  await goBack(file)
  expect(await documents(after)).toEqual(['early'])
  expect(await send('late', late, after)).toMatchObject({ status: 202 })
  // All of it was known before or is by now. An event may have another id: the document has its own.
  for (const event of [early, randomUUID()])
    expect(await send('early', event, after)).toMatchObject({ status: 200 })
  for (const event of [late, randomUUID()])
    expect(await send('late', event, after)).toMatchObject({ status: 200 })
  expect(await documents(after)).toEqual(['early', 'late'])
})

const day = 86_400_000
const told = (id: string): StorefrontChange => ({
  type: 'requisition.rejected',
  timestamp: '2026-11-23T11:00:00.000Z',
  data: {
    id,
    number: 'K-1',
    revision: 1,
    company: 'berg',
    contact: 'anna',
    decidedBy: 'Karin',
    reason: 'Nej.',
  },
})

/** Have a shop told of something, as it was so many days ago. */
async function tell({ context: { db } }: Gateway, shopId: string, id: string, daysAgo: number) {
  await inTransaction(db, (tx) => tellShop(tx, shopId, told(id)))
  await db
    .updateTable('storefront_change')
    .set({ at: new Date(Date.now() - daysAgo * day) })
    .where(sql<boolean>`change#>>'{data,id}' = ${id}`)
    .execute()
}

test('a shop that had read past the backup is told the last day again, and nothing older', async () => {
  const file = join(await temporaryFolder(), 'a.backup')
  const mine = await addTestShop(before, 'poller')
  const names = (reader: ReadingShop) => reader.told.map(idTold)
  // It may wait for another transaction of the same PostgreSQL.
  const readUntil = async (reader: ReadingShop, node: Gateway, id: string) => {
    while (!names(reader).includes(id)) await reader.readOn(node)
  }
  for (const [id, daysAgo] of [
    ['old-1', 300],
    ['old-2', 3],
    ['fresh-1', 0.5],
    ['fresh-2', 0],
  ] as const)
    await tell(before, 'poller', id, daysAgo)
  expect(await backUp({ databaseUrl: before.databaseUrl, file })).toMatchObject({ ok: true })
  await tell(before, 'poller', 'lost', 0)
  const reader = new ReadingShop(mine.secret)
  await readUntil(reader, before, 'lost')
  expect(names(reader)).toEqual(['old-1', 'old-2', 'fresh-1', 'fresh-2', 'lost'])

  await goBack(file)
  await tell(after, 'poller', 'new', 0)
  const stranger = reader.copy()
  const late = reader.copy()
  await readUntil(late, after, 'new')
  expect(names(late)).toEqual([...names(reader), 'new'])
  expect(late.repeats).toBe(2)
  await late.readOn(after)
  expect(late.repeats).toBe(2)

  // Nothing of late: it goes on behind all it knows.
  const quiet = reader.copy()
  await sql`update storefront_change set at = at - interval '2 days' where shop_id = 'poller'
    and change#>>'{data,id}' <> 'new'`.execute(after.context.db)
  await readUntil(quiet, after, 'new')
  expect([quiet.repeats, names(quiet).at(-1)]).toEqual([0, 'new'])

  // A cursor that this database never gave out proves nothing of what the shop has read.
  stranger.cursor = writeCursor({ epoch: randomUUID(), xid: '900', id: randomUUID() })
  await readUntil(stranger, after, 'new')
  expect(stranger.repeats).toBe(4)
})
