import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { inTransaction } from '../../../gateway/database/transaction'
import { publish } from '../../../gateway/feed/publish'
import { newestReadable } from '../../../gateway/feed/read'
import { sweepFeed } from '../../../gateway/jobs/sweep-feed'
import { ConsoleClient } from '../../support/console-client'
import {
  addTestShop,
  addUser,
  signInAs,
  startTestGateway,
  type TestGateway,
} from '../../support/gateway'
import { load, proposal, smallSeller } from '../../support/small-seller'

const day = 86_400_000

let gateway: TestGateway
let token: string

beforeAll(async () => {
  gateway = await startTestGateway()
  await load(gateway, smallSeller)
  await addUser(gateway, { username: 'karin', roles: ['approver'] })
  token = await signInAs(gateway, 'karin')
})
afterAll(() => gateway.close())

async function sweepAfter(days: number): Promise<void> {
  const { context } = gateway
  const then = new Date(Date.now() + days * day)
  await sweepFeed({ ...context, now: () => then }, await newestReadable(context.db))
}

const warehouse = (name: string | null) =>
  inTransaction(gateway.context.db, (tx) =>
    publish(tx, [
      {
        kind: 'warehouse',
        id: 'OLD',
        value: name === null ? null : { id: 'OLD', name, openToWebshop: true, priority: 9 },
      },
    ]),
  )

test('what finished long ago leaves every replica, and in time the feed', async () => {
  const { db } = gateway.context
  const shop = await addTestShop(gateway)
  await shop.send(proposal('D-1'))
  await shop.send(proposal('D-2'))
  const console = await ConsoleClient.open(gateway.url, token)
  const [finished, open] = await console.until('both', () => {
    const found = console.all('requisition')
    return found.length === 2 ? found : null
  })
  if (!finished || !open) throw new Error('two were sent')
  for (const { id } of [finished, open]) {
    await console.command('requisition.mark_read', id, null, { revision: 1 })
  }
  await console.command('requisition.reject', finished.id, finished.version, {
    revision: 1,
    reason: 'Utgått ur sortimentet.',
  })
  await warehouse('Gammalt')
  await warehouse(null)

  await sweepAfter(29)
  expect(await heldOf(finished.id)).toBe('a value')
  await sweepAfter(31)
  await console.until('its leaving', () => console.get('requisition', finished.id) === null)
  expect(console.get('requisition', open.id)).not.toBeNull()
  await console.until('the mark of it to leave', () => console.all('read_mark').length === 1)
  expect(console.all('read_mark')[0]?.value.requisitionId).toBe(open.id)
  const before = console.cursor
  if (!before) throw new Error('caught up')

  // The feed's position is noted once a day, so the tombstone lies under the note of the next.
  await sweepAfter(32)
  await sweepAfter(92)
  expect(await heldOf(finished.id)).toBe('a tombstone')
  await sweepAfter(93)
  expect(await heldOf(finished.id)).toBe('nothing')

  // The tombstone of what may come back stays, and goes on counting.
  await warehouse('Nytt')
  gateway.context.wake()
  await console.until('the warehouse again', () => console.get('warehouse', 'OLD'))
  expect(console.get('warehouse', 'OLD')?.version).toBe(3)
  console.close()

  const away = new ConsoleClient(gateway.url, token, { cursor: { ...before, seq: 1 } })
  await away.until('its welcome', () => away.welcomes[0])
  expect(away.welcomes[0]?.reset).toBe(true)
  away.close()

  async function heldOf(id: string) {
    const row = await db
      .selectFrom('feed')
      .select('value')
      .where('kind', '=', 'requisition')
      .where('id', '=', id)
      .executeTakeFirst()
    return row === undefined ? 'nothing' : row.value === null ? 'a tombstone' : 'a value'
  }
})

test.each([
  ['the day of 23 hours', '2026-03-29T00:30:00Z'],
  ['the day of 25 hours', '2026-10-25T00:30:00Z'],
])('thirty days are as long as ever with %s among them', async (which, night) => {
  const { context } = gateway
  vi.stubEnv('TZ', 'Europe/Stockholm')
  onTestFinished(() => void vi.unstubAllEnvs())
  const { send } = await addTestShop(gateway, which.replaceAll(' ', '-'))
  const { body } = await send(proposal(which))
  const { id } = body['requisition'] as { id: string }
  const finishedAt = new Date(Date.parse(night) - 15 * day)
  const finish = { finished_at: finishedAt, state: 'rejected' } as const
  await context.db.updateTable('requisition').set(finish).where('id', '=', id).execute()
  const isHeld = async (after: number) => {
    const now = () => new Date(finishedAt.getTime() + after)
    await sweepFeed({ ...context, now }, await newestReadable(context.db))
    const { value } = await context.db
      .selectFrom('feed')
      .select('value')
      .where('kind', '=', 'requisition')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    return value !== null
  }
  expect(await isHeld(30 * day - 60_000)).toBe(true)
  expect(await isHeld(30 * day + 60_000)).toBe(false)
})

test('a quote that ended long ago leaves every replica, and comes back as a new version', async () => {
  const { db } = gateway.context
  const id = randomUUID()
  const console = await ConsoleClient.open(gateway.url, token)
  const from = { kind: 'contact', contactId: 'anna' }
  await console.command('quote.create', id, null, { from })
  await console.until('the draft', () => console.get('quote', id))
  await console.command('quote.withdraw', id, 1, { revision: 1, reason: null })
  await console.until('its end', () => console.get('quote', id)?.version === 2)

  await sweepAfter(31)
  await console.until('its leaving', () => console.get('quote', id) === null)
  const begun = await console.command('quote.new_version', id, 3, { revision: 1 })
  expect(begun, JSON.stringify(begun)).toMatchObject({ ok: true, version: 4 })
  const back = await console.until('its return', () => console.get('quote', id))
  expect(back).toMatchObject({ version: 4, value: { state: 'draft' } })
  await sweepAfter(31)
  expect(await db.selectFrom('quote').select('version').where('id', '=', id).execute()).toEqual([
    { version: 4 },
  ])
  console.close()
})
