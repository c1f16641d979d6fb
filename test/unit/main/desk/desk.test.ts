import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it, onTestFinished, vi } from 'vitest'

import type { EventName } from '../../../../contract/bridge'
import type { CommandEnvelope } from '../../../../contract/commands'
import type { ConnectionState, OutboxEntry } from '../../../../contract/console'
import { refusal } from '../../../../contract/errors'
import type { Change } from '../../../../contract/feed'
import { Desk, type DeskOptions } from '../../../../main/desk/desk'
import type { TellWindow } from '../../../../main/window-port'
import { anna, bo, FakeGateway } from '../../../fakes/console-gateway'
import { startFaultProxy } from '../../../support/fault-proxy/fault-proxy'
import { applied, changesTold, content, warehouseChange } from '../../../support/feed-changes'
import { Recorder } from '../../../support/recorder'
import { silentLog } from '../../../support/silent-log'
import { temporaryFolder } from '../../../support/temporary-folder'

// Real disks, sockets and processes, on machines that may be busy.
vi.setConfig({ testTimeout: 30_000 })

interface Told {
  readonly name: EventName
  readonly payload: unknown
}

/** The window's end: what it was told, and what its replica then holds. */
function fakeWindow() {
  const told = new Recorder<Told>()
  const tell: TellWindow = (name, payload) => told.push({ name, payload })
  return {
    told,
    tell,
    held() {
      let changes: Change[] = []
      for (const { name, payload } of told.items) {
        if (name === 'replica.reset') changes = []
        if (name === 'replica.changes') changes.push(...changesTold(payload as string[]))
      }
      return content(applied(changes))
    },
    connection: (kind: ConnectionState['kind'], from = 0) =>
      told.waitFor(
        ({ name, payload }) =>
          name === 'connection.changed' && (payload as ConnectionState).kind === kind,
        from,
      ),
    outbox: (fits: (entries: readonly OutboxEntry[]) => boolean, from = 0) =>
      told.waitFor(
        ({ name, payload }) => name === 'outbox.changed' && fits(payload as OutboxEntry[]),
        from,
      ),
    loaded: (from = 0) => told.waitFor(({ name }) => name === 'replica.loaded', from),
  }
}

async function startGateway(): Promise<FakeGateway> {
  const gateway = await FakeGateway.start()
  onTestFinished(() => gateway.stop())
  return gateway
}

/** One run of the console for one user over a folder that outlives it. */
async function openDesk(gateway: FakeGateway, folder: string, options: Partial<DeskOptions> = {}) {
  const window = fakeWindow()
  const user = options.user ?? anna
  let gatewayId = options.gatewayId ?? null
  const desk = await Desk.open({
    folder,
    app: '1.0.0',
    device: '0190a5e0-0000-7000-8000-0000000000d1',
    address: () => gateway.url,
    token: gateway.token(user),
    user,
    isWindowReady: () => true,
    tell: window.tell,
    welcomed: (id) => (gatewayId = id),
    sessionEnded: () => undefined,
    recovered: () => undefined,
    log: silentLog(),
    timing: { retryDelay: (failures) => Math.min(1 + failures, 20), heldAfter: 0 },
    ...options,
    gatewayId,
  })
  let isOpen = true
  const close = async (how = { wipe: false }) => {
    if (isOpen) await desk.close(how)
    isOpen = false
  }
  onTestFinished(() => close())
  return { desk, window, close, gatewayId: () => gatewayId }
}

function claim(aggregateId = 'r1'): CommandEnvelope {
  return {
    id: randomUUID(),
    type: 'requisition.claim',
    aggregateId,
    expectedVersion: 1,
    payload: {},
  }
}

function approve(): CommandEnvelope {
  return {
    ...claim(),
    type: 'requisition.approve',
    payload: { revision: 1, seen: { net: 0, lines: {} } },
  }
}

