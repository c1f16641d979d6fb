import { afterAll, beforeAll, expect, test } from 'vitest'
import { passOverPrestaShop } from '../../../../gateway/connectors/prestashop-pass'
import { readPrestaShop } from '../../../../gateway/connectors/prestashop/read-prestashop'
import type { MasterDataPort } from '../../../../gateway/connectors/prestashop/report'
import { upsertMasterData } from '../../../../gateway/master-data/upsert'
import { startFakePrestaShop, type FakePrestaShop } from '../../../fakes/prestashop-server'
import { ConsoleClient } from '../../../support/console-client'
import {
  addTestShop,
  addUser,
  signInAs,
  startTestGateway,
  type TestGateway,
} from '../../../support/gateway'
import { countRows } from '../../../support/rows'
import { proposal } from '../../../support/small-seller'
import { optionsFor } from './memory-port'

const readAt = new Date()
let shop: FakePrestaShop
let gateway: TestGateway
let port: MasterDataPort
beforeAll(async () => {
  shop = await startFakePrestaShop()
  gateway = await startTestGateway()
  port = {
    upsert: (kind, rows) =>
      upsertMasterData(gateway.context, kind, rows, {
        actor: { kind: 'system', name: 'PrestaShop' },
        origin: { via: 'gateway', task: 'prestashop' },
      }),
  }
})
afterAll(async () => {
  await shop.close()
  await gateway.close()
})

const read = async (cursor: unknown) => {
  // Groups have no ordering right in the shop: here customers may propose.
  const options = optionsFor(shop, { orderingRights: { 3: 'requisition' } })
  const reading = await readPrestaShop(options, port, { mode: 'full', cursor, now: () => readAt })
  if (!reading.ok) throw new Error(`${reading.error.code}: ${reading.error.message}`)
  return reading
}

test('the gateway takes in every row of the shop, and none anew the second time', async () => {
  const first = await read(null)
  expect(first.report.failed).toEqual([])
  expect(first.report.kinds.article).toMatchObject({ received: 47, created: 47 })
  const stored = await countRows(gateway.context.db)
  const second = await read(JSON.parse(JSON.stringify(first.cursor)))
  for (const [kind, counts] of Object.entries(second.report.kinds)) {
    expect({ kind, ...counts }).toMatchObject({ unchanged: counts.received, failed: 0 })
  }
  expect(await countRows(gateway.context.db)).toEqual(stored)
})

test('a proposal from the shop’s customer is priced as the shop has it and becomes an order', async () => {
  const storefront = await addTestShop(gateway)
  await addUser(gateway, { username: 'karin', roles: ['approver'] })
  const karin = await ConsoleClient.open(gateway.url, await signInAs(gateway, 'karin'))
  const event = proposal('wish-1', {
    contact: 'ps-customer-2',
    currency: 'EUR',
    lines: [
      { id: '1', article: 'ps-1-3', quantity: '3' },
      { id: '2', article: 'demo_11', quantity: '2' },
    ],
  })
  expect(await storefront.send(event)).toMatchObject({ status: 202 })
  const row = await karin.until('the requisition', () => karin.all('requisition')[0])
  // 19.12 × 3 and 11.90 × 2, without VAT; 20 % on top.
  expect(row.value).toMatchObject({
    companyId: 'ps-company-2',
    lines: [
      { articleId: 'ps-1-3', rowAmount: 5736 },
      { articleId: 'demo_11', rowAmount: 2380 },
    ],
    totals: { net: 8116, gross: 9739 },
  })
  const answer = await karin.command('requisition.approve', row.id, row.version, { revision: 1 })
  expect(answer).toMatchObject({ ok: true })
  const order = await karin.until('the order', () => karin.all('order')[0])
  expect(order.value).toMatchObject({ state: 'placed', companyId: 'ps-company-2' })
  karin.close()
})

test('a pass remembers how far it came and how the shop calls what it brought', async () => {
  const options = optionsFor(shop, { orderingRights: { 3: 'requisition' } })
  const first = await passOverPrestaShop(gateway.context, options, 'full')
  expect(first.ok).toBe(true)
  const keys = await gateway.context.db.selectFrom('external_key').selectAll().execute()
  expect(keys.filter(({ kind }) => kind === 'article')).toHaveLength(47)
  const again = await passOverPrestaShop(gateway.context, options, 'changes')
  expect(again).toMatchObject({ ok: true, report: { mode: 'changes' } })
})
