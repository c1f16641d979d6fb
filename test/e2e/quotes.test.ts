import { randomUUID } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { demoSeed } from '../../demo/seller/generate-demo'
import { createShopClient } from '../../demo/shop/client'
import { openShopFloor } from '../../demo/shop/shop-floor'
import { todayIn } from '../../domain/calendar'
import { launchApp, type RunningApp } from '../support/app'
import { ConsoleClient } from '../support/console-client'
import { startDemoGateway, type DemoGateway } from '../support/demo-gateway'
import { InboxPage } from './pages/inbox-page'
import { QuotesPage } from './pages/quotes-page'
import { SessionPage } from './pages/session-page'

let gateway: DemoGateway
let admin: ConsoleClient
let karin: RunningApp

beforeAll(async () => {
  gateway = await startDemoGateway()
  admin = await ConsoleClient.open(gateway.url, await gateway.tokenOf('admin'))
  karin = await launchApp({ runtime: inject('appRuntime') })
}, 120_000)

afterAll(async () => {
  admin?.close()
  await karin?.close()
  await gateway?.remove()
})

/** A quote request from the demo's shop. */
async function requested() {
  const today = todayIn('Europe/Stockholm', new Date().toISOString())
  const floor = openShopFloor({ seed: demoSeed, today }, today, 11)
  const { event } = floor.nextDocument({
    type: 'quote.requested',
    id: undefined,
    now: new Date().toISOString(),
    toBeDecided: true,
  })
  const sent = await createShopClient(gateway.shop).send(event)
  if (!sent.ok) throw new Error(JSON.stringify(sent.error))
  return sent.value.receipt.requisition
}

/** The customer's word, by the shop. */
async function accepted(quote: string, contact: string): Promise<Response> {
  const body = JSON.stringify({
    type: 'quote.accepted',
    timestamp: new Date().toISOString(),
    data: { quote, version: 1, contact },
  })
  const id = randomUUID()
  const at = new Date()
  return fetch(`${gateway.url}/storefront/v1/events`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': new Webhook(gateway.shop.secret).sign(id, at, body),
    },
    body,
  })
}

test('a request is answered with a quote by keyboard, sent, accepted, and is one order', async () => {
  const set = await admin.command('policy.set', 'approval', 1, { rules: [] })
  expect(set, JSON.stringify(set)).toMatchObject({ ok: true })
  const { id } = await requested()

  const inbox = new InboxPage(karin.page)
  await inbox.use({ language: 'sv' })
  await new SessionPage(karin.page).signIn(gateway.url, 'karin', gateway.passwordOf('karin'))
  await inbox.waitUntilLive()
  await inbox.show('all')
  await inbox.select(id)
  await karin.page.keyboard.press('o')

  const quotes = new QuotesPage(karin.page)
  await quotes.waitForState('draft')
  await quotes.setFirstPrice('10')
  await quotes.submit()
  await quotes.waitForState('ready')
  await quotes.send()
  await quotes.waitForState('sent')

  const quote = await admin.until('the quote', () =>
    admin.all('quote').find(({ value }) => value.state === 'sent'),
  )
  expect(quote.value).toMatchObject({
    requisition: { id },
    review: { automatic: true },
    lines: expect.arrayContaining([
      expect.objectContaining({
        byHand: { unitPrice: expect.objectContaining({ amount: 10_000_000 }), rebate: 0 },
      }),
    ]),
  })
  const document = await fetch(`${gateway.url}/api/quotes/${quote.id}/document`, {
    headers: { authorization: `Bearer ${await gateway.tokenOf('karin')}` },
  })
  expect(
    Buffer.from(await document.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')

  const answer = await accepted(quote.value.number, quote.value.contactId)
  expect(answer.status, await answer.text()).toBe(202)
  await quotes.waitForState('ordered')
  const orders = await admin.until('the order', () => {
    const found = admin.all('order').filter(({ value }) => value.source.id === quote.id)
    return found.length > 0 && found
  })
  expect(orders).toHaveLength(1)
  expect(orders[0]?.value.totals).toEqual(quote.value.totals)
})
