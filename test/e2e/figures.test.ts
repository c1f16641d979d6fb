import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { demoSeed } from '../../demo/seller/generate-demo'
import { createShopClient } from '../../demo/shop/client'
import { openShopFloor } from '../../demo/shop/shop-floor'
import { todayIn } from '../../domain/calendar'
import { launchApp, type RunningApp } from '../support/app'
import { ConsoleClient } from '../support/console-client'
import { startDemoGateway, type DemoGateway } from '../support/demo-gateway'
import { InboxPage } from './pages/inbox-page'
import { SessionPage } from './pages/session-page'

let gateway: DemoGateway
let token: string
let admin: ConsoleClient
let app: RunningApp

beforeAll(async () => {
  gateway = await startDemoGateway()
  const response = await fetch(`${gateway.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password: gateway.passwordOf('admin') }),
  })
  ;({ token } = (await response.json()) as { token: string })
  admin = await ConsoleClient.open(gateway.url, token)
  app = await launchApp({ runtime: inject('appRuntime') })
}, 120_000)

afterAll(async () => {
  admin?.close()
  await app?.close()
  await gateway?.remove()
})

async function load(kind: string, rows: readonly object[]): Promise<void> {
  const answer = await fetch(`${gateway.url}/api/master-data`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ kind, rows }),
  })
  expect(await answer.json()).toMatchObject({ failed: 0 })
}

test('a price that changes between the look and the key stops the approval; the next key orders, from where was chosen', async () => {
  const today = todayIn('Europe/Stockholm', new Date().toISOString())
  const { event } = openShopFloor({ seed: demoSeed, today }, today, 7).nextDocument({
    type: 'requisition.submitted',
    id: undefined,
    now: new Date().toISOString(),
    toBeDecided: true,
  })
  const sent = await createShopClient(gateway.shop).send(event)
  if (!sent.ok) throw new Error(JSON.stringify(sent.error))
  const { id } = sent.value.receipt.requisition
  const { value } = await admin.until('it', () => admin.get('requisition', id))
  const [line] = value.lines
  if (!line) throw new Error('It has no lines.')
  const observedAt = new Date().toISOString()
  const warehouses = admin
    .all('warehouse')
    .filter(({ value: one }) => one.openToWebshop)
    .sort((a, b) => a.value.priority - b.value.priority)
    .map((one) => one.id)
  // Enough of it everywhere, so that each warehouse can be chosen.
  const plenty = { article: line.articleId, onHand: 100_000, source: 'test', observedAt }
  await load(
    'balance',
    warehouses.map((warehouse) => ({ ...plenty, warehouse })),
  )

  const inbox = new InboxPage(app.page)
  await inbox.use({ language: 'sv' })
  await new SessionPage(app.page).signIn(gateway.url, 'karin', gateway.passwordOf('karin'))
  await inbox.waitUntilLive()
  await inbox.show('all')
  await inbox.select(id)
  const chosen = await inbox.chooseNextWarehouse()

  const price = { article: line.articleId, company: value.companyId, currency: value.currency }
  await load('contract_price', [{ ...price, id: 'E2E', price: '1.23', net: true }])
  await inbox.pressApprove()
  await inbox.waitForText('Inget godkändes: det du såg stämmer inte längre.')
  await inbox.waitForText(/dagens pris var .* när du tryckte, nu 1,23/)
  expect(admin.get('requisition', id)?.value.state).not.toBe('ordered')

  await inbox.pressApprove()
  const order = await admin.until('the order', () =>
    admin.all('order').find((one) => one.value.source.id === id),
  )
  const [ordered] = order.value.lines
  expect(ordered?.warehouseId).toBe(
    admin.all('warehouse').find((one) => one.value.name === chosen)?.id,
  )
  // What the customer saw is kept, since nobody said otherwise.
  expect(ordered?.unitPrice).toEqual(line.shown?.unitPrice ?? expect.anything())
  await inbox.waitForOrdered(order.value.number)
})
