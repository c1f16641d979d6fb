import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createGateway } from '../../../gateway/create-gateway'
import { createLog } from '../../../gateway/log'
import { ConsoleClient } from '../../support/console-client'
import { startFaultProxy } from '../../support/fault-proxy/fault-proxy'
import { addTestShop, addUser, signInAs, testPassword } from '../../support/gateway'
import { testDatabase } from '../../support/postgres'
import { load, proposal, smallSeller } from '../../support/small-seller'

test('a lost database is told as such at every door, and is no fault of the gateway', async () => {
  const database = await testDatabase()
  const cable = await startFaultProxy(database.url)
  const through = new URL(database.url)
  through.port = String(cable.port)
  const gateway = await createGateway({
    databaseUrl: through.href,
    log: createLog({ level: 'silent' }),
  })
  try {
    await load(gateway, smallSeller)
    const shop = await addTestShop(gateway)
    await addUser(gateway, { username: 'adam', roles: ['admin'] })
    const token = await signInAs(gateway, 'adam')
    const adam = await ConsoleClient.open(gateway.url, token)
    const post = (path: string, body: object) =>
      fetch(gateway.url + path, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      })
    const signIn = () => post('/api/session', { username: 'adam', password: testPassword })
    const masterData = () => post('/api/master-data', { kind: 'warehouse', rows: [] })

    cable.cut()
    for (const ask of [signIn, masterData, masterData]) {
      const refused = await ask()
      expect(refused.status).toBe(503)
      expect(refused.headers.get('retry-after')).toBe('5')
      expect(refused.headers.get('content-type')).toContain('application/problem+json')
      expect(await refused.json()).toMatchObject({ code: 'unavailable', status: 503 })
    }
    expect(await shop.send(proposal('lost'))).toMatchObject({
      status: 503,
      body: { code: 'unavailable' },
    })
    const asked = await shop.get('/storefront/v1/availability?sku=RB-2206')
    expect([asked.status, asked.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await asked.json()).toMatchObject({ code: 'unavailable' })
    // The socket may have been told goodbye by now: then there is nobody to ask.
    if (adam.socket.connected) {
      expect(
        await adam.command('user.disable', randomUUID(), 1).catch(() => ({
          ok: false,
          error: { code: 'unavailable' },
        })),
      ).toMatchObject({ ok: false, error: { code: 'unavailable' } })
    }

    cable.mend()
    await expect.poll(async () => (await signIn()).status, { timeout: 10_000 }).toBe(201)
    expect((await masterData()).status).toBe(200)
    expect((await shop.send(proposal('lost'))).status).toBe(202)
    const answered = await shop.get('/storefront/v1/availability?sku=RB-2206')
    expect([answered.status, answered.headers.get('cache-control')]).toEqual([
      200,
      'private, no-cache',
    ])
    adam.close()
  } finally {
    await gateway.close()
    await cable.close()
    await database.drop()
  }
})
