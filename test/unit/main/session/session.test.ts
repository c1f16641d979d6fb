import '../../../support/electron-store'

import { randomUUID } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it, onTestFinished, vi } from 'vitest'

import type { SessionState } from '../../../../contract/console'
import type { EmbeddedGatewayReady } from '../../../../contract/embedded-gateway'
import { refusal, type Outcome } from '../../../../contract/errors'
import { Desk } from '../../../../main/desk/desk'
import { outboxFile } from '../../../../main/desk/holdings'
import type {
  EmbeddedGateway,
  EmbeddedGatewayListener,
} from '../../../../main/embedded-gateway/embedded-gateway'
import { countWaiting } from '../../../../main/outbox/waiting'
import { createGatewayHttp } from '../../../../main/session/gateway-http'
import { openInstallation } from '../../../../main/session/installation'
import { ConsoleSession } from '../../../../main/session/session'
import { createVault } from '../../../../main/session/vault'
import { anna, FakeGateway } from '../../../fakes/console-gateway'
import { warehouseChange } from '../../../support/feed-changes'
import { Recorder } from '../../../support/recorder'
import { silentLog } from '../../../support/silent-log'
import { temporaryFolder } from '../../../support/temporary-folder'

// Real disks, sockets and processes, on machines that may be busy.
vi.setConfig({ testTimeout: 30_000 })

const annas = { username: 'anna', password: 'anna-password-1' }

async function startGateway(): Promise<FakeGateway> {
  const gateway = await FakeGateway.start()
  onTestFinished(() => gateway.stop())
  return gateway
}

/** The embedded gateway as the session sees it: it starts, restarts and fails when the test says. */
class DemoGateway implements EmbeddedGateway {
  readonly #gateway: FakeGateway
  listener: EmbeddedGatewayListener | null = null
  starts = 0
  failWith: ReturnType<typeof refusal> | null = null
  /** Starting takes until somebody stops it. */
  isSlow = false
  #stopped: () => void = () => undefined

  constructor(gateway: FakeGateway) {
    this.#gateway = gateway
  }

  ready(gateway = this.#gateway): EmbeddedGatewayReady {
    const accounts = [...gateway.users].map(([username, { user, password }]) => ({
      username,
      displayName: user.displayName,
      roles: user.roles,
      password,
    }))
    return {
      kind: 'ready',
      url: gateway.url,
      demo: { accounts, shop: { url: gateway.url, secret: 'whsec_x' } },
    }
  }

