import { describe, expect, it, onTestFinished, vi } from 'vitest'

import type { ConnectionState } from '../../../../contract/console'
import { refusal } from '../../../../contract/errors'
import {
  protocolVersion,
  type CaughtUp,
  type Change,
  type Cursor,
  type Welcome,
} from '../../../../contract/feed'
import { createConnection, type ConnectionOptions } from '../../../../main/connection/connection'
import { anna, FakeGateway } from '../../../fakes/console-gateway'
import { startFaultProxy, type FaultProxy } from '../../../support/fault-proxy/fault-proxy'
import { warehouseChange } from '../../../support/feed-changes'
import { Recorder } from '../../../support/recorder'
import { silentLog } from '../../../support/silent-log'

// Real disks, sockets and processes, on machines that may be busy.
vi.setConfig({ testTimeout: 30_000 })

type Taken =
  | { kind: 'welcome'; welcome: Welcome }
  | { kind: 'changes'; changes: readonly Change[] }
  | { kind: 'caught_up'; caughtUp: CaughtUp }

async function startGateway(): Promise<FakeGateway> {
  const gateway = await FakeGateway.start()
  onTestFinished(() => gateway.stop())
  return gateway
}

async function startProxy(gateway: FakeGateway): Promise<FaultProxy> {
  const proxy = await startFaultProxy(gateway.url)
  onTestFinished(() => proxy.close())
  return proxy
}

function connect(gateway: FakeGateway, options: Partial<ConnectionOptions> = {}) {
  const states = new Recorder<ConnectionState>()
  const taken = new Recorder<Taken>()
  const ended = new Recorder<'expired' | 'revoked'>()
  const log = silentLog()
  let cursor: Cursor | null = null
  const token = gateway.token(anna)
  const connection = createConnection({
    address: () => gateway.url,
    handshake: () => ({
      token,
      device: '0190a5e0-0000-7000-8000-0000000000d1',
      protocol: protocolVersion,
      cursor,
    }),
    welcome: async (welcome) => {
      if (welcome.reset) cursor = null
      taken.push({ kind: 'welcome', welcome })
    },
    changes: async (changes) => taken.push({ kind: 'changes', changes }),
    caughtUp: async (caughtUp) => {
      cursor = { epoch: caughtUp.epoch, seq: caughtUp.seq }
      taken.push({ kind: 'caught_up', caughtUp })
    },
    stateChanged: states.push,
    sessionEnded: ended.push,
    lastInStep: null,
    log,
    random: () => 0.5,
    ...options,
    timing: {
      retryDelay: (failures) => Math.min(1 + failures, 20),
      heldAfter: 0,
      ...options.timing,
    },
  })
  onTestFinished(() => connection.stop())
  connection.start()
  const live = (from = 0) => states.waitFor(({ kind }) => kind === 'live', from)
  const changesOf = () =>
    taken.items.flatMap((item) => (item.kind === 'changes' ? [...item.changes] : []))
  return { connection, states, taken, ended, log, token, live, changesOf }
}

