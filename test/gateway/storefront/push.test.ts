import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { StorefrontChange } from '../../../contract/storefront'
import { inTransaction } from '../../../gateway/database/transaction'
import { setShopPushUrl, rotateShopSecret } from '../../../gateway/storefront/manage-shops'
import { retryDelay } from '../../../gateway/storefront/backoff'
import { startPushing, type PushOptions, type Pushing } from '../../../gateway/storefront/push'
import { tellShop } from '../../../gateway/storefront/tell-shop'
import { submitted } from './documents'
import { ReceivingShop } from './receiving-shop'
import { Webshop, type Node } from './webshop'
import { idTold } from '../../support/told'

let shop: Webshop
let receiver: ReceivingShop
let secret: string
const running: Pushing[] = []

beforeEach(async () => {
  shop = await Webshop.open()
  secret = shop.secret
  receiver = await ReceivingShop.open(() => secret)
  await setShopPushUrl(shop.db, 'shop', receiver.url)
})
afterEach(async () => {
  for (const pushing of running.splice(0)) await pushing.stop()
  await receiver.close()
  await shop.close()
})

/** Tries again at once, so that hours pass in milliseconds; the delays themselves are tested apart. */
function push(options: Partial<PushOptions> = {}, node: Node = shop.node): Pushing {
  const pushing = startPushing(
    node.context,
    { onMove: () => () => undefined },
    { pollMs: 20, retryDelay: () => 10, ...options },
  )
  running.push(pushing)
  return pushing
}

function change(id: string): StorefrontChange {
  return {
    type: 'requisition.rejected',
    timestamp: '2026-11-23T11:00:00.000Z',
    data: {
      id,
      number: 'K-1',
      revision: 1,
      company: 'berg',
      contact: 'rut',
      decidedBy: 'Astrid',
      reason: 'Nej',
    },
  }
}

async function tell(...ids: readonly string[]) {
  for (const id of ids) await inTransaction(shop.db, (tx) => tellShop(tx, 'shop', change(id)))
}

const delivered = () => receiver.received.map(({ change: told }) => idTold(told))
const state = () =>
  shop.db
    .selectFrom('storefront_push')
    .selectAll()
    .where('shop_id', '=', 'shop')
    .executeTakeFirstOrThrow()

test('every change is posted signed, under its own id, and once', async () => {
  await shop.send(submitted({ id: 'pushed-1' }))
  push()
  await receiver.until(() => receiver.received.length === 1)
  const { changes } = (await shop.changes()).body
  expect(receiver.received).toMatchObject([
    { id: changes[0]!.id, change: changes[0]!.change, path: '/kontor' },
  ])
  await vi.waitFor(async () => expect((await state()).change_id).toBe(changes[0]!.id))
  await tell('next')
  await receiver.until(() => receiver.received.length === 2)
  expect(delivered()).toEqual(['pushed-1', 'next'])
  expect(receiver.unverified).toEqual([])
})

test('a wake-up is enough: nobody waits for the next look', async () => {
  let move = () => {}
  running.push(
    startPushing(
      shop.node.context,
      {
        onMove(listener) {
          move = listener
          return () => undefined
        },
      },
      { pollMs: 3_600_000 },
    ),
  )
  await tell('woken')
  // Moved again until it may be read: other tests write on the same server, and changes wait for them.
  await vi.waitFor(
    () => {
      move()
      expect(receiver.received).toHaveLength(1)
    },
    { timeout: 20_000 },
  )
  expect(delivered()).toEqual(['woken'])
})

