import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { createShopClient, type ShopClient } from '../../demo/shop/client'
import { openShopFloor } from '../../demo/shop/shop-floor'
import { demoSeed } from '../../demo/seller/generate-demo'
import { addDays, todayIn } from '../../domain/calendar'
import { launchApp, type RunningApp } from '../support/app'
import { startDemoGateway, type DemoGateway } from '../support/demo-gateway'
import { startFaultProxy, type FaultProxy } from '../support/fault-proxy/fault-proxy'
import { InboxPage } from './pages/inbox-page'
import { OrdersPage } from './pages/orders-page'
import { SessionPage } from './pages/session-page'

let gateway: DemoGateway
let cable: FaultProxy
let app: RunningApp
let inbox: InboxPage
let shop: ShopClient
let floor: ReturnType<typeof openShopFloor>

beforeAll(async () => {
  gateway = await startDemoGateway()
  cable = await startFaultProxy(gateway.url)
  shop = createShopClient(gateway.shop)
  const today = todayIn('Europe/Stockholm', new Date().toISOString())
  floor = openShopFloor({ seed: demoSeed, today }, today, 3)
  app = await launchApp({ runtime: inject('appRuntime') })
  inbox = new InboxPage(app.page)
  await inbox.use({ language: 'sv' })
  await new SessionPage(app.page).signIn(cable.url, 'karin', gateway.passwordOf('karin'))
  await inbox.rows.first().waitFor()
}, 120_000)

afterAll(async () => {
  await app?.close()
  await cable?.close()
  await gateway?.remove()
})

async function submitted() {
  const { event } = floor.nextDocument({
    type: 'requisition.submitted',
    id: undefined,
    now: new Date().toISOString(),
    toBeDecided: true,
  })
  const sent = await shop.send(event)
  if (!sent.ok) throw new Error(JSON.stringify(sent.error))
  return sent.value.receipt.requisition
}

test('what the webshop sends shows by itself, one key makes it an order, and its dates are promised', async () => {
  const { id, number } = await submitted()
  await inbox.select(id)
  await inbox.waitForText(new RegExp(number))
  await inbox.pressApprove()
  await inbox.show('finished')
  await inbox.select(id)
  const page = await shop.changes(null)
  const ordered =
    page.ok &&
    page.value.changes.find(
      ({ change }) => change.type === 'requisition.ordered' && change.data.number === number,
    )
  if (!ordered || ordered.change.type !== 'requisition.ordered')
    throw new Error('The shop was not told of the order.')
  const { orderNumber } = ordered.change.data
  await inbox.waitForText(orderNumber)
  await inbox.show('to_decide')

  const orders = new OrdersPage(app.page)
  await orders.open('orders')
  await orders.select(orderNumber)
  const day = addDays(todayIn('Europe/Stockholm', new Date().toISOString()), 9)
  await orders.promise(day)
  const promised = async () => {
    const told = await shop.changes(null)
    if (!told.ok) throw new Error(JSON.stringify(told.error))
    return told.value.changes.flatMap(({ change }) =>
      change.type === 'order.confirmed' && change.data.number === orderNumber ? [change.data] : [],
    )
  }
  await expect.poll(promised, { timeout: 15_000 }).toHaveLength(1)
  const [confirmed] = await promised()
  const days = confirmed?.lines.map(({ confirmedDate }) => confirmedDate) ?? []
  expect(days.length).toBeGreaterThan(0)
  expect(new Set(days)).toEqual(new Set([day]))
  await orders.waitForPromise(days.length, 'Karin Åberg')
  await inbox.open('inbox')
})

test('a withdrawal takes the decision away while it is being looked at', async () => {
  const today = todayIn('Europe/Stockholm', new Date().toISOString())
  const own = openShopFloor({ seed: demoSeed, today }, today, 5)
  const { event, contact } = own.nextDocument({
    type: 'requisition.submitted',
    id: undefined,
    now: new Date().toISOString(),
    toBeDecided: true,
  })
  const sent = await shop.send(event)
  if (!sent.ok) throw new Error(JSON.stringify(sent.error))
  await inbox.select(sent.value.receipt.requisition.id)
  await inbox.approve.waitFor()
  const withdrawn = await shop.send({
    type: 'requisition.withdrawn',
    timestamp: new Date().toISOString(),
    data: { id: event.data.id, contact: event.data.contact, reason: 'Beställde fel.' },
  })
  expect(withdrawn.ok, contact).toBe(true)
  await inbox.approve.waitFor({ state: 'hidden' })
})

test('without the network the desk reads, keeps what is typed and offers no approval', async () => {
  const { id, number } = await submitted()
  await inbox.select(id)
  cable.cut()
  await inbox.waitUntilOffline()
  expect(await inbox.approve.isDisabled()).toBe(true)
  await inbox.reject('Skrivet utan nät.')
  cable.mend()
  await inbox.waitUntilLive()
  await expect
    .poll(
      async () => {
        const page = await shop.changes(null)
        return page.ok
          ? page.value.changes.filter(
              ({ change }) =>
                change.type === 'requisition.rejected' && change.data.number === number,
            ).length
          : 0
      },
      { timeout: 15_000 },
    )
    .toBe(1)
})

test('an approval whose answer got lost is asked about: one order, and its row settles', async () => {
  const { id, number } = await submitted()
  await inbox.select(id)
  const orders = async () => {
    const page = await shop.changes(null)
    if (!page.ok) throw new Error(JSON.stringify(page.error))
    return page.value.changes.flatMap(({ change }) =>
      change.type === 'requisition.ordered' && change.data.number === number
        ? [change.data.orderNumber]
        : [],
    )
  }
  cable.suffer({ toClient: { swallow: true } })
  await inbox.pressApprove()
  await expect.poll(orders, { timeout: 15_000 }).toHaveLength(1)
  expect(await inbox.row(id).innerText()).toContain('Godkänns')
  cable.cut()
  await inbox.waitForAsking(id)
  await inbox.pressApprove()
  cable.heal()
  await inbox.waitUntilLive()
  const [order = ''] = await orders()
  // The answer itself came in the end, not only the change: it tells of the order and goes on.
  await inbox.waitForOrdered(order)
  await inbox.show('finished')
  await inbox.select(id)
  await inbox.waitForText(order)
  expect(await inbox.row(id).innerText()).not.toContain('frågar')
  expect(await orders()).toEqual([order])
  await inbox.show('to_decide')
})

test('nothing of all this was reported as a fault', () => {
  expect(app.faults).toEqual([])
})
