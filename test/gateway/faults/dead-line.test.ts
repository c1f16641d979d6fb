import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { createGateway, type Gateway } from '../../../gateway/create-gateway'
import { connect } from '../../../gateway/database/connect'
import { isDatabaseLost } from '../../../gateway/database/lost'
import { createLog } from '../../../gateway/log'
import { startFaultProxy, type FaultProxy } from '../../support/fault-proxy/fault-proxy'
import { addUser, signInAs } from '../../support/gateway'
import { testDatabase, type TestDatabase } from '../../support/postgres'

/** Bytes are lost without a word, in both directions. */
const dead = { toServer: { swallow: true }, toClient: { swallow: true } }

async function spoilable(): Promise<{ database: TestDatabase; cable: FaultProxy; url: string }> {
  const database = await testDatabase()
  onTestFinished(() => database.drop())
  const cable = await startFaultProxy(database.url)
  onTestFinished(() => cable.close())
  const url = new URL(database.url)
  url.port = String(cable.port)
  return { database, cable, url: url.href }
}

async function start(databaseUrl: string): Promise<Gateway> {
  const gateway = await createGateway({ databaseUrl, log: createLog({ level: 'silent' }) })
  onTestFinished(() => gateway.close())
  return gateway
}

const oneEach = (gateway: Gateway, count: number) =>
  Promise.all(
    Array.from({ length: count }, () => sql`select pg_sleep(0.1)`.execute(gateway.context.db)),
  )

test('a connection whose answer was given up is not used again', async () => {
  const { cable, url } = await spoilable()
  const { db, close } = connect(url, {
    maxConnections: 1,
    queryTimeoutMs: 1_000,
    onError: () => undefined,
  })
  onTestFinished(close)
  await sql`select 1`.execute(db)
  cable.suffer(dead)
  const began = Date.now()
  const lost = await db
    .transaction()
    .execute((tx) => sql`select 1`.execute(tx))
    .catch((error: unknown) => error)
  expect(isDatabaseLost(lost)).toBe(true)
  // New lines work, and that one stays as silent as it is.
  cable.heal()
  expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }])
  expect(Date.now() - began).toBeLessThan(4_000)
})

test('lines that stay silent for good keep a node from nothing once new ones work', async () => {
  const { cable, url } = await spoilable()
  const gateway = await start(url)
  await addUser(gateway, { username: 'karin', roles: ['approver'] })
  const ready = async () => (await fetch(`${gateway.url}/readyz`)).status
  await oneEach(gateway, 5)
  expect(await ready()).toBe(200)

  cable.suffer(dead)
  // Lines that were idle are lost as well as those at work.
  const lost = oneEach(gateway, 5).catch((error: unknown) => error)
  const began = Date.now()
  await expect.poll(ready, { timeout: 10_000 }).toBe(503)
  expect(isDatabaseLost(await lost)).toBe(true)
  // As docs/operations.md says, with a second for a busy machine.
  expect(Date.now() - began).toBeLessThan(6_000)

  cable.heal()
  const healed = Date.now()
  await expect.poll(ready, { timeout: 15_000 }).toBe(200)
  await oneEach(gateway, 5)
  await signInAs(gateway, 'karin')
  expect(Date.now() - healed).toBeLessThan(12_000)
}, 60_000)

test('a gateway without an answer from its database still closes within ten seconds', async () => {
  const { cable, url } = await spoilable()
  const gateway = await start(url)
  await oneEach(gateway, 3)
  cable.suffer(dead)
  const lost = oneEach(gateway, 3).catch((error: unknown) => error)
  const began = Date.now()
  await gateway.close()
  expect(Date.now() - began).toBeLessThan(10_000)
  expect(isDatabaseLost(await lost)).toBe(true)
}, 30_000)

test('a node whose commands keep all its connections busy is ready all the same', async () => {
  const database = await testDatabase()
  onTestFinished(() => database.drop())
  const gateway = await createGateway({
    databaseUrl: database.url,
    maxConnections: 2,
    log: createLog({ level: 'silent' }),
  })
  onTestFinished(() => gateway.close())
  const blocker = connect(database.url, { maxConnections: 1, onError: () => undefined })
  onTestFinished(blocker.close)
  let busy: Promise<unknown> | undefined
  await blocker.db.connection().execute(async (db) => {
    await sql`select pg_advisory_lock(1)`.execute(db)
    const held = () =>
      sql`select pg_advisory_lock(1), pg_advisory_unlock(1)`.execute(gateway.context.db)
    busy = Promise.all([held(), held()])
    const figures = async () => (await fetch(`${gateway.url}/metrics`)).text()
    await expect
      .poll(figures)
      .toContain('kontor_database_connections{pool="commands",state="busy"} 2\n')
    const began = Date.now()
    expect((await fetch(`${gateway.url}/readyz`)).status).toBe(200)
    expect(Date.now() - began).toBeLessThan(2_000)
    await sql`select pg_advisory_unlock(1)`.execute(db)
  })
  await busy
})