describe('desk', () => {
  it('brings the window the snapshot, then every change', async () => {
    const gateway = await startGateway()
    gateway.commit(warehouseChange(1, 'a', 1), warehouseChange(2, 'b', 1))
    const { window } = await openDesk(gateway, await temporaryFolder())
    await window.connection('live')
    gateway.commit(warehouseChange(3, 'a', 2))
    await gateway.acknowledged.waitFor((seq) => seq === 3)
    expect(gateway.handshakes.items).toHaveLength(1)
    expect(Object.keys(window.held())).toEqual(['warehouse:a', 'warehouse:b'])
    expect(window.held()['warehouse:a']).toMatchObject({ version: 2 })
  })

  it('shows after a restart what it had, without the gateway, and goes on from its cursor', async () => {
    const gateway = await startGateway()
    const folder = await temporaryFolder()
    gateway.commit(warehouseChange(1, 'a', 1), warehouseChange(2, 'b', 1))
    const first = await openDesk(gateway, folder)
    await first.window.connection('live')
    await first.close()
    gateway.commit(warehouseChange(3, 'b', 2, null), warehouseChange(4, 'c', 1))

    gateway.refuseWith = refusal('unavailable', 'Not now.')
    const second = await openDesk(gateway, folder, { gatewayId: 'gateway-1' })
    await second.window.loaded()
    expect(Object.keys(second.window.held())).toEqual(['warehouse:a', 'warehouse:b'])
    const offline = await second.window.connection('offline')
    expect((offline.payload as ConnectionState & { kind: 'offline' }).lastInStep).toMatch(/^20/)

    gateway.refuseWith = null
    await second.window.connection('live')
    expect(gateway.handshakes.items.at(-1)?.cursor).toEqual({ epoch: 'epoch-1', seq: 2 })
    expect(Object.keys(second.window.held())).toEqual(['warehouse:a', 'warehouse:c'])
  })

  it('empties the window when the gateway begins anew, and keeps nothing of the old', async () => {
    const gateway = await startGateway()
    const folder = await temporaryFolder()
    gateway.commit(warehouseChange(1, 'a', 1))
    const first = await openDesk(gateway, folder)
    await first.window.connection('live')
    await first.close()
    gateway.epoch = 'epoch-2'
    gateway.floor = 99
    const second = await openDesk(gateway, folder, { gatewayId: 'gateway-1' })
    await second.window.connection('live')
    const resets = second.window.told.items.filter(({ name }) => name === 'replica.reset')
    expect(resets.length).toBeGreaterThanOrEqual(1)
    expect(Object.keys(second.window.held())).toEqual(['warehouse:a'])
    await second.close()

    // The new file carries the new epoch alone.
    const third = await openDesk(gateway, folder, { gatewayId: 'gateway-1' })
    await third.window.connection('catching_up')
    expect(gateway.handshakes.items.at(-1)?.cursor?.epoch).toBe('epoch-2')
  })

  it('sends the window everything again when it asks, whatever comes in meanwhile', async () => {
    const gateway = await startGateway()
    const { desk, window } = await openDesk(gateway, await temporaryFolder())
    await window.connection('live')
    for (let seq = 1; seq <= 30; seq += 1) gateway.commit(warehouseChange(seq, `id${seq % 9}`, seq))
    const loads = [desk.loadReplica(), desk.loadReplica()]
    await gateway.acknowledged.waitFor((seq) => seq === 30)
    await Promise.all(loads)
    expect(Object.keys(window.held())).toHaveLength(9)
    const before = window.told.items.length
    await desk.loadReplica()
    const again = window.told.items.slice(before).map(({ name }) => name)
    expect(again.filter((name) => name.startsWith('replica.')).at(0)).toBe('replica.reset')
    expect(Object.keys(window.held())).toHaveLength(9)
  })

  it('asks the gateway for everything when the window needs it and the disk has nothing', async () => {
    const gateway = await startGateway()
    gateway.commit(warehouseChange(1, 'a', 1))
    // A folder that is a file: nothing can be written below it.
    const { desk, window } = await openDesk(gateway, '/dev/null')
    await window.connection('live')
    expect(Object.keys(window.held())).toEqual(['warehouse:a'])
    const before = window.told.items.length
    await desk.loadReplica()
    await window.connection('live', before)
    expect(gateway.handshakes.items.at(-1)?.cursor).toBeNull()
    expect(Object.keys(window.held())).toEqual(['warehouse:a'])
    // And with a disk that keeps nothing, nothing is promised to be kept.
    expect(await desk.send(claim())).toMatchObject({
      kind: 'refused',
      error: { code: 'unavailable', details: { reason: 'disk_refused' } },
    })
  })

  it('mixes nothing when another gateway answers at the same address', async () => {
    const gateway = await startGateway()
    const folder = await temporaryFolder()
    gateway.commit(warehouseChange(1, 'a', 1))
    const first = await openDesk(gateway, folder)
    await first.window.connection('live')
    await first.close()
    gateway.refuseWith = refusal('unavailable', 'Not now.')
    const offline = await openDesk(gateway, folder, { gatewayId: 'gateway-1' })
    expect(await offline.desk.send(claim())).toEqual({ kind: 'queued' })
    await offline.close()

    // The same epoch and the cursor would be taken: only the gateway's own id tells.
    gateway.refuseWith = null
    gateway.gateway = 'gateway-2'
    const second = await openDesk(gateway, folder, { gatewayId: 'gateway-1' })
    await second.window.connection('live')
    expect(second.gatewayId()).toBe('gateway-2')
    expect(gateway.handshakes.items.at(-1)?.cursor).toBeNull()
    expect(gateway.commands.items).toEqual([])
    expect(second.desk.outbox).toEqual([])
    await second.close()

    gateway.gateway = 'gateway-1'
    const third = await openDesk(gateway, folder, { gatewayId: 'gateway-1' })
    await gateway.commands.waitFor(() => true)
    await third.window.connection('live')
  })

  it('keeps one person’s desk from another’s', async () => {
    const gateway = await startGateway()
    const folder = await temporaryFolder()
    gateway.commit(warehouseChange(1, 'a', 1))
    const annas = await openDesk(gateway, folder)
    await annas.window.connection('live')
    gateway.refuseWith = refusal('unavailable', 'Not now.')
    const before = annas.window.told.items.length
    annas.desk.reconnect('dropped')
    await annas.window.connection('offline', before)
    await annas.desk.send(claim())
    await annas.close({ wipe: true })
    expect(await readdir(join(folder, 'replicas'))).toEqual([])

    const bos = await openDesk(gateway, folder, { user: bo, gatewayId: 'gateway-1' })
    await bos.window.loaded()
    expect(bos.window.held()).toEqual({})
    expect(bos.desk.outbox).toEqual([])
    await bos.close({ wipe: true })

    // Her unsent work is still there when she signs in again.
    gateway.refuseWith = null
    const again = await openDesk(gateway, folder, { gatewayId: 'gateway-1' })
    expect(again.desk.outbox).toHaveLength(1)
    await again.window.outbox((entries) => entries.length === 0, 1)
    expect(gateway.commands.items).toHaveLength(1)
  })

  it('leaves no outbox behind at sign-out when there is nothing in it', async () => {
    const gateway = await startGateway()
    const folder = await temporaryFolder()
    const { window, close, desk } = await openDesk(gateway, folder)
    await window.connection('live')
    expect(await desk.send(claim())).toMatchObject({ kind: 'accepted' })
    await close({ wipe: true })
    expect(await readdir(join(folder, 'outbox'))).toEqual([])
  })

  it('answers a command with the gateway’s answer, and judges it before it goes anywhere', async () => {
    const gateway = await startGateway()
    const { desk, window } = await openDesk(gateway, await temporaryFolder())
    await window.connection('live')
    expect(await desk.send(claim())).toEqual({ kind: 'accepted', result: {}, version: 2 })
    gateway.answerCommand = () => ({ ok: false, error: refusal('stale_version', 'Too late.') })
    expect(await desk.send(approve())).toMatchObject({
      kind: 'refused',
      error: { code: 'stale_version' },
    })
    expect(await desk.send({ ...claim(), type: 'requisition.explode' })).toMatchObject({
      kind: 'refused',
      error: { code: 'unknown_command' },
    })
    expect(await desk.send({ ...approve(), payload: { revision: 0 } })).toMatchObject({
      kind: 'refused',
      error: { code: 'invalid' },
    })
    expect(gateway.commands.items).toHaveLength(2)
  })

  it('never keeps an approval, nor anything with a password', async () => {
    const gateway = await startGateway()
    gateway.refuseWith = refusal('unavailable', 'Not now.')
    const folder = await temporaryFolder()
    const { desk, window } = await openDesk(gateway, folder, { gatewayId: 'gateway-1' })
    await window.connection('offline')
    const password = {
      ...claim('u1'),
      type: 'user.set_password',
      payload: { password: 'long enough 1' },
    }
    expect(await desk.send(approve())).toEqual({ kind: 'offline' })
    expect(await desk.send(password)).toEqual({ kind: 'offline' })
    expect(desk.outbox).toEqual([])
    gateway.refuseWith = null
    await window.connection('live')
    expect(gateway.commands.items).toEqual([])
  })

  it('says so when an approval went out and no answer came, and the same id finds it out', async () => {
    const gateway = await startGateway()
    const proxy = await startFaultProxy(gateway.url)
    onTestFinished(() => proxy.close())
    const { desk, window } = await openDesk(gateway, await temporaryFolder(), {
      address: () => proxy.url,
    })
    await window.connection('live')
    gateway.isMute = true
    const given = approve()
    const sent = desk.send(given)
    await gateway.commands.waitFor(() => true)
    const before = window.told.items.length
    proxy.reset()
    expect(await sent).toEqual({ kind: 'unanswered' })
    gateway.isMute = false
    await window.connection('live', before)
    expect(await desk.send(given)).toEqual({ kind: 'accepted', result: {}, version: 2 })
    expect(gateway.commands.items.map(({ id }) => id)).toEqual([given.id, given.id])
    expect(desk.outbox).toEqual([])
  })

  it('sends what was typed offline once it is back, once, though the answer got lost', async () => {
    const gateway = await startGateway()
    const proxy = await startFaultProxy(gateway.url)
    onTestFinished(() => proxy.close())
    const { desk, window } = await openDesk(gateway, await temporaryFolder(), {
      address: () => proxy.url,
    })
    await window.connection('live')
    gateway.isMute = true
    const given = claim()
    const sent = desk.send(given)
    await gateway.commands.waitFor(() => true)
    gateway.isMute = false
    proxy.reset()
    expect(await sent).toEqual({ kind: 'queued' })
    await gateway.commands.waitFor(() => true, 1)
    await window.outbox((entries) => entries.length === 0, window.told.items.length)
    expect(gateway.commands.items.map(({ id }) => id)).toEqual([given.id, given.id])
  })

  it('asks queries, and parses what comes back', async () => {
    const gateway = await startGateway()
    const { desk, window } = await openDesk(gateway, await temporaryFolder())
    const query = { type: 'audit.of', params: { aggregateId: 'r1' } }
    await window.connection('live')
    gateway.answerQuery = ({ params }) => ({
      ok: true,
      result: { rows: [], next: params['after'] },
    })
    expect(await desk.ask(query)).toEqual({ ok: true, result: { rows: [], next: null } })
    gateway.answerQuery = () => ({ ok: true, result: { rows: 'many' } })
    expect(await desk.ask(query)).toMatchObject({
      ok: false,
      error: { details: { reason: 'not_understood' } },
    })
    gateway.answerQuery = () => ({ ok: false, error: refusal('forbidden', 'Not yours.') })
    expect(await desk.ask(query)).toMatchObject({ ok: false, error: { code: 'forbidden' } })
    expect(await desk.ask({ type: 'no.such', params: {} })).toMatchObject({
      error: { code: 'unknown_query' },
    })
    expect(await desk.ask({ ...query, params: {} })).toMatchObject({ error: { code: 'invalid' } })
  })

  it('tells the window how far a load reaches', async () => {
    const gateway = await startGateway()
    gateway.commit(warehouseChange(7, 'a', 1))
    const { desk, window } = await openDesk(gateway, await temporaryFolder())
    await window.connection('live')
    await desk.loadReplica()
    const last = window.told.items.filter(({ name }) => name === 'replica.loaded').at(-1)
    expect(last?.payload).toEqual({ cursor: { epoch: 'epoch-1', seq: 7 } })
  })
})
