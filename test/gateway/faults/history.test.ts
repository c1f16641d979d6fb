import { randomUUID } from 'node:crypto'
import { sql, type RawBuilder } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createShopClient } from '../../../demo/shop/client'
import { ConsoleClient } from '../../support/console-client'
import {
  addTestShop,
  addUser,
  signInAs,
  startTestGateway,
  type TestGateway,
} from '../../support/gateway'
import { checkHistory, replicaDifferences, type Replica } from '../../support/history/check'
import { History } from '../../support/history/history'
import { load, proposal, smallSeller } from '../../support/small-seller'

let gateway: TestGateway
let replica: Replica
const history = new History()

beforeAll(async () => {
  gateway = await startTestGateway()
  await load(gateway, smallSeller)
  const { secret } = await addTestShop(gateway)
  const shop = createShopClient({ url: gateway.url, secret })
  const userId = await addUser(gateway, { username: 'karin', roles: ['approver'] })
  const karin = await ConsoleClient.open(gateway.url, await signInAs(gateway, 'karin'))
  const steps = [
    ['requisition.claim', {}],
    ['requisition.approve', { revision: 1, seen: { net: 22_750, lines: {} } }],
    ['requisition.return', { revision: 1, message: 'Färre, tack.' }],
    ['requisition.mark_read', { revision: 1 }],
  ] as const
  for (const [type, payload] of steps) {
    const event = proposal(type) as Parameters<typeof shop.send>[0]
    const sent = history.sendingEvent(randomUUID(), event)
    const received = await shop.send(event, sent.webhookId)
    if (!received.ok) throw new Error(JSON.stringify(received.error))
    sent.answers.push({ ok: true, receipt: received.value.receipt })
    const aggregateId = received.value.receipt.requisition.id
    const envelope = { id: randomUUID(), type, aggregateId, expectedVersion: null, payload }
    for (const again of [0, 1]) {
      const command = history.sending(userId, envelope)
      command.answers.push(await karin.send(envelope))
      expect(command.answers[again]).toMatchObject({ ok: true })
    }
  }
  // Four received, one ordered and one returned; the last are told when no transaction runs any more that
  // began before them, also another test's.
  for (let cursor: string | null = null; history.told.length < 6;) {
    const page = await shop.changes(cursor)
    if (!page.ok) throw new Error(JSON.stringify(page.error))
    history.told.push(...page.value.changes)
    cursor = page.value.cursor
  }
  await karin.until('the mark', () => karin.all('read_mark').length === 1)
  replica = karin.snapshot()
  karin.close()
})
afterAll(() => gateway.close())

const check = () => checkHistory(gateway.context.db, history, 'shop')

test('what went as it should gives nothing to say', async () => {
  expect(await check()).toEqual([])
  expect(history.acknowledged).toBe(8)
})

test.each<[string, RawBuilder<unknown>, RegExp]>([
  ['a lost command', sql`delete from command where type = 'requisition.claim'`, /is not there/],
  [
    'another answer',
    sql`update command set answer = '{"ok":true,"result":{},"version":9}'`,
    /unlike/,
  ],
  ['an entry lost', sql`delete from audit where type = 'requisition.claimed'`, /audit 0 times/],
  [
    'an entry twice',
    sql`insert into audit (type, actor, aggregate_kind, aggregate_id, version, data, origin)
      select type, actor, aggregate_kind, aggregate_id, version, data, origin from audit
      where type = 'requisition.approved'`,
    /audit 2 times/,
  ],
  ['a version skipped', sql`update requisition set version = version + 1`, /its audit has/],
  ['a state of its own', sql`update requisition set state = 'rejected'`, /by its audit/],
  [
    'an order lost',
    sql`with lines as (delete from sales_order_line) delete from sales_order`,
    /ordered 0 times/,
  ],
  [
    'an order twice',
    sql`insert into sales_order select gen_random_uuid(), 'O-1', source_kind, source_id, '1', state,
      version, company_id, contact_id, currency, net, gross, placed_at, exported_at, body, search,
      charged_to from sales_order`,
    /ordered 2 times/,
  ],
  ['a line lost', sql`delete from sales_order_line where line_id = '1'`, /other lines/],
  ['stock not asked for', sql`update sales_order_line set open = false`, /commitment/],
  ['a feed behind', sql`update feed set version = 1 where kind = 'requisition'`, /feed tells/],
  ['a mark undone', sql`delete from feed where kind = 'read_mark'`, /read mark/],
  ['a revision lost', sql`delete from requisition_revision`, /kept are/],
  ['a receipt lost', sql`delete from storefront_event`, /acknowledged and is not there/],
  [
    'a change more',
    sql`insert into storefront_change (id, shop_id, change)
      select gen_random_uuid(), shop_id, change from storefront_change limit 1`,
    /not told 1/,
  ],
])('the checker sees %s', async (_what, spoil, seen) => {
  const undone = new Error('undone')
  await gateway.context.db
    .transaction()
    .execute(async (tx) => {
      await spoil.execute(tx)
      expect((await checkHistory(tx, history, 'shop')).join('\n')).toMatch(seen)
      throw undone
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error
    })
})

test('the checker sees answers and replicas that are not what they should be', async () => {
  const [first] = history.commands.values()
  first!.answers.push({ ok: false, error: { code: 'wrong_state', message: '', details: {} } })
  expect(await check()).toEqual([expect.stringMatching(/both done and refused/)])
  first!.answers.pop()
  const [told] = history.told
  history.told.push(told!)
  expect((await check()).join()).toMatch(/more than once/)
  history.told.pop()
  const [key = ''] = Object.keys(replica)
  const { [key]: _gone, ...rest } = replica
  expect(replicaDifferences('Karin', rest, replica)).toHaveLength(1)
  expect(replicaDifferences('Karin', replica, replica)).toEqual([])
})
