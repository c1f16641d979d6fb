import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { createShopClient } from '../../demo/shop/client'
import { openShopFloor } from '../../demo/shop/shop-floor'
import { demoSeed } from '../../demo/seller/generate-demo'
import { todayIn } from '../../domain/calendar'
import { launchApp, type RunningApp } from '../support/app'
import { ConsoleClient } from '../support/console-client'
import { startDemoGateway, type DemoGateway } from '../support/demo-gateway'
import { InboxPage } from './pages/inbox-page'
import { SessionPage } from './pages/session-page'

let gateway: DemoGateway
let admin: ConsoleClient
let app: RunningApp

beforeAll(async () => {
  gateway = await startDemoGateway()
  admin = await ConsoleClient.open(gateway.url, await gateway.tokenOf('admin'))
  // Rules would leave some to others; here one person decides.
  const set = await admin.command('policy.set', 'approval', 1, { rules: [] })
  expect(set, JSON.stringify(set)).toMatchObject({ ok: true })
  app = await launchApp({ runtime: inject('appRuntime') })
}, 120_000)

afterAll(async () => {
  admin?.close()
  await app?.close()
  await gateway?.remove()
})

/** Of at least four lines, to be decided by somebody. */
async function submitted() {
  const today = todayIn('Europe/Stockholm', new Date().toISOString())
  const floor = openShopFloor({ seed: demoSeed, today }, today, 7)
  for (let tries = 0; tries < 200; tries += 1) {
    const { event } = floor.nextDocument({
      type: 'requisition.submitted',
      id: undefined,
      now: new Date().toISOString(),
      toBeDecided: true,
    })
    if (event.data.lines.length < 4) continue
    const sent = await createShopClient(gateway.shop).send(event)
    if (!sent.ok) throw new Error(JSON.stringify(sent.error))
    return sent.value.receipt.requisition
  }
  throw new Error('Nobody of the demo sends so many lines.')
}

test('by the keyboard alone: two lines are ordered, then the rest is opened and ordered as well', async () => {
  const { id, number } = await submitted()
  const whole = await admin.until('the requisition', () => admin.get('requisition', id))
  const lineIds = whole.value.lines.map((line) => line.id)
  const inbox = new InboxPage(app.page)
  await inbox.use({ language: 'sv' })
  await new SessionPage(app.page).signIn(gateway.url, 'karin', gateway.passwordOf('karin'))
  await inbox.waitUntilLive()
  await inbox.select(id)

  await inbox.markFirstLines(2)
  await inbox.waitForText(new RegExp(`Godkänn 2 av ${lineIds.length} rader`))
  await inbox.pressApprove()
  const ordered = await admin.until('the order of two lines', () => {
    const now = admin.get('requisition', id)
    return now?.value.state === 'ordered' && now
  })
  expect(ordered.value.lines.map((line) => line.id)).toEqual(lineIds.slice(0, 2))
  const [rest] = ordered.value.rest ?? []
  await inbox.waitForText(`Resten är ${rest?.number}`)

  await inbox.openOtherPart(rest?.number ?? '')
  await inbox.waitForText(`Resten av ${number}`)
  await inbox.pressApprove()
  const last = await admin.until('the order of the rest', () => {
    const now = admin.get('requisition', rest?.id ?? '')
    return now?.value.state === 'ordered' && now
  })
  expect(last.value.lines.map((line) => line.id)).toEqual(lineIds.slice(2))
  const orders = admin
    .all('order')
    .filter(({ value }) => [id, rest?.id].includes(value.source.id))
    .flatMap(({ value }) => value.lines.map((line) => line.id))
  expect(orders.sort()).toEqual([...lineIds].sort())
})
