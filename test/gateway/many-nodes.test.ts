import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createGateway, type Gateway } from '../../gateway/create-gateway'
import { createLog } from '../../gateway/log'
import { startBalancer, type Balancer } from '../support/balancer'
import { ConsoleClient } from '../support/console-client'
import { startFaultProxy, type FaultProxy } from '../support/fault-proxy/fault-proxy'
import { addTestShop, addUser, signInAs } from '../support/gateway'
import { replicaDifferences } from '../support/history/check'
import { testDatabase, type TestDatabase } from '../support/postgres'
import { load, proposal, smallSeller } from '../support/small-seller'

interface Node {
  readonly gateway: Gateway
  /** Between this node and PostgreSQL. */
  readonly cable: FaultProxy
}

/** As the gateway asks PostgreSQL for with every connection. */
const idleInTransactionMs = 15_000

let database: TestDatabase
let nodes: readonly [Node, Node, Node]
let balancer: Balancer
let token: string
let shop: Awaited<ReturnType<typeof addTestShop>>
const open: ConsoleClient[] = []

async function startNode(): Promise<Node> {
  const cable = await startFaultProxy(database.url)
  const url = new URL(database.url)
  url.port = String(cable.port)
  const log = createLog({ level: process.env['KONTOR_LOG_LEVEL'] ?? 'silent' })
  return { cable, gateway: await createGateway({ databaseUrl: url.href, log }) }
}

beforeAll(async () => {
  database = await testDatabase()
  // At the same moment, on an installation that none of them has opened before.
  nodes = await Promise.all([startNode(), startNode(), startNode()])
  balancer = await startBalancer(nodes.map(({ gateway }) => gateway))
  await load(nodes[0].gateway, smallSeller)
  shop = await addTestShop(nodes[0].gateway)
  await addUser(nodes[1].gateway, { username: 'anna', roles: ['approver'] })
  token = await signInAs(balancer, 'anna')
})

afterAll(async () => {
  for (const console of open) console.close()
  await balancer?.close()
  for (const { gateway, cable } of nodes ?? []) {
    await gateway.close()
    await cable.close()
  }
  await database?.drop()
})

async function console_(before?: ConsoleClient): Promise<ConsoleClient> {
  const client = before
    ? await ConsoleClient.resume(balancer.url, token, before)
    : await ConsoleClient.open(balancer.url, token)
  open.push(client)
  return client
}

/** Of all that is at work on this server; for when something is held up that should not be. */
async function openTransactions(): Promise<string> {
  const { rows } = await sql`
    select datname, application_name, state, wait_event, backend_xid, age(now(), xact_start)::text,
      pg_blocking_pids(pid), left(query, 200) as query
    from pg_stat_activity where xact_start is not null`.execute(nodes[0].gateway.context.db)
  return JSON.stringify(rows)
}

/** Sent to a node, or through a balancer to any; the requisition's id. */
async function submitted(id: string, to: { readonly url: string }): Promise<string> {
  const { status, body } = await shop.send(proposal(id), to)
  expect([status, body['code']]).toEqual([202, undefined])
  return (body['requisition'] as { id: string }).id
}

test('consoles spread over three nodes by a plain balancer see and do the same', async () => {
  const consoles = await Promise.all(Array.from({ length: 6 }, () => console_()))
  expect(Math.min(...balancer.given)).toBeGreaterThan(0)
  const sent: string[] = []
  for (let n = 0; n < 6; n += 1) sent.push(await submitted(`spread-${n}`, balancer))
  // Each decides on one of them, on whichever node it happens to be.
  for (const [n, client] of consoles.entries()) {
    const id = sent[n] ?? ''
    const { version } = await client.until(id, () => client.get('requisition', id))
    expect(
      await client.command('requisition.approve', id, version, {
        revision: 1,
        warehouses: {},
      }),
    ).toMatchObject({ ok: true })
  }
  for (const client of consoles) {
    await client.until('six orders', () =>
      sent.every((id) => client.get('requisition', id)?.value.outcome?.kind === 'ordered'),
    )
  }
  const [first, ...others] = consoles
  for (const other of others) {
    const differences = () => replicaDifferences('another', other.snapshot(), first!.snapshot())
    await expect.poll(differences, { timeout: 20_000 }).toEqual([])
  }
})

