import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { createShopClient, type ShopClient } from '../../demo/shop/client'
import { openShopFloor } from '../../demo/shop/shop-floor'
import { demoSeed } from '../../demo/seller/generate-demo'
import { todayIn } from '../../domain/calendar'
import { launchApp, type RunningApp } from '../support/app'
import { startDemoGateway, type DemoGateway } from '../support/demo-gateway'
import { startFaultProxy, type FaultProxy } from '../support/fault-proxy/fault-proxy'
import { canMount, mountSmallDisk, type SmallMount } from '../support/small-mount'
import { InboxPage } from './pages/inbox-page'
import { SessionPage } from './pages/session-page'

let gateway: DemoGateway
let cable: FaultProxy
let disk: SmallMount
let userData: string
let app: RunningApp
let inbox: InboxPage
let shop: ShopClient
let floor: ReturnType<typeof openShopFloor>

beforeAll(async () => {
  if (!canMount) return
  gateway = await startDemoGateway()
  cable = await startFaultProxy(gateway.url)
  shop = createShopClient(gateway.shop)
  const today = todayIn('Europe/Stockholm', new Date().toISOString())
  floor = openShopFloor({ seed: demoSeed, today }, today, 11)
  disk = await mountSmallDisk(128)
  userData = join(disk.folder, 'data')
  await mkdir(userData)
}, 120_000)

afterAll(async () => {
  await app?.close()
  await disk?.remove()
  await cable?.close()
  await gateway?.remove()
})

async function start(): Promise<void> {
  app = await launchApp({ runtime: inject('appRuntime'), userData })
  inbox = new InboxPage(app.page)
  await inbox.use({ language: 'sv' })
  await new SessionPage(app.page).signIn(cable.url, 'karin', gateway.passwordOf('karin'))
  await inbox.rows.first().waitFor()
  await inbox.waitUntilLive()
}

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

/** Long enough to need new blocks: the last one of a file may have room for more. */
function long(text: string): string {
  return text.padEnd(1_900, ' Öl.')
}

/** The decisions the shop has been told of, by the document's number. */
async function told(): Promise<Record<string, string[]>> {
  const page = await shop.changes(null)
  if (!page.ok) throw new Error(JSON.stringify(page.error))
  const byNumber: Record<string, string[]> = {}
  for (const { change } of page.value.changes) {
    if (change.type === 'requisition.received') continue
    if ('number' in change.data) (byNumber[change.data.number] ??= []).push(change.type)
  }
  return byNumber
}

test.runIf(canMount)(
  'on a full disk the console says so, keeps what it promised to keep, and goes on when there is room',
  async () => {
    await start()
    const [kept, refused, approved] = [await submitted(), await submitted(), await submitted()]
    for (const { id } of [kept, refused, approved]) await inbox.reveal(id)
    cable.cut()
    await inbox.waitUntilOffline()
    await inbox.select(kept.id)
    await inbox.reject(long('Skrivet medan det fanns plats.'))
    await inbox.waitForText('1 väntar')

    await disk.fill()
    await inbox.select(refused.id)
    await inbox.reject(long('Skrivet på en full disk.'))
    await inbox.waitForDiskFull()
    // The text that could not be kept is still in the field where it was written.
    expect(await inbox.rejectText()).toBe(long('Skrivet på en full disk.'))
    await inbox.use({ theme: 'dark' })

    cable.heal()
    await inbox.waitUntilLive()
    await expect
      .poll(async () => (await told())[kept.number], { timeout: 15_000 })
      .toEqual(['requisition.rejected'])
    await inbox.select(approved.id)
    await inbox.pressApprove()
    await expect
      .poll(async () => (await told())[approved.number], { timeout: 15_000 })
      .toEqual(['requisition.ordered'])
    expect((await told())[refused.number]).toBeUndefined()

    // Not even a start is held up.
    const { faults } = app
    await app.kill()
    expect(faults).toEqual([])
    await start()
    // The end of the other process gave back what it had open.
    await disk.fill()
    await inbox.select(refused.id)
    await inbox.reject(long('Skrivet på en disk som ännu är full.'))
    await inbox.waitForDiskFull()

    await disk.clear()
    await inbox.waitForDiskWritable()
    await inbox.sendRejection()
    await expect
      .poll(async () => (await told())[refused.number], { timeout: 15_000 })
      .toEqual(['requisition.rejected'])
    await inbox.use({ theme: 'light' })
    const settings = JSON.parse(await readFile(join(userData, 'settings.json'), 'utf8')) as unknown
    expect(settings).toMatchObject({ theme: 'light', language: 'sv' })
    expect(app.faults).toEqual([])
    expect(await readFile(join(userData, 'logs', 'main.log'), 'utf8')).toContain(
      'The disk can be written to again',
    )
  },
  180_000,
)
