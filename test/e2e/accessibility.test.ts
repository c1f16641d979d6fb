import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { demoSeed } from '../../demo/seller/generate-demo'
import { createShopClient } from '../../demo/shop/client'
import { openShopFloor } from '../../demo/shop/shop-floor'
import { todayIn } from '../../domain/calendar'
import { violations } from '../support/accessibility'
import { launchApp, type RunningApp } from '../support/app'
import { ConsoleClient } from '../support/console-client'
import { startDemoGateway, type DemoGateway } from '../support/demo-gateway'
import { resize } from '../support/resize'
import { BulkPage } from './pages/bulk-page'
import { InboxPage } from './pages/inbox-page'
import { OrdersPage } from './pages/orders-page'
import { QuotesPage } from './pages/quotes-page'
import { RulesPage } from './pages/rules-page'
import { SessionPage } from './pages/session-page'
import { UsersPage } from './pages/users-page'

let gateway: DemoGateway
let app: RunningApp
let inbox: InboxPage
let session: SessionPage

beforeAll(async () => {
  gateway = await startDemoGateway()
  app = await launchApp({ runtime: inject('appRuntime') })
  inbox = new InboxPage(app.page)
  session = new SessionPage(app.page)
  await inbox.use({ language: 'sv' })
}, 120_000)

afterAll(async () => {
  await app?.close()
  await gateway?.remove()
})

/** What is wrong with the window as it stands, in light and in dark. */
async function violationsInBothThemes() {
  const found: Record<string, readonly string[]> = {}
  for (const theme of ['light', 'dark'] as const) {
    await inbox.use({ theme })
    // Colours on their way from one theme to the other are those of neither.
    await app.page.evaluate(() =>
      Promise.all(document.getAnimations().map((animation) => animation.finished)),
    )
    found[theme] = await violations(app.page)
  }
  return found
}

const none = { light: [], dark: [] }

