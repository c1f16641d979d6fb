import { fork } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { describe, expect, it, onTestFinished, vi } from 'vitest'

import type { EmbeddedGatewayReady } from '../../../../contract/embedded-gateway'
import type { Refusal } from '../../../../contract/errors'
import {
  createEmbeddedGateway,
  type EmbeddedGatewayTiming,
} from '../../../../main/embedded-gateway/embedded-gateway'
import type { GatewayProcess } from '../../../../main/embedded-gateway/gateway-run'
import { Recorder } from '../../../support/recorder'
import { silentLog } from '../../../support/silent-log'
import { temporaryFolder } from '../../../support/temporary-folder'

// Real disks, sockets and processes, on machines that may be busy.
vi.setConfig({ testTimeout: 30_000 })

const program = fileURLToPath(new URL('../../../fakes/embedded-gateway.mjs', import.meta.url))

/** An embedded gateway over real processes that behave, start by start, as planned. */
async function embedded(plan: string, timing: Partial<EmbeddedGatewayTiming> = {}) {
  const dataDir = await temporaryFolder()
  await writeFile(join(dataDir, 'plan'), plan)
  const steps = new Recorder<string>()
  const restarts = new Recorder<EmbeddedGatewayReady>()
  const failures = new Recorder<Refusal>()
  const gateway = createEmbeddedGateway({
    dataDir,
    log: silentLog(),
    fork: () => {
      const child = fork(program, { stdio: 'ignore', execArgv: [] })
      const adapter: GatewayProcess = {
        send: (message) => void (child.connected && child.send(message, () => undefined)),
        onMessage: (listener) => void child.on('message', listener),
        onExit: (listener) => void child.on('exit', listener),
        kill: () => void child.kill('SIGKILL'),
      }
      return adapter
    },
    timing: {
      silenceAtMost: 10_000,
      stopWithin: 5_000,
      restarts: [1, 1, 1],
      goodAfter: 60_000,
      ...timing,
    },
  })
  onTestFinished(() => gateway.stop())
  const listener = { progress: steps.push, restarted: restarts.push, failed: failures.push }
  const lines = async (file: string) =>
    (await readFile(join(dataDir, file), 'utf8').catch(() => '')).split('\n').filter(Boolean)
  return { gateway, steps, restarts, failures, start: () => gateway.start(listener), lines }
}

/** End the process as a crash would. Its number is its port, in this play. */
const crash = (ready: EmbeddedGatewayReady) =>
  process.kill(Number(new URL(ready.url).port), 'SIGKILL')

describe('embedded gateway', () => {
  it('starts, tells its steps, and says who can sign in', async () => {
    const { start, steps } = await embedded('ready')
    const started = await start()
    expect(started).toMatchObject({
      ok: true,
      value: { demo: { accounts: [{ username: 'anna' }] } },
    })
    expect(steps.items).toEqual(['database', 'demo_data'])
  })

  it('is started once, however often it is asked for', async () => {
    const { start, lines } = await embedded('ready')
    expect(await start()).toEqual(await start())
    expect(await lines('starts')).toHaveLength(1)
  })

  it('stops in order', async () => {
    const { gateway, start, lines, restarts } = await embedded('ready')
    await start()
    await gateway.stop()
    expect(await lines('stopped')).toEqual(await lines('starts'))
    expect(restarts.items).toEqual([])
    await gateway.stop()
    expect((await start()).ok).toBe(true)
  })

  it('is ended when it does not stop by itself', async () => {
    const { gateway, start, lines } = await embedded('stubborn', { stopWithin: 20 })
    await start()
    await gateway.stop()
    expect(await lines('stopped')).toEqual([])
  })

  it('passes on why it could not start, and can be tried again', async () => {
    const { start } = await embedded('fails ready')
    expect(await start()).toMatchObject({
      ok: false,
      error: { message: 'The data folder is in use.' },
    })
    expect((await start()).ok).toBe(true)
  })

  it('says when the process ends before it is ready', async () => {
    const { start } = await embedded('exits')
    expect(await start()).toMatchObject({
      ok: false,
      error: { details: { reason: 'exited', code: 3 } },
    })
  })

  it('does not wait for ever for one that says nothing', async () => {
    const { start } = await embedded('silent', { silenceAtMost: 300, stopWithin: 20 })
    expect(await start()).toMatchObject({ ok: false, error: { details: { reason: 'timeout' } } })
  })

  it('passes over what it does not understand', async () => {
    const { start } = await embedded('nonsense')
    expect((await start()).ok).toBe(true)
  })

  it('comes up again after a crash, at its new address', async () => {
    const { start, restarts, failures } = await embedded('ready')
    const first = await start()
    if (!first.ok) throw new Error(first.error.message)
    crash(first.value)
    const second = await restarts.waitFor(() => true)
    expect(second.url).not.toBe(first.value.url)
    crash(second)
    const third = await restarts.waitFor(({ url }) => url !== second.url)
    expect(third.demo?.accounts[0]?.password).not.toBe(second.demo?.accounts[0]?.password)
    expect(failures.items).toEqual([])
  })

  it('gives up after so many crashes in a row', async () => {
    const { start, failures, restarts, lines } = await embedded('ready fails exits exits')
    const first = await start()
    if (!first.ok) throw new Error(first.error.message)
    crash(first.value)
    expect(await failures.waitFor(() => true)).toMatchObject({ details: { reason: 'crashed' } })
    expect(restarts.items).toEqual([])
    expect(await lines('starts')).toHaveLength(4)
  })

  it('does not come up again when it is stopped while it waits to', async () => {
    const { gateway, start, lines } = await embedded('ready', { restarts: [3_600_000] })
    const first = await start()
    if (!first.ok) throw new Error(first.error.message)
    crash(first.value)
    await gateway.stop()
    expect(await lines('starts')).toHaveLength(1)
  })
})
