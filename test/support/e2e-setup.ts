import { rm } from 'node:fs/promises'
import type { TestProject } from 'vitest/node'

import { buildIfStale } from '../../scripts/build'
import { makeCodeCache } from '../../scripts/code-cache/make'
import { ensureDisplay } from '../../scripts/electron-runtime/display'
import { resolveElectron } from '../../scripts/electron-runtime/resolve'
import type { AppRuntime } from './app'
import { madeDemo, startDemoGateway } from './demo-gateway'
import { makeRunFolder } from './run-folder'

declare module 'vitest' {
  interface ProvidedContext {
    appRuntime: AppRuntime
  }
}

/** Once before all e2e tests: a build, an Electron, a display and a demo seller to share. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [runtime] = await Promise.all([resolveElectron(), buildIfStale()])
  await makeCodeCache(runtime)
  const display = await ensureDisplay()
  project.provide('appRuntime', { ...runtime, env: display.env })
  const dataDir = await makeRunFolder('demo')
  const gateway = await startDemoGateway({ dataDir })
  await gateway.stop()
  process.env[madeDemo] = dataDir
  return async () => {
    await display.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}
