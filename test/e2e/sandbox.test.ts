import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { createShopClient, type ShopClient } from '../../demo/shop/client'
import { openShopFloor } from '../../demo/shop/shop-floor'
import { demoSeed } from '../../demo/seller/generate-demo'
import { todayIn } from '../../domain/calendar'
import { launchApp } from '../support/app'
import { startDemoGateway, type DemoGateway } from '../support/demo-gateway'
import { consoleOfOrdinaryUser, type UsersConsole } from '../support/ordinary-user'
import { confinementOf, descendantsOf, type Confinement } from '../support/processes'
import { InboxPage } from './pages/inbox-page'
import { SessionPage } from './pages/session-page'

const isLinux = process.platform === 'linux'
let gateway: DemoGateway
let shop: ShopClient
let own: UsersConsole
let floor: ReturnType<typeof openShopFloor>

beforeAll(async () => {
  gateway = await startDemoGateway()
  shop = createShopClient(gateway.shop)
  const today = todayIn('Europe/Stockholm', new Date().toISOString())
  floor = openShopFloor({ seed: demoSeed, today }, today, 7)
  own = await consoleOfOrdinaryUser(inject('appRuntime'))
}, 120_000)

afterAll(async () => {
  await own?.remove()
  await gateway?.remove()
})

/** Start, sign in, see the inbox, approve what came in; and what the processes were confined to. */
async function smoke(
  args: readonly string[],
): Promise<{ main: Confinement; pages: Confinement[] }> {
  const app = await launchApp({ ...own, args })
  try {
    const pid = app.electron.process().pid ?? 0
    const started = await confinementOf(pid)
    const inbox = new InboxPage(app.page)
    await inbox.use({ language: 'sv' })
    await new SessionPage(app.page).signIn(gateway.url, 'karin', gateway.passwordOf('karin'))
    await inbox.rows.first().waitFor()
    const { event } = floor.nextDocument({
      type: 'requisition.submitted',
      id: undefined,
      now: new Date().toISOString(),
      toBeDecided: true,
    })
    const sent = await shop.send(event)
    if (!sent.ok) throw new Error(JSON.stringify(sent.error))
    const { id, number } = sent.value.receipt.requisition
    await inbox.select(id)
    await inbox.pressApprove()
    await expect.poll(() => orderOf(number), { timeout: 15_000 }).toMatch(/\d/)
    await inbox.waitForOrdered(await orderOf(number))
    const family = await Promise.all((await descendantsOf(pid)).map(confinementOf))
    const pages = family.filter(({ command }) => command.includes('--type=renderer'))
    expect(app.faults).toEqual([])
    return { main: started, pages }
  } finally {
    await app.close()
    await own.clear()
  }
}

async function orderOf(number: string): Promise<string> {
  const page = await shop.changes(null)
  if (!page.ok) throw new Error(JSON.stringify(page.error))
  for (const { change } of page.value.changes) {
    if (change.type === 'requisition.ordered' && change.data.number === number)
      return change.data.orderNumber
  }
  return ''
}

test.runIf(isLinux)(
  'an ordinary user works in a console whose windows are sandboxed',
  async () => {
    const { main, pages } = await smoke([])
    expect(main.uid).not.toBe(0)
    expect(main.command).not.toContain('--no-sandbox')
    expect(pages.length).toBeGreaterThan(0)
    for (const page of pages) {
      expect(page.command).not.toContain('--no-sandbox')
      expect(page).toMatchObject({ uid: main.uid, seccomp: 'filter', noNewPrivileges: true })
      // Neither other processes nor the network can be seen from there, nor any file.
      expect(page.namespaces.pid).not.toBe(main.namespaces.pid)
      expect(page.namespaces.net).not.toBe(main.namespaces.net)
      expect(page.capabilities).toBe(0n)
    }
  },
  120_000,
)

test.runIf(isLinux && process.getuid?.() === 0)(
  'and where ordinary users may make no namespaces, the installed helper makes them',
  async () => {
    const { main, pages } = await smoke(['--disable-namespace-sandbox'])
    expect(main.uid).not.toBe(0)
    expect(pages.length).toBeGreaterThan(0)
    for (const page of pages) {
      expect(page).toMatchObject({ uid: main.uid, seccomp: 'filter', noNewPrivileges: true })
      expect(page.namespaces.pid).not.toBe(main.namespaces.pid)
      expect(page.namespaces.net).not.toBe(main.namespaces.net)
      // Only root's helper makes these without a user namespace around them.
      expect(page.namespaces.user).toBe(main.namespaces.user)
    }
  },
  120_000,
)