describe('connection', () => {
  it('connects, takes the snapshot in, and follows', async () => {
    const gateway = await startGateway()
    gateway.commit(warehouseChange(1, 'a', 1))
    const { states, taken, live, changesOf } = connect(gateway)
    await live()
    expect(states.items.map(({ kind }) => kind)).toEqual(['connecting', 'catching_up', 'live'])
    expect(taken.items.map(({ kind }) => kind)).toEqual(['welcome', 'changes', 'caught_up'])
    gateway.commit(warehouseChange(2, 'b', 1))
    await gateway.acknowledged.waitFor((seq) => seq === 2)
    expect(changesOf().map(({ id }) => id)).toEqual(['a', 'b'])
  })

  it('acknowledges a batch only when it has been taken in', async () => {
    const gateway = await startGateway()
    gateway.commit(warehouseChange(1, 'a', 1))
    let takeIn: () => void = () => undefined
    const begun = new Recorder<null>()
    const { live } = connect(gateway, {
      changes: () =>
        new Promise((resolve) => {
          takeIn = resolve
          begun.push(null)
        }),
    })
    await begun.waitFor(() => true)
    expect(gateway.acknowledged.items).toEqual([])
    takeIn()
    await live()
    expect(gateway.acknowledged.items).toEqual([1])
  })

  it('comes back by itself from where it was', async () => {
    const gateway = await startGateway()
    const proxy = await startProxy(gateway)
    gateway.commit(warehouseChange(1, 'a', 1))
    const { states, live, changesOf } = connect(gateway, { address: () => proxy.url })
    await live()
    const before = states.items.length
    proxy.reset()
    gateway.commit(warehouseChange(2, 'b', 1))
    await live(before)
    const again = gateway.handshakes.items.at(-1)
    expect(again?.cursor).toEqual({ epoch: 'epoch-1', seq: 1 })
    expect(changesOf().map(({ id }) => id)).toEqual(['a', 'b'])
    // Quick the first time: nobody is told that the line is down.
    expect(states.items.slice(before).map(({ kind }) => kind)).toEqual([
      'connecting',
      'catching_up',
      'live',
    ])
    expect(states.items[before]).toMatchObject({
      lastInStep: expect.stringMatching(/^20/) as string,
    })
  })

  it('is told to begin anew when its cursor is of another epoch', async () => {
    const gateway = await startGateway()
    const proxy = await startProxy(gateway)
    const { states, taken, live } = connect(gateway, { address: () => proxy.url })
    await live()
    gateway.epoch = 'epoch-2'
    const before = states.items.length
    proxy.reset()
    await live(before)
    const welcomes = taken.items.flatMap((item) => (item.kind === 'welcome' ? [item.welcome] : []))
    expect(welcomes.map(({ reset, epoch }) => [reset, epoch])).toEqual([
      [true, 'epoch-1'],
      [true, 'epoch-2'],
    ])
  })

  it('catches up again when the gateway begins anew on the open line', async () => {
    const gateway = await startGateway()
    const { states, live } = connect(gateway)
    await live()
    const before = states.items.length
    gateway.beginAnew('epoch-1.2')
    await live(before)
    expect(states.items.slice(before).map(({ kind }) => kind)).toEqual(['catching_up', 'live'])
    expect(gateway.handshakes.items).toHaveLength(1)
  })

  it('says that it is offline, when the next try is, and since when', async () => {
    const gateway = await startGateway()
    const { url } = gateway
    const { states, live, connection } = connect(gateway, { address: () => url })
    await live()
    const port = gateway.port
    await gateway.stop()
    const offline = await states.waitFor(({ kind }) => kind === 'offline')
    expect(offline).toMatchObject({
      reason: 'unreachable',
      nextTryAt: expect.any(String) as string,
    })
    const tries = states.items.filter(
      (state) => state.kind === 'offline' && state.nextTryAt !== null,
    )
    expect(new Set(tries.map(({ since }) => since)).size).toBe(1)
    const back = await FakeGateway.start(port)
    onTestFinished(() => back.stop())
    back.tokens.set(gateway.handshakes.items[0]?.token ?? '', anna)
    await live(states.items.length)
    expect(connection.state.kind).toBe('live')
  })

  it('tries at once when asked to, however long the wait would have been', async () => {
    const gateway = await startGateway()
    gateway.refuseWith = refusal('unavailable', 'No database.')
    const { states, live, connection } = connect(gateway, {
      timing: { retryDelay: () => 3_600_000 },
    })
    await states.waitFor((state) => state.kind === 'offline' && state.reason === 'unavailable')
    gateway.refuseWith = null
    connection.reconnect('if_waiting')
    await live()
    // With a line that holds there is nothing to do.
    connection.reconnect('if_waiting')
    expect(connection.state.kind).toBe('live')
    expect(gateway.handshakes.items).toHaveLength(2)
  })

  it('notices a half-open line by the pings that stay away', async () => {
    const gateway = await startGateway()
    const proxy = await startProxy(gateway)
    const { states, live, log } = connect(gateway, {
      address: () => proxy.url,
      timing: { welcomeWithin: 200 },
    })
    await live()
    const before = states.items.length
    proxy.suffer({ toServer: { swallow: true }, toClient: { swallow: true } })
    await states.waitFor(({ kind }) => kind !== 'live', before)
    expect(log.said.items.at(-1)?.data[0]).toEqual({ kind: 'dropped', detail: 'ping timeout' })
    // Nor does it believe in a gateway that takes the connection and says nothing.
    await states.waitFor(({ kind }) => kind === 'offline', before)
    proxy.heal()
    await live(before)
  })

  it('drops a line that looks well when the computer wakes up, and is back at once', async () => {
    const gateway = await startGateway()
    const { connection, states, live } = connect(gateway, {
      timing: { retryDelay: () => 3_600_000 },
    })
    await live()
    const before = states.items.length
    connection.reconnect('dropped')
    connection.reconnect('dropped')
    await live(before)
    expect(gateway.handshakes.items).toHaveLength(2)
    expect(states.items[before]).toMatchObject({ kind: 'connecting' })
  })

  it('ends with the session, and does not knock again', async () => {
    const gateway = await startGateway()
    const { ended, live, token, connection } = connect(gateway)
    await live()
    gateway.tokens.delete(token)
    gateway.sayGoodbye('session_ended')
    expect(await ended.waitFor(() => true)).toBe('revoked')
    connection.reconnect('dropped')
    expect(gateway.handshakes.items).toHaveLength(2)
  })

  it('tells an expired session from a revoked one', async () => {
    const gateway = await startGateway()
    gateway.refuseWith = refusal('session_expired', 'Too long ago.')
    const { ended } = connect(gateway)
    expect(await ended.waitFor(() => true)).toBe('expired')
  })

  it('says which is the older when the protocols differ, and looks again later', async () => {
    const gateway = await startGateway()
    gateway.protocol = protocolVersion + 1
    const { states, live } = connect(gateway, { timing: { otherProtocol: 5 } })
    const offline = await states.waitFor(({ kind }) => kind === 'offline')
    expect(offline).toMatchObject({ reason: 'protocol_older' })
    gateway.protocol = protocolVersion
    await live()
  })

  it('reconnects with what it has when it had too many sockets or was too slow', async () => {
    const gateway = await startGateway()
    const { states, live } = connect(gateway)
    await live()
    for (const reason of ['too_many_sockets', 'too_slow'] as const) {
      const before = states.items.length
      gateway.sayGoodbye(reason)
      await live(before)
    }
    expect(gateway.handshakes.items).toHaveLength(3)
  })

  it.each([
    ['a welcome that is none', (gateway: FakeGateway) => (gateway.welcomeWith = { gateway: 7 })],
    ['a welcome of null', (gateway: FakeGateway) => (gateway.welcomeWith = null)],
  ])('survives %s, and logs no content', async (_what, misbehave) => {
    const gateway = await startGateway()
    misbehave(gateway)
    const { states, live, log } = connect(gateway)
    await states.waitFor((state) => state.kind === 'offline' && state.reason === 'unavailable')
    expect(log.said.items.at(-1)?.data[0]).toMatchObject({
      kind: 'violated',
      detail: expect.stringMatching(/^welcome: /) as string,
    })
    gateway.welcomeWith = undefined
    await live()
  })

  it.each([
    ['changes', 'changes', { not: 'a list' }],
    ['a change of no kind', 'changes', [{ seq: 1, id: '1', version: 1, value: null }]],
    ['a cursor', 'caught_up', { epoch: 'epoch-1', seq: -1, serverTime: 'now' }],
    ['a goodbye', 'goodbye', { reason: 'because' }],
  ])(
    'drops the line over %s that cannot be understood, and comes back',
    async (_what, event, payload) => {
      const gateway = await startGateway()
      const { states, live, log, changesOf } = connect(gateway)
      await live()
      const before = states.items.length
      gateway.emit(event, payload)
      await live(before)
      expect(
        log.said.items.some(({ data }) => (data[0] as { kind?: string }).kind === 'violated'),
      ).toBe(true)
      expect(changesOf()).toEqual([])
    },
  )

  it('holds the line over kinds of changes that only a later gateway knows', async () => {
    const gateway = await startGateway()
    const { states, live, changesOf } = connect(gateway)
    await live()
    const before = states.items.length
    const known = warehouseChange(5, 'a', 1)
    gateway.emit('changes', [{ ...warehouseChange(4, 'b', 1), kind: 'spaceship' }, known])
    await expect.poll(changesOf).toEqual([known])
    expect(states.items).toHaveLength(before)
  })

  it('takes no message above its limit', async () => {
    const gateway = await startGateway()
    const { states, live, changesOf } = connect(gateway, { timing: { messageSize: 50_000 } })
    await live()
    const before = states.items.length
    gateway.emit('changes', [warehouseChange(1, 'a', 1, 'x'.repeat(60_000))])
    await live(before)
    expect(changesOf()).toEqual([])
  })

  it('drops a gateway that sends more than can be taken in', async () => {
    const gateway = await startGateway()
    const first = new Recorder<() => void>()
    const { states, live, log } = connect(gateway, {
      changes: () => new Promise((resolve) => first.push(resolve)),
      timing: { pendingSize: 100_000 },
    })
    await live()
    const before = states.items.length
    for (let each = 0; each < 20; each += 1) {
      gateway.emit('changes', [warehouseChange(1, 'a', 1, 'x'.repeat(10_000))])
    }
    const stuck = await first.waitFor(() => true)
    await gateway.departures.waitFor(() => true)
    stuck()
    await live(before)
    expect(log.said.items.some(({ data }) => JSON.stringify(data).includes('taken in'))).toBe(true)
  })

  it('drops the line when what came cannot be kept, and comes back', async () => {
    const gateway = await startGateway()
    gateway.commit(warehouseChange(1, 'a', 1))
    let fails = 1
    const { live, log } = connect(gateway, {
      changes: async () => {
        if ((fails -= 1) >= 0) throw new Error('cannot be kept')
      },
    })
    await live()
    expect(gateway.handshakes.items).toHaveLength(2)
    expect(log.said.items[0]?.data[0]).toEqual({ kind: 'violated', detail: 'cannot be kept' })
  })

  it('asks while connected, and keeps nothing for later while not', async () => {
    const gateway = await startGateway()
    const proxy = await startProxy(gateway)
    const { connection, states, live } = connect(gateway, { address: () => proxy.url })
    const ask = (event: string, within = 5_000) =>
      connection.ask(event, { type: 'requisition.search', params: {} }, within)
    expect(await ask('query')).toEqual({ kind: 'offline' })
    await live()
    gateway.answerQuery = () => 'an answer'
    expect(await ask('query')).toEqual({ kind: 'answered', value: 'an answer' })
    // An event nobody answers.
    expect(await ask('nothing', 5)).toEqual({ kind: 'unanswered' })
    const before = states.items.length
    const pending = ask('nothing')
    proxy.reset()
    expect(await pending).toEqual({ kind: 'unanswered' })
    expect(await ask('query')).toEqual({ kind: 'offline' })
    await live(before)
    expect(gateway.commands.items).toEqual([])
  })

  it('hands nothing over after it was stopped', async () => {
    const gateway = await startGateway()
    const { connection, taken, live } = connect(gateway)
    await live()
    await connection.stop()
    const before = taken.items.length
    gateway.commit(warehouseChange(1, 'a', 1))
    expect(await connection.ask('query', {}, 100)).toEqual({ kind: 'offline' })
    expect(taken.items).toHaveLength(before)
  })
})
