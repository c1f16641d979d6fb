import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, inject, test } from 'vitest'
import { launchApp, type RunningApp } from '../support/app'
import { InboxPage } from './pages/inbox-page'
import { SessionPage } from './pages/session-page'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function open(options: { args?: string[]; userData?: string } = {}): Promise<RunningApp> {
  const app = await launchApp({ runtime: inject('appRuntime'), ...options })
  closers.push(() => app.close())
  return app
}

test('the first run offers the demo, which opens on an inbox with nothing else to set up', async () => {
  const app = await open()
  const inbox = new InboxPage(app.page)
  await inbox.use({ language: 'sv' })
  const session = new SessionPage(app.page)
  await session.waitForFirstRun()
  await session.tryDemo.click()
  await inbox.rows.first().waitFor({ timeout: 60_000 })
  await inbox.waitUntilLive()
  expect(await inbox.rows.count()).toBeGreaterThan(5)
  expect(app.faults).toEqual([])
}, 120_000)

test('an address that cannot be right is refused in words, and what was typed stays', async () => {
  const app = await open()
  const session = new SessionPage(app.page)
  await session.use({ language: 'sv' })
  await session.waitForFirstRun()
  await session.signIn('http://kontor.example', 'karin', 'hemligt')
  await app.page.getByText('https://').first().waitFor()
  expect(await session.username.inputValue()).toBe('karin')
})

test('a settings file of garbage is set aside, and said once', async () => {
  const userData = await mkdtemp(join(tmpdir(), 'kontor-garbage-'))
  closers.push(() => rm(userData, { recursive: true, force: true }))
  await writeFile(join(userData, 'settings.json'), '\u0000{"theme": "plaid", ')
  const app = await open({ userData })
  const session = new SessionPage(app.page)
  await session.waitForRecovery('settings.json')
  expect(app.faults).toEqual([])
})
