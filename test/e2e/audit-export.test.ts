import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { verifyExport } from '../../gateway/audit/verify-export'
import { launchApp, type RunningApp } from '../support/app'
import { startDemoGateway, type DemoGateway } from '../support/demo-gateway'
import { SessionPage } from './pages/session-page'
import { SettingsPage } from './pages/settings-page'

let gateway: DemoGateway
let app: RunningApp
let folder: string

beforeAll(async () => {
  gateway = await startDemoGateway()
  app = await launchApp({ runtime: inject('appRuntime') })
  folder = await mkdtemp(join(tmpdir(), 'kontor-export-'))
}, 120_000)

afterAll(async () => {
  await app?.close()
  await gateway?.remove()
  await rm(folder, { recursive: true, force: true })
})

test('an admin takes the audit out to a file of their choice, which holds when it is checked', async () => {
  const file = join(folder, 'audit.jsonl')
  // The system's own dialog cannot be driven; what it would answer is put in its place.
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath, bookmark: '' })
  }, file)
  const settings = new SettingsPage(app.page)
  await settings.use({ language: 'sv' })
  await new SessionPage(app.page).signIn(gateway.url, 'admin', gateway.passwordOf('admin'))
  await settings.waitUntilLive()
  await settings.open('settings')
  await settings.exportAudit('audit.jsonl')
  const report = await verifyExport(file, [])
  expect(report, JSON.stringify(report.problems)).toMatchObject({ ok: true })
  expect(report.entries + report.unsealed).toBeGreaterThan(0)
  expect(await readFile(file, 'utf8')).toContain('"type":"session.opened"')
  expect(app.faults).toEqual([])
}, 60_000)