test('a shop that fails in every way gets everything, in order, each under one id', async () => {
  const ids = Array.from({ length: 12 }, (_, index) => `c-${index}`)
  await tell(...ids)
  // Each change fails twice before it is taken.
  const tries = new Map<string, number>()
  const failures = [
    500,
    'cut',
    429,
    404,
    'hang',
    { redirect: `${receiver.url}/elsewhere` },
  ] as const
  receiver.reply = ({ id }, count) => {
    const before = tries.get(id) ?? 0
    tries.set(id, before + 1)
    return before < 2 ? failures[count % failures.length]! : 200
  }
  push({ timeoutMs: 100, leaseMs: 5_000 })
  await receiver.until(() => receiver.received.length === ids.length * 3)
  expect(delivered()).toEqual(ids.flatMap((id) => [id, id, id]))
  expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(ids.length)
  // Not followed to where it pointed.
  expect(new Set(receiver.received.map(({ path }) => path))).toEqual(new Set(['/kontor']))
  await vi.waitFor(async () => {
    expect(await state()).toMatchObject({ attempts: 0, last_error: null })
  })
})

test('a failure is noted, and waited for', async () => {
  await tell('first', 'second')
  receiver.reply = () => 503
  const delays: [number, number][] = []
  push({
    retryDelay(failures, chance) {
      delays.push([failures, chance])
      return failures < 3 ? 1 : 60_000
    },
  })
  await receiver.until(() => receiver.received.length === 3)
  await vi.waitFor(async () => {
    expect(await state()).toMatchObject({
      attempts: 3,
      last_error: 'answered with status 503',
      change_id: null,
    })
  })
  expect(delays.map(([failures]) => failures)).toEqual([1, 2, 3])
  expect(delays.every(([, chance]) => chance >= 0 && chance < 1)).toBe(true)
  const { next_attempt_at } = await state()
  expect(next_attempt_at.getTime()).toBeGreaterThan(Date.now() + 50_000)
  expect(delivered()).toEqual(['first', 'first', 'first'])
})

test('an address where nobody listens is no crash', async () => {
  await receiver.close()
  await tell('a')
  push({ retryDelay: () => 60_000 })
  await vi.waitFor(async () => {
    expect(await state()).toMatchObject({ attempts: 1, last_error: 'ECONNREFUSED' })
  })
  expect(shop.node.logged.filter(({ level }) => level >= 40)).toEqual([])
})

test('410 ends pushing, with an entry in the audit, and a new address goes on where it ended', async () => {
  await tell('a', 'b', 'c')
  receiver.reply = (_, count) => (count === 1 ? 410 : 204)
  push()
  await vi.waitFor(async () => {
    const { push_url } = await shop.db
      .selectFrom('shop')
      .select('push_url')
      .where('id', '=', 'shop')
      .executeTakeFirstOrThrow()
    expect(push_url).toBeNull()
  })
  const audit = await shop.db
    .selectFrom('audit')
    .select(['type', 'data', 'actor'])
    .where('type', '=', 'shop.push_stopped')
    .execute()
  expect(audit).toMatchObject([
    { actor: { kind: 'system' }, data: { pushUrl: receiver.url, status: 410 } },
  ])
  expect(delivered()).toEqual(['a', 'b'])
  await setShopPushUrl(shop.db, 'shop', receiver.url)
  await receiver.until(() => receiver.received.length === 4)
  expect(delivered()).toEqual(['a', 'b', 'b', 'c'])
})

test('two nodes push to a shop one at a time, and everything once', async () => {
  const second = await shop.anotherNode()
  const ids = Array.from({ length: 40 }, (_, index) => `c-${index}`)
  push({ pollMs: 5 })
  push({ pollMs: 5 }, second)
  await tell(...ids)
  await receiver.until(() => receiver.received.length >= ids.length)
  await vi.waitFor(async () => {
    expect((await state()).change_id).toBe(receiver.received.at(-1)!.id)
  })
  expect(delivered()).toEqual(ids)
  expect(receiver.mostAtOnce).toBe(1)
})

test('a node that dies in the middle leaves the change to another, when its lease has ended', async () => {
  await tell('a')
  receiver.reply = (_, count) => (count === 0 ? 'hang' : 204)
  // Never settles: as good as dead.
  push({ leaseMs: 300, timeoutMs: 20_000 })
  await receiver.until(() => receiver.received.length === 1)
  const second = await shop.anotherNode()
  push({ leaseMs: 300 }, second)
  await receiver.until(() => receiver.received.length === 2)
  const [first, again] = receiver.received
  expect(again!.id).toBe(first!.id)
  expect(again!.at - first!.at).toBeGreaterThanOrEqual(250)
})

