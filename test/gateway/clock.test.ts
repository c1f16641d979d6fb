import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EventName } from '../../contract/bridge'
import type { ConnectionState, OutboxEntry } from '../../contract/console'
import type { Change } from '../../contract/feed'
import type { Session } from '../../contract/session'
import { anchorLatest } from '../../gateway/audit/anchor'
import { verifyAudit } from '../../gateway/audit/verify'
import { createGateway, type Gateway } from '../../gateway/create-gateway'
import { Desk } from '../../main/desk/desk'
import { changesTold } from '../support/feed-changes'
import { newAnchor, sealAll, silent } from '../support/audit'
import { ConsoleClient } from '../support/console-client'
import { addTestShop, addUser, startTestGateway, testPassword } from '../support/gateway'
import type { TestGateway } from '../support/gateway'
import { Recorder } from '../support/recorder'
import { silentLog } from '../support/silent-log'
import { load, proposal, smallSeller } from '../support/small-seller'
import { temporaryFolder } from '../support/temporary-folder'

const minute = 60_000

async function signIn(at: Pick<Gateway, 'url'>): Promise<Session> {
  const response = await fetch(`${at.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'karin', password: testPassword }),
  })
  expect(response.status).toBe(201)
  return (await response.json()) as Session
}

/** The console's main process on this computer, whose clock is right. */
async function openDesk(at: Gateway, { token, user }: Session) {
  const told = new Recorder<{ readonly name: EventName; readonly payload: unknown }>()
  const desk = await Desk.open({
    folder: await temporaryFolder(),
    app: '1.0.0',
    device: randomUUID(),
    address: () => at.url,
    token,
    user,
    gatewayId: null,
    isWindowReady: () => true,
    tell: (name, payload) => told.push({ name, payload }),
    welcomed: () => undefined,
    sessionEnded: (why) => {
      throw new Error(why)
    },
    recovered: () => undefined,
    log: silentLog(),
  })
  const live = await told.waitFor(
    ({ name, payload }) =>
      name === 'connection.changed' && (payload as ConnectionState).kind === 'live',
  )
  const changed = async (fits: (change: Change) => boolean): Promise<Change> => {
    let found: Change | undefined
    await told.waitFor(({ name, payload }) => {
      if (name !== 'replica.changes') return false
      found = changesTold(payload as readonly string[]).find(fits)
      return found !== undefined
    })
    return found as Change
  }
  const entries = () =>
    told.items.flatMap(({ name, payload }) =>
      name === 'outbox.changed' ? (payload as readonly OutboxEntry[]) : [],
    )
  return { desk, live: live.payload as ConnectionState, changed, entries }
}

describe.each([
  ['ahead', 10 * minute],
  ['behind', -10 * minute],
])('a node whose clock is ten minutes %s', (_how, off) => {
  let right: TestGateway
  let wrong: Gateway
  const itsNow = () => new Date(Date.now() + off)
  /** How far from that node's time an instant is, in ms. */
  const besideItsTime = (instant: string) => Math.abs(Date.parse(instant) - itsNow().getTime())

  beforeAll(async () => {
    right = await startTestGateway()
    wrong = await createGateway({ databaseUrl: right.databaseUrl, now: itsNow, log: silent })
    await load(right, smallSeller)
    await addUser(right, { username: 'karin', roles: ['approver'] })
  })
  afterAll(async () => {
    await wrong?.close()
    await right?.close()
  })

  test('lets people in for as long as any other, at either node', async () => {
    const [there, here] = [await signIn(wrong), await signIn(right)]
    expect(Date.parse(there.expiresAt) - Date.parse(here.expiresAt)).toBeCloseTo(off, -4)
    for (const { token } of [there, here])
      for (const node of [wrong, right]) (await ConsoleClient.open(node.url, token)).close()
  })

  test('is what its consoles tell the time by, and what is done there bears its time', async () => {
    const shop = await addTestShop(right)
    for (const id of ['D-1', 'D-2'])
      expect(await shop.send(proposal(id))).toMatchObject({ status: 202 })
    const { desk, live, changed, entries } = await openDesk(wrong, await signIn(wrong))
    expect(Math.abs(desk.clockOffset - off)).toBeLessThan(5_000)
    expect(besideItsTime((live as { since: string }).since)).toBeLessThan(minute)

    const submitted = await changed(({ kind }) => kind === 'requisition')
    const command = { aggregateId: submitted.id, expectedVersion: submitted.version }
    const claim = { ...command, id: randomUUID(), type: 'requisition.claim', payload: {} }
    expect(await desk.send(claim)).toMatchObject({ kind: 'accepted', version: 2 })
    const [entry] = entries()
    expect(besideItsTime(entry?.createdAt ?? '')).toBeLessThan(minute)
    const approved = await desk.send({
      id: randomUUID(),
      type: 'requisition.approve',
      aggregateId: submitted.id,
      expectedVersion: 2,
      payload: { revision: 1, seen: { net: 22_750, lines: {} } },
    })
    expect(approved).toMatchObject({ kind: 'accepted', version: 3 })
    const order = await changed(({ kind }) => kind === 'order')
    expect(besideItsTime((order.value as { placedAt: string }).placedAt)).toBeLessThan(minute)

    // Which is newer is told by versions and transactions: no clock has a say in it.
    const karin = await ConsoleClient.open(right.url, (await signIn(right)).token)
    const other = karin.all('requisition').find(({ id }) => id !== submitted.id)
    const there = await karin.command('requisition.approve', other?.id ?? '', other?.version ?? 0, {
      revision: 1,
    })
    expect(there).toMatchObject({ ok: true })
    await changed(({ kind, id }) => kind === 'order' && id !== order.id)
    expect(karin.get('order', order.id)).toMatchObject({ version: order.version })
    expect(karin.get('requisition', submitted.id)?.value.state).toBe('ordered')
    karin.close()
    await desk.close({ wipe: false })
  })

  test('seals and anchors in turn with the others, and all of it checks', async () => {
    const { db } = right.context
    const anchors = [await newAnchor(), await newAnchor()] as const
    // The first is both nodes' own, turn and turn about; the second only that node's.
    for (const [anchor, at] of [
      [anchors[0], new Date()],
      [anchors[0], itsNow()],
      [anchors[1], itsNow()],
      [anchors[0], new Date()],
    ] as const) {
      await signIn(wrong)
      await sealAll(db)
      expect(await anchorLatest(db, anchor, at, silent)).toMatchObject({ kind: 'anchored' })
    }
    // Of what a node does as it goes along there may be more by now.
    const report = await verifyAudit(db, anchors)
    expect(report).toMatchObject({ ok: true, problems: [] })
    expect(report.anchored).toBeGreaterThan(3)
    expect(report.entries).toBeGreaterThan(6)
    const entries = await db.selectFrom('audit').select('at').execute()
    // The audit's own times are the database's, which has but one clock.
    for (const { at } of entries)
      expect(Math.abs(at.getTime() - Date.now())).toBeLessThan(2 * minute)
  })
})
