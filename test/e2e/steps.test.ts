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
import { SettingsPage } from './pages/settings-page'

let gateway: DemoGateway
let admin: ConsoleClient
let lars: RunningApp
let karin: RunningApp

beforeAll(async () => {
  gateway = await startDemoGateway()
  admin = await ConsoleClient.open(gateway.url, await gateway.tokenOf('admin'))
  const runtime = inject('appRuntime')
  ;[lars, karin] = [await launchApp({ runtime }), await launchApp({ runtime })]
}, 120_000)

afterAll(async () => {
  admin?.close()
  await lars?.close()
  await karin?.close()
  await gateway?.remove()
})

const userId = (username: string) =>
  admin.all('user').find(({ value }) => value.username === username)?.id ?? ''

/** Sent from the demo's shop; to be decided by somebody. */
async function submitted() {
  const today = todayIn('Europe/Stockholm', new Date().toISOString())
  const floor = openShopFloor({ seed: demoSeed, today }, today, 7)
  const { event } = floor.nextDocument({
    type: 'requisition.submitted',
    id: undefined,
    now: new Date().toISOString(),
    toBeDecided: true,
  })
  const sent = await createShopClient(gateway.shop).send(event)
  if (!sent.ok) throw new Error(JSON.stringify(sent.error))
  return sent.value.receipt.requisition
}

test('a step of somebody who is away is taken by whoever stands in, with one key, and says for whom', async () => {
  const rule = {
    id: 'lars',
    name: 'Lars ser allt',
    isOn: true,
    when: { all: [] },
    demands: [
      {
        tier: 1,
        by: { kind: 'users', userIds: [userId('lars')], need: 'any' },
        when: { all: [] },
      },
    ],
  }
  const set = await admin.command('policy.set', 'approval', 1, { rules: [rule] })
  expect(set, JSON.stringify(set)).toMatchObject({ ok: true })
  const { id } = await submitted()

  const inbox = new InboxPage(karin.page)
  await inbox.use({ language: 'sv' })
  await new SessionPage(karin.page).signIn(gateway.url, 'karin', gateway.passwordOf('karin'))
  await inbox.waitUntilLive()
  await inbox.show('all')
  await inbox.select(id)
  await inbox.waitForText('Lars ser allt')
  await inbox.waitForText('Väntar på Lars Ekdahl.')
  expect(await inbox.approve.isDisabled()).toBe(true)

  const settings = new SettingsPage(lars.page)
  await settings.use({ language: 'sv' })
  await new SessionPage(lars.page).signIn(gateway.url, 'lars', gateway.passwordOf('lars'))
  await settings.waitUntilLive()
  await settings.open('settings')
  await settings.handOver('Karin Åberg')

  // What waited for Lars is Karin's to decide now, without her doing anything.
  await expect.poll(() => inbox.approve.isDisabled(), { timeout: 10_000 }).toBe(false)
  await inbox.pressApprove()
  await inbox.show('finished')
  await inbox.select(id)
  await inbox.waitForText(/^Karin Åberg för Lars Ekdahl/)
  const ordered = await admin.until('the order', () => {
    const now = admin.get('requisition', id)
    return now?.value.state === 'ordered' && now
  })
  expect(ordered.value.steps?.[0]?.approvals).toMatchObject([
    { by: { id: userId('karin') }, for: { id: userId('lars') } },
  ])
})
