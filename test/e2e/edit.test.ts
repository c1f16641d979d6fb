import { randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { createShopClient, type ShopClient } from '../../demo/shop/client'
import { openShopFloor } from '../../demo/shop/shop-floor'
import { demoSeed } from '../../demo/seller/generate-demo'
import { todayIn } from '../../domain/calendar'
import { launchApp, type RunningApp } from '../support/app'
import { startDemoGateway, type DemoGateway } from '../support/demo-gateway'
import { pdf } from '../support/files'
import { temporaryFolder } from '../support/temporary-folder'
import { InboxPage } from './pages/inbox-page'
import { SessionPage } from './pages/session-page'

let gateway: DemoGateway
const apps: RunningApp[] = []
let karin: InboxPage
let other: InboxPage
let shop: ShopClient
let floor: ReturnType<typeof openShopFloor>

beforeAll(async () => {
  gateway = await startDemoGateway()
  shop = createShopClient(gateway.shop)
  const today = todayIn('Europe/Stockholm', new Date().toISOString())
  floor = openShopFloor({ seed: demoSeed, today }, today, 7)
  const open = async () => {
    const app = await launchApp({ runtime: inject('appRuntime') })
    apps.push(app)
    const inbox = new InboxPage(app.page)
    await inbox.use({ language: 'sv' })
    await new SessionPage(app.page).signIn(gateway.url, 'karin', gateway.passwordOf('karin'))
    await inbox.rows.first().waitFor()
    return inbox
  }
  karin = await open()
  other = await open()
}, 180_000)

afterAll(async () => {
  for (const app of apps) await app.close()
  await gateway?.remove()
})

async function submitted() {
  const { event, contact } = floor.nextDocument({
    type: 'requisition.submitted',
    id: undefined,
    now: new Date().toISOString(),
    toBeDecided: true,
  })
  const sent = await shop.send(event)
  if (!sent.ok) throw new Error(JSON.stringify(sent.error))
  return { ...sent.value.receipt.requisition, event, contact }
}

/** What the shop was last told of a requisition. */
async function lastTold(number: string) {
  let cursor: string | null = null
  let last = null
  for (;;) {
    const page = await shop.changes(cursor)
    if (!page.ok) throw new Error(JSON.stringify(page.error))
    last =
      page.value.changes.findLast(
        ({ change }) => 'number' in change.data && change.data.number === number,
      ) ?? last
    cursor = page.value.cursor
    if (!page.value.more) return last?.change
  }
}

test('two cells are changed by keyboard and saved, and another console sees them', async () => {
  const { id } = await submitted()
  await karin.select(id)
  await other.select(id)
  await karin.edit()
  await karin.type('504000')
  await karin.press('Tab')
  await karin.type('12,34')
  await karin.press('Control+Enter')
  await karin.waitUntilEdited()
  await other.waitForText(/version 2/)
  await other.waitForText(/ändrad av Karin/)
  await expect.poll(() => other.linesText()).toMatch(/504 000[^]*12,34/)
  await other.waitForText(/→ 504\s000/)
})

test('files are attached from a dialog and by dropping, seen by a colleague and kept there', async () => {
  const { id } = await submitted()
  await karin.select(id)
  await other.select(id)
  const folder = await temporaryFolder()
  const [chosen, dropped] = [join(folder, 'Ritning hall 4.pdf'), join(folder, 'Lista.csv')]
  await writeFile(chosen, pdf)
  await writeFile(dropped, 'RB-2206;12\n')
  await apps[0]?.electron.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path], bookmarks: [] })
  }, chosen)
  await karin.press('f')
  await other.waitForText(/Ritning hall 4\.pdf/)
  await karin.drop(dropped)
  await other.waitForText(/Lista\.csv/)

  const kept = join(folder, 'kept.pdf')
  await apps[1]?.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath, bookmark: '' })
  }, kept)
  await other.press('i')
  await other.press('Enter')
  await other.waitForText(/kept\.pdf är sparad/)
  expect((await readFile(kept)).equals(pdf)).toBe(true)
})

test('a proposal goes back to the customer, who accepts it, and is ordered at the proposed price', async () => {
  const { id, number, event } = await submitted()
  await karin.select(id)
  await karin.edit()
  await karin.press('Tab')
  await karin.type('11,11')
  await karin.propose('Vi kan göra det till det här priset.')
  await expect.poll(async () => (await lastTold(number))?.type).toBe('requisition.returned')
  const returned = await lastTold(number)
  const [first] = (returned?.type === 'requisition.returned' && returned.data.proposal?.lines) || []
  expect(first?.price?.amount).toBe('11.11')

  const accepted = await shop.send(
    {
      type: 'requisition.accepted',
      timestamp: new Date().toISOString(),
      data: { id: event.data.id, revision: 1, contact: event.data.contact },
    },
    randomUUID(),
  )
  if (!accepted.ok) throw new Error(JSON.stringify(accepted.error))
  // Whoever may not order by themselves is asked for once more, at the price that was proposed.
  if (accepted.value.receipt.requisition.state !== 'ordered') {
    await karin.select(id)
    await karin.waitForText(/version 2/)
    await karin.pressApprove()
  }
  await expect.poll(async () => (await lastTold(number))?.type).toBe('requisition.ordered')
  const ordered = await lastTold(number)
  const [line] = (ordered?.type === 'requisition.ordered' && ordered.data.lines) || []
  expect(line?.rowAmount).toBe(first?.rowAmount)
})