test('stopping breaks off what hangs and counts it as no failure', async () => {
  await tell('a')
  receiver.reply = () => 'hang'
  const pushing = push({ leaseMs: 60_000 })
  await receiver.until(() => receiver.received.length === 1)
  await pushing.stop()
  const left = await state()
  expect(left).toMatchObject({ attempts: 0, last_error: null, change_id: null })
  // Free for any node at once.
  expect(left.next_attempt_at.getTime()).toBeLessThanOrEqual(Date.now())
  receiver.reply = () => 204
  push()
  await receiver.until(() => receiver.received.length === 2)
})

test('the new secret signs as soon as it has been changed', async () => {
  await tell('a')
  receiver.reply = () => 500
  push()
  await receiver.until(() => receiver.received.length >= 1)
  const rotated = await rotateShopSecret(shop.db, 'shop', { now: new Date() })
  secret = rotated.ok ? rotated.secret : ''
  receiver.reply = () => 204
  await vi.waitFor(async () => expect((await state()).change_id).not.toBeNull())
  expect(delivered().at(-1)).toBe('a')
})

test('a shop that has not taken its new secret in yet goes on with the old one', async () => {
  await rotateShopSecret(shop.db, 'shop', { now: new Date() })
  await tell('a')
  push()
  await receiver.until(() => receiver.received.length === 1)
  expect(receiver.unverified).toEqual([])
  expect((await shop.changes()).headers.get('webhook-signature')).toMatch(/^v1,\S+ v1,\S+$/)
})

test('every attempt is told with what became of it', async () => {
  const posted: string[] = []
  receiver.reply = (_push, count) => (count === 0 ? 500 : 204)
  await tell('a')
  push({
    onPosted: (outcome, seconds) => {
      expect(seconds).toBeGreaterThan(0)
      posted.push(outcome)
    },
  })
  await vi.waitFor(() => expect(posted).toEqual(['failed', 'delivered']))
})

describe('nothing is pushed', () => {
  test('to a shop that is disabled or has no address', async () => {
    await tell('a')
    await shop.db.updateTable('shop').set({ status: 'disabled' }).execute()
    const pushing = push()
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(receiver.received).toEqual([])
    await shop.db.updateTable('shop').set({ status: 'active' }).execute()
    pushing.wake()
    await receiver.until(() => receiver.received.length === 1)
  })

  test('that has not been committed', async () => {
    push({ pollMs: 5 })
    await inTransaction(shop.db, async (tx) => {
      // Its number is taken now, though it is written last of all.
      await sql`select pg_current_xact_id()`.execute(tx)
      tellShop(tx, 'shop', change('a'))
      await tell('b')
      await new Promise((resolve) => setTimeout(resolve, 100))
      expect(receiver.received).toEqual([])
    })
    await receiver.until(() => receiver.received.length === 2)
    expect(delivered()).toEqual(['a', 'b'])
  })

  test('where it would leave this machine in the clear', async () => {
    await tell('a')
    await shop.db.updateTable('shop').set({ push_url: 'http://example.com/' }).execute()
    push({ retryDelay: () => 60_000 })
    await vi.waitFor(async () => {
      expect(await state()).toMatchObject({ last_error: 'the address is not allowed' })
    })
  })
})

describe('the wait after a failure', () => {
  test('doubles from five seconds to six hours, up to half shorter by chance', () => {
    const longest = Array.from({ length: 30 }, (_, index) => retryDelay(index + 1, 0))
    expect(longest.slice(0, 5)).toEqual([5_000, 10_000, 20_000, 40_000, 80_000])
    expect(longest.at(-1)).toBe(6 * 3_600_000)
    expect([...longest].sort((a, b) => a - b)).toEqual(longest)
    expect(retryDelay(3, 0.5)).toBe(15_000)
    expect(retryDelay(3, 1)).toBe(10_000)
    // A shop that has been away for a month has failed some 130 times.
    expect(retryDelay(2_000, 0)).toBe(6 * 3_600_000)
  })
})
