import { afterAll, beforeAll, expect, test } from 'vitest'

import { ensureDisplay } from '../../scripts/electron-runtime/display'
import { resolveElectron } from '../../scripts/electron-runtime/resolve'
import type { AppRuntime } from '../support/app'
import { upgradeMeetings } from '../support/upgrade'

let runtime: AppRuntime
let closeDisplay: () => Promise<void>

beforeAll(async () => {
  const [resolved, display] = await Promise.all([resolveElectron(), ensureDisplay()])
  runtime = { ...resolved, env: display.env }
  closeDisplay = display.close
})
afterAll(() => closeDisplay?.())

test('upgrade: consoles with 400 commands waiting meet gateways of another version, newer and older', async () => {
  const met = await upgradeMeetings({ runtime, documents: 1_000, commands: 400, byItself: true })
  console.info(JSON.stringify(met))
  expect(met.olderConsole.outbox).toBe(400)
  expect(met.newerConsole.outbox).toBe(400)
})
