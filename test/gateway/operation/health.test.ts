import { afterEach, expect, test } from 'vitest'
import { createGateway } from '../../../gateway/create-gateway'
import { createLog } from '../../../gateway/log'
import { ConsoleClient } from '../../support/console-client'
import { addUser, signInAs } from '../../support/gateway'
import { testDatabase } from '../../support/postgres'
import { startFaultProxy } from '../../support/fault-proxy/fault-proxy'

const closers: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const log = createLog({ level: 'silent' })

async function look(url: string) {
  const answer = await fetch(url)
  return { status: answer.status, ...((await answer.json()) as object) }
}

test('who is about to close says so first, and works on until the delay is over', async () => {
  const database = await testDatabase()
  closers.push(() => database.drop())
  const gateway = await createGateway({ databaseUrl: database.url, drainDelayMs: 1_500, log })
  closers.push(() => gateway.close())
  await addUser(gateway, { username: 'karin', roles: ['approver'] })
  expect(await look(`${gateway.url}/readyz`)).toEqual({
    status: 200,
    ready: true,
    database: true,
    feed: true,
    draining: false,
  })
  const began = Date.now()
  const closing = gateway.close()
  expect(await look(`${gateway.url}/readyz`)).toEqual({
    status: 503,
    ready: false,
    database: true,
    feed: true,
    draining: true,
  })
  expect(await look(`${gateway.url}/livez`)).toEqual({ status: 200, alive: true })
  expect(await look(`${gateway.url}/healthz`)).toMatchObject({ status: 503, ready: false })
  expect(await (await fetch(`${gateway.url}/metrics`)).text()).toContain('\nkontor_ready 0\n')
  // A balancer that has not noticed yet may send somebody still.
  const karin = await ConsoleClient.open(gateway.url, await signInAs(gateway, 'karin'))
  await karin.until('the goodbye', () => karin.goodbye === 'shutting_down')
  await closing
  expect(Date.now() - began).toBeGreaterThan(1_400)
  await expect(fetch(`${gateway.url}/livez`)).rejects.toThrow()
})

test('told to close a second time, it waits no longer', async () => {
  const database = await testDatabase()
  closers.push(() => database.drop())
  const gateway = await createGateway({ databaseUrl: database.url, drainDelayMs: 60_000, log })
  const began = Date.now()
  const closing = gateway.close()
  await Promise.all([closing, gateway.close()])
  expect(Date.now() - began).toBeLessThan(10_000)
})

test('without its database a node is alive and not ready, also where nothing answers at all', async () => {
  const database = await testDatabase()
  closers.push(() => database.drop())
  const proxy = await startFaultProxy(database.url)
  closers.push(() => proxy.close())
  const through = new URL(database.url)
  through.port = String(proxy.port)
  const gateway = await createGateway({ databaseUrl: through.href, log })
  closers.push(() => gateway.close())
  expect(await look(`${gateway.url}/readyz`)).toMatchObject({ status: 200 })

  proxy.cut()
  await expect
    .poll(() => look(`${gateway.url}/readyz`), { timeout: 10_000 })
    .toEqual({ status: 503, ready: false, database: false, feed: false, draining: false })
  proxy.mend()
  await expect
    .poll(() => look(`${gateway.url}/readyz`), { timeout: 10_000 })
    .toMatchObject({ status: 200 })

  proxy.suffer({ toServer: { swallow: true }, toClient: { swallow: true } })
  const began = Date.now()
  expect(await look(`${gateway.url}/readyz`)).toMatchObject({ status: 503, database: false })
  expect(Date.now() - began).toBeLessThan(4_500)
  expect(await look(`${gateway.url}/livez`)).toMatchObject({ status: 200 })
  proxy.heal()
  proxy.reset()
  await expect
    .poll(() => look(`${gateway.url}/readyz`), { timeout: 15_000 })
    .toMatchObject({ status: 200 })
}, 60_000)
