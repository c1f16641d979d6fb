import { afterAll, beforeAll, inject, test } from 'vitest'
import { launchApp, type RunningApp } from '../support/app'
import { startDemoGateway, type DemoGateway } from '../support/demo-gateway'
import { RulesPage } from './pages/rules-page'
import { SessionPage } from './pages/session-page'

let gateway: DemoGateway
let app: RunningApp

beforeAll(async () => {
  gateway = await startDemoGateway()
  app = await launchApp({ runtime: inject('appRuntime') })
}, 120_000)

afterAll(async () => {
  await app?.close()
  await gateway?.remove()
})

test('a rule that the admin writes is tried on what has come in, and put in force', async () => {
  const rules = new RulesPage(app.page)
  await rules.use({ language: 'sv' })
  await new SessionPage(app.page).signIn(gateway.url, 'admin', gateway.passwordOf('admin'))
  await rules.waitUntilLive()
  await rules.open('rules')
  await rules.begin('50 000')
  await rules.try()
  await rules.putInForce()
})
