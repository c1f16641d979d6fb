import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaughtUp, Change, Goodbye, Welcome } from '../../../contract/feed'
import type { SignedIn } from '../../../gateway/access/signed-in'
import { inTransaction } from '../../../gateway/database/transaction'
import { publish } from '../../../gateway/feed/publish'
import { newestReadable } from '../../../gateway/feed/read'
import { ConsoleTooSlow, subscribe, type FeedSocket } from '../../../gateway/feed/subscription'
import type { FeedTail } from '../../../gateway/feed/tail'
import { ConsoleClient } from '../../support/console-client'
import { addUser, signInAs, startTestGateway, type TestGateway } from '../../support/gateway'

let gateway: TestGateway
let token: string
let viewer: SignedIn

beforeAll(async () => {
  gateway = await startTestGateway()
  const id = await addUser(gateway, { username: 'karin', roles: ['approver'] })
  token = await signInAs(gateway, 'karin')
  viewer = {
    tokenHash: Buffer.alloc(0),
    rightsVersion: 1,
    expiresAt: new Date(Date.now() + 3_600_000),
    user: {
      id,
      username: 'karin',
      displayName: 'Karin',
      roles: ['approver'],
      team: null,
      approvalLimit: null,
      status: 'active',
    },
    viewer: { userId: id, roles: ['approver'], accounts: 'all' },
  } as unknown as SignedIn
})
afterAll(() => gateway.close())

const warehouse = (id: string, name: string) => ({
  kind: 'warehouse' as const,
  id,
  value: { id, name, openToWebshop: true, priority: 1 },
})

/** A node's tail that stands still where it is told to. */
function tailAt(position: number): FeedTail & { healthy: () => boolean; fail(): void } {
  let healthy = true
  const listeners = new Set<() => void>()
  return {
    position: () => position,
    after: () => null,
    onMove(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    wake: () => undefined,
    healthy: () => healthy,
    close: () => Promise.resolve(),
    fail() {
      healthy = false
      for (const listener of listeners) listener()
    },
  }
}

function follow(
  tail: FeedTail,
  cursor: { epoch: string; seq: number } | null,
  take: (changes: readonly Change[]) => Promise<void> = () => Promise.resolve(),
) {
  const welcomes: Welcome[] = []
  const changes: Change[] = []
  const errors: unknown[] = []
  let goodbye: Goodbye['reason'] | null = null
  let caughtUp: CaughtUp | null = null
  const socket: FeedSocket = {
    welcome: (welcome) => welcomes.push(welcome),
    async changes(texts) {
      const batch = texts.map((text) => JSON.parse(text.toString()) as Change)
      await take(batch)
      changes.push(...batch)
    },
    caughtUp: (at) => (caughtUp = at),
    goodbye: (reason) => (goodbye = reason),
  }
  const stop = subscribe(viewer, cursor, {
    db: gateway.context.db,
    tail,
    installation: { gateway: 'g', epoch: 'e' },
    socket,
    now: () => new Date(),
    refresh: () => Promise.resolve(viewer),
    onError: (error) => errors.push(error),
  })
  return {
    stop,
    welcomes,
    changes,
    errors,
    get goodbye() {
      return goodbye
    },
    get caughtUp() {
      return caughtUp
    },
  }
}

test('a console ahead of its new node is not reset, and is called current only by the database', async () => {
  const { db } = gateway.context
  await inTransaction(db, (tx) => publish(tx, [warehouse('A', 'A1')]))
  const before = await newestReadable(db)
  await inTransaction(db, (tx) => publish(tx, [warehouse('B', 'B1')]))
  const ahead = follow(tailAt(before - 5), { epoch: 'e.1', seq: before })
  await expect.poll(() => ahead.caughtUp).not.toBeNull()
  expect(ahead.welcomes).toMatchObject([{ reset: false }])
  expect(ahead.changes.map(({ id }) => id)).toEqual(['B'])
  expect(ahead.caughtUp).toMatchObject({ seq: await newestReadable(db) })
  ahead.stop()
})

test('a cursor from a later time than the database has come to begins anew', async () => {
  const lost = follow(tailAt(0), { epoch: 'e.1', seq: 10 ** 12 })
  await expect.poll(() => lost.caughtUp).not.toBeNull()
  expect(lost.welcomes).toMatchObject([{ reset: true }])
  lost.stop()
})

test('a cursor older than the tombstones begins anew, as of now and on every node', async () => {
  const { db } = gateway.context
  const newest = await newestReadable(db)
  await db.updateTable('installation').set({ feed_floor: newest }).execute()
  try {
    const old = follow(tailAt(newest), { epoch: 'e.1', seq: newest - 1 })
    await expect.poll(() => old.caughtUp).not.toBeNull()
    expect(old.welcomes).toMatchObject([{ reset: true }])
    old.stop()
  } finally {
    await db.updateTable('installation').set({ feed_floor: 0 }).execute()
  }
})

test('cursors are those of durable changes, never of a transaction that came to nothing', async () => {
  const { db } = gateway.context
  await inTransaction(db, (tx) => publish(tx, [warehouse('A', 'A2')]))
  const newest = await newestReadable(db)
  for (let n = 0; n < 5; n += 1) {
    await inTransaction(db, async (tx) => {
      publish(tx, [warehouse('A', 'never')])
      throw new Error('rolled back on purpose')
    }).catch(() => undefined)
  }
  const console = await ConsoleClient.open(gateway.url, token)
  expect(console.cursor?.seq).toBe(newest)
  console.close()
})

test('says why a console is let go', async () => {
  const tooSlow = follow(tailAt(0), null, () => Promise.reject(new ConsoleTooSlow('no answer')))
  await expect.poll(() => tooSlow.goodbye).toBe('too_slow')
  const broken = follow(tailAt(0), null, () => Promise.reject(new Error('something else')))
  await expect.poll(() => broken.goodbye).toBe('unavailable')
  expect(broken.errors).toHaveLength(1)
  const tail = tailAt(0)
  const cutOff = follow(tail, null)
  await expect.poll(() => cutOff.caughtUp).not.toBeNull()
  tail.fail()
  await expect.poll(() => cutOff.goodbye).toBe('unavailable')
})

test('a console that is gone is no error', async () => {
  const gone = follow(tailAt(0), null, () => {
    gone.stop()
    return Promise.reject(new Error('the line is gone'))
  })
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(gone.errors).toEqual([])
  expect(gone.goodbye).toBeNull()
})
