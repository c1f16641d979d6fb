import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { GatewayOptions } from '../../../gateway/create-gateway'
import { protocolVersion } from '../../../contract/feed'
import { addUser, startTestGateway, testPassword, type TestGateway } from '../../support/gateway'

interface Handshaken {
  readonly code: string
  readonly details: object
}

const gateways: TestGateway[] = []
async function start(options: Partial<GatewayOptions>) {
  const gateway = await startTestGateway(options)
  gateways.push(gateway)
  await addUser(gateway, { username: 'adam', roles: ['admin'] })
  return gateway
}
let bare: TestGateway
let proxied: TestGateway
beforeAll(async () => {
  bare = await start({})
  proxied = await start({ trustProxy: 1 })
})
afterAll(async () => {
  for (const gateway of gateways) await gateway.close()
})

async function signIn(
  gateway: TestGateway,
  forwarded: string | null,
  { username = 'adam', password = testPassword } = {},
) {
  const response = await fetch(`${gateway.url}/api/session`, {
    method: 'POST',
    headers: forwarded === null ? {} : { 'x-forwarded-for': forwarded },
    body: JSON.stringify({ username, password }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

async function originsOf(gateway: TestGateway) {
  const rows = await gateway.context.db
    .selectFrom('audit')
    .select('origin')
    .where('type', '=', 'session.opened')
    .orderBy('seq')
    .execute()
  return rows.map(({ origin }) => origin['address'])
}

test('the audit has the address that the trusted proxy saw, not what a client wrote', async () => {
  expect((await signIn(bare, '203.0.113.9')).status).toBe(201)
  expect((await signIn(proxied, '6.6.6.6, 203.0.113.9')).status).toBe(201)
  expect(await originsOf(bare)).toEqual(['127.0.0.1'])
  expect(await originsOf(proxied)).toEqual(['203.0.113.9'])
})

test('guesses count against the address behind the proxy', async () => {
  const guess = (from: string) => signIn(proxied, from, { username: 'guessed', password: 'x' })
  const here = []
  for (let index = 0; index < 7; index += 1) here.push((await guess('198.51.100.1')).status)
  expect(here).toEqual([401, 401, 401, 401, 401, 401, 429])
  expect((await guess('198.51.100.2')).status).toBe(401)
  // Whatever the client puts in front of it.
  expect((await guess('198.51.100.2, 198.51.100.1')).status).toBe(429)
})

test('without a trusted proxy nobody escapes the limit by writing an address of their own', async () => {
  const statuses = []
  for (let index = 0; index < 7; index += 1) {
    statuses.push(
      (await signIn(bare, `192.0.2.${index}`, { username: 'guessed', password: 'x' })).status,
    )
  }
  expect(statuses.at(-1)).toBe(429)
})

test('an office behind one address signs in as often as it likes', async () => {
  const from = '203.0.113.50'
  const before = await points(proxied, from)
  for (let index = 0; index < 3; index += 1) {
    expect((await signIn(proxied, from)).status).toBe(201)
  }
  expect(await points(proxied, from)).toEqual(before)
  // A wrong guess stays paid for.
  await signIn(proxied, from, { password: 'wrong' })
  expect(await points(proxied, from)).toMatchObject({ address: 1, pair: 1 })
  await signIn(proxied, from)
  expect(await points(proxied, from)).toMatchObject({ address: 1, pair: 0 })
})

async function points(gateway: TestGateway, address: string) {
  const { rows } = await sql<{ key: string; points: number }>`
    select key, points from rate_limit`.execute(gateway.context.db)
  const used = (key: string) => rows.find((row) => row.key === key)?.points ?? 0
  return {
    address: used(`sign-in-address:${address}`),
    pair: used(`sign-in-pair:${address} adam`),
  }
}

test('handshakes are counted by the address behind the proxy, and told how long to wait', async () => {
  const handshake = (forwarded: string) =>
    new Promise<Handshaken>((resolve) => {
      const socket = io(`${proxied.url}/console`, {
        transports: ['websocket'],
        reconnection: false,
        forceNew: true,
        extraHeaders: { 'x-forwarded-for': forwarded },
        auth: { token: 'none', device: randomUUID(), protocol: protocolVersion, cursor: null },
      })
      socket.once('connect_error', (error: Error & { data?: unknown }) => {
        socket.disconnect()
        resolve((error.data as Handshaken | undefined) ?? { code: error.message, details: {} })
      })
    })
  const refusals: Handshaken[] = []
  const isLimited = () => refusals.some(({ code }) => code === 'too_many_requests')
  // In a row of crowds, since a hundred upgrades at once are as many as a test machine likes.
  for (let crowd = 0; crowd < 20 && !isLimited(); crowd += 1) {
    refusals.push(
      ...(await Promise.all(Array.from({ length: 100 }, () => handshake('198.51.100.7')))),
    )
  }
  const codes = new Set(refusals.map(({ code }) => code))
  expect(codes).toEqual(new Set(['unauthenticated', 'too_many_requests']))
  expect(refusals.find(({ code }) => code === 'too_many_requests')).toMatchObject({
    details: { retryAfterSeconds: 1 },
  })
  expect((await handshake('198.51.100.8')).code).toBe('unauthenticated')
})