// In this order: each goes on from where the one before has left the window.
describe('nothing is against WCAG 2.2 AA', () => {
  test('on the first run', async () => {
    await session.waitForFirstRun()
    expect(await violationsInBothThemes()).toEqual(none)
  })

  test('in the form to sign in', async () => {
    await session.openSignIn()
    expect(await violationsInBothThemes()).toEqual(none)
  })

  test('in the inbox with a requisition open', async () => {
    await session.signIn(gateway.url, 'karin', gateway.passwordOf('karin'))
    await inbox.waitUntilLive()
    await inbox.rows.first().click()
    await inbox.approve.waitFor()
    for (const [width, height] of [
      [1024, 700],
      [1600, 900],
    ] as const) {
      await resize(app, width, height)
      expect(await violationsInBothThemes()).toEqual(none)
    }
  })

  test('in the inbox with rows marked, and in what is asked before they are approved', async () => {
    await inbox.list.focus()
    await app.page.keyboard.press('Control+a')
    expect(await violationsInBothThemes()).toEqual(none)
    const bulk = new BulkPage(app.page)
    await bulk.askToApprove()
    expect(await violationsInBothThemes()).toEqual(none)
    await app.page.keyboard.press('Escape')
    await app.page.getByRole('dialog').waitFor({ state: 'detached' })
    await app.page.keyboard.press('Escape')
  })

  test('in a quote that is being written', async () => {
    const quotes = new QuotesPage(app.page)
    await app.page.keyboard.press('o')
    await quotes.waitForState('draft')
    expect(await violationsInBothThemes()).toEqual(none)
  })

  test('in the stock with an article open', async () => {
    await app.page.keyboard.press('Control+5')
    await app.page.getByRole('grid').waitFor()
    await app.page.keyboard.press('j')
    await app.page.getByRole('textbox', { name: /Antal|Quantity/ }).waitFor()
    for (const [width, height] of [
      [1024, 700],
      [1600, 900],
    ] as const) {
      await resize(app, width, height)
      expect(await violationsInBothThemes()).toEqual(none)
    }
    await app.page.keyboard.press('Control+1')
  })

  test.each(['orders', 'customers'] as const)('in %s with one open', async (screen) => {
    await inbox.open(screen)
    await inbox.openFirstRow(screen)
    expect(await violationsInBothThemes()).toEqual(none)
  })

  test('in the dates of an order', async () => {
    const orders = new OrdersPage(app.page)
    await orders.open('orders')
    await orders.openDates()
    expect(await violationsInBothThemes()).toEqual(none)
    await app.page.keyboard.type('2020-01-01')
    await app.page.keyboard.press('Enter')
    await app.page.locator('[data-cell][aria-invalid]').first().waitFor()
    expect(await violationsInBothThemes()).toEqual(none)
    await app.page.keyboard.press('Escape')
    await app.page.getByRole('alert').waitFor()
    expect(await violationsInBothThemes()).toEqual(none)
    await orders.throwAway()
  })

  test('in the inbox with some of the lines marked', async () => {
    await inbox.open('inbox')
    await inbox.openOneOfManyLines()
    await inbox.markFirstLines(1)
    expect(await violationsInBothThemes()).toEqual(none)
    await app.page.keyboard.press('Escape')
  })

  test('in the settings', async () => {
    await inbox.open('settings')
    expect(await violationsInBothThemes()).toEqual(none)
  })

  test('in users with one open, as their admin sees them', async () => {
    await session.signOut()
    await session.signIn(gateway.url, 'admin', gateway.passwordOf('admin'))
    await inbox.waitUntilLive()
    await inbox.open('users')
    await inbox.openFirstRow('users')
    expect(await violationsInBothThemes()).toEqual(none)
  })

  test('in handing over for somebody', async () => {
    await new UsersPage(app.page).beginHandOver('lars')
    expect(await violationsInBothThemes()).toEqual(none)
  })

  test('in customer groups with one open', async () => {
    await inbox.open('groups')
    await inbox.openFirstRow('groups')
    expect(await violationsInBothThemes()).toEqual(none)
  })

  test('in rules with one begun, and tried', async () => {
    const rules = new RulesPage(app.page)
    await rules.open('rules')
    await rules.begin('50 000')
    expect(await violationsInBothThemes()).toEqual(none)
    await rules.try()
    expect(await violationsInBothThemes()).toEqual(none)
  })

  test('in a rule whose amount is in another currency, and in what waits for the customer by another', async () => {
    const when = { all: [{ fact: 'net', is: 'over', value: 5_000_000, currency: 'EUR' }] }
    const asks = (kind: 'approvers' | 'buyer') => [{ tier: 1, by: { kind }, when: { all: [] } }]
    const admin = await ConsoleClient.open(gateway.url, await gateway.tokenOf('admin'))
    const set = await admin.command('policy.set', 'approval', 1, {
      rules: [
        { id: 'euro', name: 'Stort i euro', isOn: true, when, demands: asks('approvers') },
        { id: 'own', name: 'Egen attest', isOn: true, when: { all: [] }, demands: asks('buyer') },
      ],
    })
    admin.close()
    expect(set, JSON.stringify(set)).toMatchObject({ ok: true })
    const rules = new RulesPage(app.page)
    await rules.throwAway()
    // The rules in force are asked for when their screen is opened.
    await inbox.open('inbox')
    await rules.open('rules')
    await rules.select('Stort i euro')
    expect(await violationsInBothThemes()).toEqual(none)

    const today = todayIn('Europe/Stockholm', new Date().toISOString())
    const { event } = openShopFloor({ seed: demoSeed, today }, today, 13).nextDocument({
      type: 'requisition.submitted',
      id: undefined,
      now: new Date().toISOString(),
      toBeDecided: true,
    })
    const sent = await createShopClient(gateway.shop).send(event)
    if (!sent.ok) throw new Error(JSON.stringify(sent.error))
    await inbox.open('inbox')
    await inbox.show('all')
    await inbox.select(sent.value.receipt.requisition.id)
    await inbox.waitForText('Kan attestera hos kunden')
    expect(await violationsInBothThemes()).toEqual(none)
  })
})