  async start(listener: EmbeddedGatewayListener): Promise<Outcome<EmbeddedGatewayReady>> {
    this.starts += 1
    this.listener = listener
    if (this.isSlow) {
      await new Promise<void>((resolve) => (this.#stopped = resolve))
      return { ok: false, error: refusal('unavailable', 'It was stopped.') }
    }
    if (this.failWith !== null) return { ok: false, error: this.failWith }
    listener.progress('database')
    listener.progress('demo_data')
    return { ok: true, value: this.ready() }
  }

  async stop(): Promise<void> {
    this.#stopped()
    this.listener = null
  }
}

/** One run of the console over a folder that outlives it. */
async function run(folder: string, options: { demo?: DemoGateway; hasKeyring?: boolean } = {}) {
  const { hasKeyring = true } = options
  const demo = options.demo ?? new DemoGateway(await startGateway())
  const states = new Recorder<SessionState>()
  const connections = new Recorder<string>()
  const session = new ConsoleSession({
    installation: openInstallation(folder, () => undefined, silentLog()),
    vault: createVault({
      isEncryptionAvailable: () => hasKeyring,
      // Enough to see that the token is not written as it is.
      encryptString: (text) => Buffer.from(text).reverse(),
      decryptString: (sealed) => Buffer.from(sealed).reverse().toString(),
    }),
    http: createGatewayHttp({ fetch, within: 5_000 }),
    embedded: demo,
    openDesk: (desk) =>
      Desk.open({
        ...desk,
        folder,
        app: '1.0.0',
        isWindowReady: () => false,
        tell: (name, payload) => {
          if (name === 'connection.changed') connections.push((payload as { kind: string }).kind)
        },
        recovered: () => undefined,
        log: silentLog(),
        timing: { retryDelay: () => 2 },
      }),
    countWaiting: (identity) => countWaiting(outboxFile(folder, identity)),
    stateChanged: states.push,
    log: silentLog(),
  })
  let isOpen = true
  const close = async () => {
    if (isOpen) await session.close()
    isOpen = false
  }
  onTestFinished(close)
  const live = (from = 0) => connections.waitFor((kind) => kind === 'live', from)
  const written = () => readFile(join(folder, 'installation.json'), 'utf8')
  return { session, states, connections, live, close, demo, written }
}

describe('session at a gateway', () => {
  it('begins with nothing', async () => {
    const { session } = await run(await temporaryFolder())
    await session.begin({ demo: false })
    expect(session.state).toEqual({ kind: 'first_run' })
  })

  it('signs in, is remembered, and goes on at the next start without asking the gateway', async () => {
    const gateway = await startGateway()
    const folder = await temporaryFolder()
    const first = await run(folder)
    await first.session.begin({ demo: false })
    expect(await first.session.signIn({ gateway: gateway.url, ...annas })).toEqual({
      ok: true,
      value: null,
    })
    expect(first.session.state).toMatchObject({
      kind: 'signed_in',
      demo: false,
      user: anna,
      remembered: true,
    })
    await first.live()
    await first.close()
    const [token] = gateway.tokens.keys()
    expect(await first.written()).not.toContain(token)
    expect(await first.written()).not.toContain(annas.password)

    const { url } = gateway
    await gateway.stop()
    const second = await run(folder)
    await second.session.begin({ demo: true })
    expect(second.session.state).toMatchObject({ kind: 'signed_in', user: anna, gateway: url })
    expect(second.demo.starts).toBe(0)
  })

  it('says why it did not sign in, and stays as it was', async () => {
    const gateway = await startGateway()
    const { session, states } = await run(await temporaryFolder())
    const signIn = (wish: Partial<{ gateway: string; username: string; password: string }>) =>
      session.signIn({ gateway: gateway.url, ...annas, ...wish })
    expect(await signIn({ password: 'wrong' })).toMatchObject({
      error: { code: 'wrong_credentials' },
    })
    expect(await signIn({ gateway: 'http://kontor.example.se' })).toMatchObject({
      error: { code: 'invalid' },
    })
    expect(await signIn({ gateway: 'kontor.invalid' })).toMatchObject({
      error: { code: 'unavailable' },
    })
    expect(states.items).toEqual([])
    expect(session.desk).toBeNull()
  })

  it('keeps no token where there is no keyring, and asks again', async () => {
    const gateway = await startGateway()
    const folder = await temporaryFolder()
    const first = await run(folder, { hasKeyring: false })
    await first.session.signIn({ gateway: gateway.url, ...annas })
    expect(first.session.state).toMatchObject({ kind: 'signed_in', remembered: false })
    await first.close()
    const second = await run(folder, { hasKeyring: false })
    await second.session.begin({ demo: false })
    expect(second.session.state).toEqual({
      kind: 'signed_out',
      gateway: gateway.url,
      demo: false,
      accounts: [],
      last: { username: anna.username, displayName: anna.displayName, waiting: 0 },
      ended: null,
    })
  })

  it('says that what was kept is lost when the keyring is', async () => {
    const gateway = await startGateway()
    const folder = await temporaryFolder()
    const first = await run(folder)
    await first.session.signIn({ gateway: gateway.url, ...annas })
    await first.close()
    const second = await run(folder, { hasKeyring: false })
    await second.session.begin({ demo: false })
    expect(second.session.state).toMatchObject({ kind: 'signed_out', ended: 'wiped' })
    await second.close()
    const third = await run(folder)
    await third.session.begin({ demo: false })
    expect(third.session.state).toMatchObject({ kind: 'signed_out', ended: null })
  })

  it('tells at the door what of somebody’s waits, signed out or started anew', async () => {
    const gateway = await startGateway()
    const folder = await temporaryFolder()
    const first = await run(folder)
    await first.session.signIn({ gateway: gateway.url, ...annas })
    await first.live()
    const { desk } = first.session
    await gateway.stop()
    for (const reason of ['Utgått.', 'Dubblett.']) {
      const queued = await desk?.send({
        id: randomUUID(),
        type: 'requisition.reject',
        aggregateId: randomUUID(),
        expectedVersion: 1,
        payload: { revision: 1, reason },
      })
      expect(queued).toEqual({ kind: 'queued' })
    }
    await first.session.signOut()
    const last = { username: 'anna', displayName: anna.displayName, waiting: 2 }
    expect(first.session.state).toMatchObject({ kind: 'signed_out', last })
    expect(await first.written()).not.toContain('token')
    await first.close()
    const second = await run(folder)
    await second.session.begin({ demo: false })
    expect(second.session.state).toMatchObject({ kind: 'signed_out', last })
    // Another gateway has nothing to do with it.
    await second.session.forgetGateway()
    expect(await second.written()).not.toContain('anna')
  })

  it('signs out here and at the gateway, and leaves nothing to read', async () => {
    const gateway = await startGateway()
    gateway.commit(warehouseChange(1, 'a', 1))
    const folder = await temporaryFolder()
    const { session, live } = await run(folder)
    await session.signIn({ gateway: gateway.url, ...annas })
    await live()
    const [token] = gateway.tokens.keys()
    expect(await session.signOut()).toEqual({ ok: true, value: null })
    expect(session.state).toMatchObject({ kind: 'signed_out', ended: null })
    expect(await gateway.signOuts.waitFor(() => true)).toBe(token)
    expect(await readdir(join(folder, 'replicas'))).toEqual([])
    expect(await session.signOut()).toMatchObject({ ok: false, error: { code: 'wrong_state' } })
  })

  it('is told that it was revoked, and then keeps nothing', async () => {
    const gateway = await startGateway()
    const folder = await temporaryFolder()
    const { session, states, live } = await run(folder)
    await session.signIn({ gateway: gateway.url, ...annas })
    await live()
    gateway.tokens.clear()
    gateway.sayGoodbye('session_ended')
    await states.waitFor((state) => state.kind === 'signed_out' && state.ended === 'revoked')
    expect(await readdir(join(folder, 'replicas'))).toEqual([])
    expect(session.desk).toBeNull()
  })

  it('keeps what it has when the session is merely over, and goes on with it after signing in', async () => {
    const gateway = await startGateway()
    gateway.commit(warehouseChange(1, 'a', 1))
    const folder = await temporaryFolder()
    const { session, states, connections, live } = await run(folder)
    await session.signIn({ gateway: gateway.url, ...annas })
    await live()
    gateway.refuseWith = refusal('session_expired', 'Too long ago.')
    gateway.sayGoodbye('session_ended')
    await states.waitFor((state) => state.kind === 'signed_out' && state.ended === 'expired')
    gateway.refuseWith = null
    const before = connections.items.length
    await session.signIn({ gateway: gateway.url, ...annas })
    await live(before)
    expect(gateway.handshakes.items.at(-1)?.cursor).toEqual({ epoch: 'epoch-1', seq: 1 })
  })

  it('takes over a change of the person’s roles', async () => {
    const gateway = await startGateway()
    const folder = await temporaryFolder()
    const { session, states, live } = await run(folder)
    await session.signIn({ gateway: gateway.url, ...annas })
    await live()
    const [token = ''] = gateway.tokens.keys()
    gateway.tokens.set(token, { ...anna, roles: ['admin'] })
    gateway.sayGoodbye('too_slow')
    const state = await states.waitFor(
      (each) => each.kind === 'signed_in' && each.user.roles.includes('admin'),
    )
    expect(state).toEqual(session.state)
  })

  it('forgets its gateway and begins again', async () => {
    const gateway = await startGateway()
    const { session, written } = await run(await temporaryFolder())
    await session.signIn({ gateway: gateway.url, ...annas })
    await session.forgetGateway()
    expect(session.state).toEqual({ kind: 'first_run' })
    expect(JSON.parse(await written())).toMatchObject({ gateway: null, session: null })
  })

  it('lets nobody sign in over somebody', async () => {
    const gateway = await startGateway()
    const { session } = await run(await temporaryFolder())
    const both = await Promise.all([
      session.signIn({ gateway: gateway.url, ...annas }),
      session.signIn({ gateway: gateway.url, ...annas }),
    ])
    expect(both.map(({ ok }) => ok)).toEqual([true, false])
    expect(await session.tryDemo()).toMatchObject({ error: { code: 'wrong_state' } })
  })
})

describe('session at the demo', () => {
  it('signs in as the first account by itself when there is nothing yet', async () => {
    const { session, states, live, written } = await run(await temporaryFolder())
    await session.begin({ demo: true })
    expect(session.state).toMatchObject({
      kind: 'signed_in',
      demo: true,
      user: anna,
      remembered: true,
    })
    const steps = states.items.flatMap((state) => (state.kind === 'starting' ? [state.step] : []))
    expect(steps).toEqual(['database', 'database', 'demo_data', 'signing_in'])
    await live()
    expect(await written()).not.toMatch(/password|sealedToken": "/)
  })

  it('goes on as the same person at the next start', async () => {
    const gateway = await startGateway()
    gateway.commit(warehouseChange(1, 'a', 1))
    const folder = await temporaryFolder()
    const first = await run(folder, { demo: new DemoGateway(gateway) })
    await first.session.tryDemo()
    await first.live()
    await first.session.signOut()
    await first.session.signIn({ gateway: gateway.url, username: 'bo', password: 'bo-password-12' })
    await first.live(first.connections.items.length)
    await first.close()
    const second = await run(folder, { demo: new DemoGateway(gateway) })
    await second.session.begin({ demo: false })
    expect(second.session.state).toMatchObject({
      kind: 'signed_in',
      demo: true,
      user: { username: 'bo' },
    })
    await second.live()
    expect(gateway.handshakes.items.at(-1)?.cursor).toEqual({ epoch: 'epoch-1', seq: 1 })
  })

  it('lets the person choose after signing out, also at the next start', async () => {
    const gateway = await startGateway()
    const folder = await temporaryFolder()
    const first = await run(folder, { demo: new DemoGateway(gateway) })
    await first.session.tryDemo()
    await first.session.signOut()
    const choice = {
      kind: 'signed_out',
      demo: true,
      accounts: [{ username: 'anna' }, { username: 'bo' }],
    }
    expect(first.session.state).toMatchObject(choice)
    await first.close()
    const second = await run(folder, { demo: new DemoGateway(gateway) })
    await second.session.begin({ demo: true })
    expect(second.session.state).toMatchObject(choice)
  })

  it('follows the gateway to its new address when it went down and came up', async () => {
    const gateway = await startGateway()
    const demo = new DemoGateway(gateway)
    const { session, connections, live } = await run(await temporaryFolder(), { demo })
    await session.tryDemo()
    await live()
    const moved = await startGateway()
    for (const [token, user] of gateway.tokens) moved.tokens.set(token, user)
    const before = connections.items.length
    await gateway.stop()
    demo.listener?.restarted(demo.ready(moved))
    await live(before)
    expect(moved.handshakes.items.length).toBeGreaterThan(0)
  })

  it('says with a reference that the gateway cannot start, and tries again on demand', async () => {
    const gateway = await startGateway()
    const demo = new DemoGateway(gateway)
    demo.failWith = refusal('unavailable', 'The data folder is in use.')
    const { session } = await run(await temporaryFolder(), { demo })
    expect(await session.tryDemo()).toMatchObject({ ok: false })
    expect(session.state).toMatchObject({
      kind: 'failed',
      error: { message: 'The data folder is in use.' },
      reference: expect.stringMatching(/^[0-9a-f]{8}$/) as string,
    })
    demo.failWith = null
    expect((await session.tryDemo()).ok).toBe(true)
    expect(session.state.kind).toBe('signed_in')
  })

  it('closes while the gateway is still starting, without a word of failure', async () => {
    const demo = new DemoGateway(await startGateway())
    demo.isSlow = true
    const { session, states, close } = await run(await temporaryFolder(), { demo })
    const begun = session.begin({ demo: true })
    await states.waitFor(({ kind }) => kind === 'starting')
    await close()
    await begun
    expect(states.items.map(({ kind }) => kind)).toEqual(['starting'])
  })

  it('says so when the gateway went down for good', async () => {
    const { session, states, demo, live } = await run(await temporaryFolder())
    await session.tryDemo()
    await live()
    demo.listener?.failed(refusal('unavailable', 'It went down.', { reason: 'crashed' }))
    await states.waitFor(({ kind }) => kind === 'failed')
    expect(session.desk).toBeNull()
  })

  it('ends when a real gateway is chosen', async () => {
    const gateway = await startGateway()
    const { session, demo } = await run(await temporaryFolder())
    await session.tryDemo()
    await session.signOut()
    // Not before it is sure: a wrong password leaves the demo as it was.
    await session.signIn({ gateway: gateway.url, ...annas, password: 'wrong' })
    expect(demo.listener).not.toBeNull()
    await session.signIn({ gateway: gateway.url, ...annas })
    expect(session.state).toMatchObject({ kind: 'signed_in', demo: false })
    expect(demo.listener).toBeNull()
  })
})