test.each([
  ['breaks', (cable: FaultProxy) => cable.cut()],
  [
    'goes dead without a word',
    (cable: FaultProxy) =>
      cable.suffer({ toClient: { swallow: true }, toServer: { swallow: true } }),
  ],
])(
  'a node whose line to PostgreSQL %s says so at every door, and its consoles go on at the others',
  async (how, spoil) => {
    const [, lost] = nodes
    const { url } = lost.gateway
    const before = await ConsoleClient.open(url, token)
    open.push(before)
    const ask = (path: string, init: RequestInit = {}) =>
      fetch(url + path, { headers: { authorization: `Bearer ${token}` }, ...init })
    spoil(lost.cable)

    await before.until('goodbye', () => before.goodbye, 15_000)
    expect(before.goodbye).toBe('unavailable')
    expect((await ask('/readyz')).status).toBe(503)
    expect((await ask('/livez')).status).toBe(200)
    const startedAt = Date.now()
    // Reads as well as writes: what it last knew is never passed for what is.
    for (const [path, init] of [
      ['/api/session', {}],
      ['/api/session', { method: 'POST', body: '{}' }],
      ['/api/master-data', { method: 'POST', body: '{}' }],
      ['/storefront/v1/changes', {}],
    ] as const) {
      const answer = await ask(path, init)
      expect([path, answer.status, answer.headers.get('retry-after')]).toEqual([path, 503, '5'])
    }
    expect((await shop.send(proposal(`lost-${how}`), lost.gateway)).body['code']).toBe(
      'unavailable',
    )
    await expect(ConsoleClient.open(url, token)).rejects.toMatchObject({
      refusal: { code: 'unavailable' },
    })
    // Nobody is kept waiting for a database that is known to be away.
    expect(Date.now() - startedAt).toBeLessThan(2_000)

    const ready = await startBalancer(
      nodes.map(({ gateway }) => gateway),
      { asksReadiness: true },
    )
    try {
      const moved = await ConsoleClient.resume(ready.url, token, before)
      open.push(moved)
      expect(moved.welcomes[0]?.reset).toBe(false)
      const meanwhile = await submitted(`meanwhile-${how}`, ready)
      // A transaction that the lost node had open holds the feed up until PostgreSQL ends it.
      const came = moved.until(
        'what came meanwhile',
        () => moved.get('requisition', meanwhile),
        idleInTransactionMs + 5_000,
      )
      await came.catch(async (error: Error) => {
        throw new Error(`${error.message}; open: ${await openTransactions()}`)
      })

      // Lines that have lost bytes stay silent for good: only new ones work.
      lost.cable.heal()
      await expect.poll(async () => (await ask('/readyz')).status, { timeout: 20_000 }).toBe(200)
      const back = await ConsoleClient.resume(url, token, before)
      open.push(back)
      await back.until('what came meanwhile', () => back.get('requisition', meanwhile))
      const differences = () => replicaDifferences('back', back.snapshot(), moved.snapshot())
      await expect.poll(differences, { timeout: 20_000 }).toEqual([])
    } finally {
      lost.cable.clearUp()
      lost.cable.mend()
      await ready.close()
    }
  },
  60_000,
)

test('a node that ends hands its consoles over, and nothing is missed on the way', async () => {
  const [, , leaving] = nodes
  const client = await ConsoleClient.open(leaving.gateway.url, token)
  open.push(client)
  await leaving.gateway.close()
  await client.until('goodbye', () => client.goodbye)
  expect(client.goodbye).toBe('shutting_down')
  const inBetween = await submitted('handed-over', balancer)
  const next = await console_(client)
  expect(next.welcomes[0]?.reset).toBe(false)
  await next.until('what came in between', () => next.get('requisition', inBetween))
})
