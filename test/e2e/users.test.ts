import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchApp, type RunningApp } from '../support/app'
import { startDemoGateway, type DemoGateway } from '../support/demo-gateway'
import { GroupsPage } from './pages/groups-page'
import { InboxPage } from './pages/inbox-page'
import { SessionPage } from './pages/session-page'
import { SettingsPage } from './pages/settings-page'
import { UsersPage } from './pages/users-page'

let gateway: DemoGateway
let first: RunningApp
let second: RunningApp

beforeAll(async () => {
  gateway = await startDemoGateway()
  first = await launchApp({ runtime: inject('appRuntime') })
  second = await launchApp({ runtime: inject('appRuntime') })
}, 120_000)

afterAll(async () => {
  await first?.close()
  await second?.close()
  await gateway?.remove()
})

test('a user whom the admin adds signs in on a second console and sees only what the role may', async () => {
  const users = new UsersPage(first.page)
  await users.use({ language: 'sv' })
  await new SessionPage(first.page).signIn(gateway.url, 'admin', gateway.passwordOf('admin'))
  await users.waitUntilLive()
  await users.open('users')
  await users.add({
    username: 'agnes',
    displayName: 'Agnes Ny',
    password: 'lykta berg sjunga 4',
    roles: ['agent'],
  })
  await users.waitForUser('agnes')
  await users.waitForOpen('agnes', 'Agnes Ny')

  const inbox = new InboxPage(second.page)
  await inbox.use({ language: 'sv' })
  await new SessionPage(second.page).signIn(gateway.url, 'agnes', 'lykta berg sjunga 4')
  await inbox.waitUntilLive()
  await inbox.waitForText(/rollen är till för/)
  expect(await inbox.rows.count()).toBe(0)
  expect(await inbox.screens()).toEqual(['Inställningar'])
  // The window was not merely told to hide it: nothing of it was sent.
  const text = await second.page.content()
  expect(text).not.toContain('Ahlbergs')
})

test('the admin hands over for somebody who is away, and it is there when they are back', async () => {
  const users = new UsersPage(first.page)
  await users.open('users')
  await users.handOver('lars', 'Karin Åberg')
  const settings = new SettingsPage(second.page)
  const session = new SessionPage(second.page)
  await session.signOut()
  await session.signIn(gateway.url, 'lars', gateway.passwordOf('lars'))
  await settings.waitUntilLive()
  await settings.open('settings')
  await settings.waitForStandIn('Karin Åberg')
})

test('what a customer group may is set by the admin, and given back to its source', async () => {
  const groups = new GroupsPage(first.page)
  await groups.openFirst()
  const before = await groups.rowText()
  await groups.letOrder('25 000', '100 000')
  const set = await groups.rowText()
  expect(set).toContain('25 000 kr')
  expect(set).not.toBe(before)
  await groups.followSource()
  await expect.poll(() => groups.rowText()).toBe(before)
})
