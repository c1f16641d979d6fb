import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ConsoleClient } from '../../support/console-client'
import {
  addTestShop,
  addUser,
  signInAs,
  startTestGateway,
  type TestGateway,
} from '../../support/gateway'
import { countRows } from '../../support/rows'
import { load, proposal, smallSeller } from '../../support/small-seller'

let gateway: TestGateway
let shop: Awaited<ReturnType<typeof addTestShop>>
let karin: ConsoleClient
let erik: ConsoleClient
let agneta: ConsoleClient
let admin: ConsoleClient

beforeAll(async () => {
  gateway = await startTestGateway()
  await load(gateway, smallSeller)
  shop = await addTestShop(gateway)
  await addUser(gateway, { username: 'karin', roles: ['approver'] })
  await addUser(gateway, { username: 'erik', roles: ['rep'], approvalLimit: 10_000 })
  await addUser(gateway, { username: 'agneta', roles: ['agent'] })
  await addUser(gateway, { username: 'adam', roles: ['admin'] })
  const open = async (name: string) =>
    ConsoleClient.open(gateway.url, await signInAs(gateway, name))
  ;[karin, erik, agneta, admin] = [
    await open('karin'),
    await open('erik'),
    await open('agneta'),
    await open('adam'),
  ]
})
afterAll(async () => {
  for (const client of [karin, erik, agneta, admin]) client.close()
  await gateway.close()
})

/** A new proposal as Karin sees it. */
async function submitted(overrides: Record<string, unknown> = {}) {
  const documentId = randomUUID()
  const { status, body } = await shop.send(proposal(documentId, overrides))
  expect(status, JSON.stringify(body)).toBe(202)
  return karin.until('the requisition', () =>
    karin.all('requisition').find(({ value }) => value.shop.documentId === documentId),
  )
}

/** Run something that must be refused, and insist that no row anywhere was written. */
async function refusedWithoutTrace(act: () => Promise<unknown>): Promise<unknown> {
  const before = await countRows(gateway.context.db)
  const answer = await act()
  expect(await countRows(gateway.context.db)).toEqual(before)
  return answer
}

test('the same id again gives the first answer and does nothing more', async () => {
  const row = await submitted()
  const id = randomUUID()
  const first = await karin.command('requisition.approve', row.id, row.version, { revision: 1 }, id)
  expect(first).toMatchObject({ ok: true })
  const again = await refusedWithoutTrace(() =>
    karin.command('requisition.approve', row.id, row.version, { revision: 1 }, id),
  )
  expect(again).toEqual(first)
})

test('twenty of the same id at once make one order and one answer', async () => {
  const row = await submitted()
  const id = randomUUID()
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      karin.command('requisition.approve', row.id, row.version, { revision: 1 }, id),
    ),
  )
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  expect(answers[0]).toMatchObject({ ok: true })
  const { rows } = await gateway.context.db
    .selectFrom('sales_order')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('source_id', '=', row.id)
    .execute()
    .then((rows) => ({ rows }))
  expect(rows[0]?.count).toBe(1)
})

test('an id that was used for something else is refused', async () => {
  const row = await submitted()
  const id = randomUUID()
  await karin.command('requisition.claim', row.id, row.version, {}, id)
  const answer = await refusedWithoutTrace(() =>
    karin.command(
      'requisition.reject',
      row.id,
      row.version + 1,
      { revision: 1, reason: 'nej' },
      id,
    ),
  )
  expect(answer).toMatchObject({ ok: false, error: { code: 'command_id_reused' } })
  const others = await refusedWithoutTrace(() =>
    erik.command('requisition.claim', row.id, row.version, {}, id),
  )
  expect(others).toMatchObject({ ok: false, error: { code: 'command_id_reused' } })
})

test('a stale version is refused with the current one', async () => {
  const row = await submitted()
  await karin.command('requisition.claim', row.id, row.version)
  const answer = await refusedWithoutTrace(() =>
    karin.command('requisition.reject', row.id, row.version, { revision: 1, reason: 'för sent' }),
  )
  expect(answer).toMatchObject({
    ok: false,
    error: { code: 'stale_version', details: { currentVersion: row.version + 1 } },
  })
})

test('who comes second is told who was first, when, and with which order', async () => {
  const row = await submitted()
  const first = await erik.command('requisition.claim', row.id, row.version)
  expect(first).toMatchObject({ ok: true })
  const taken = await karin.command('requisition.approve', row.id, row.version + 1, { revision: 1 })
  expect(taken).toMatchObject({
    ok: false,
    error: { code: 'claimed_by_other', details: { by: 'Erik' } },
  })
  await karin.command('requisition.claim', row.id, row.version + 1)
  await karin.command('requisition.approve', row.id, row.version + 2, { revision: 1 })
  const second = await refusedWithoutTrace(() =>
    erik.command('requisition.approve', row.id, row.version + 1, { revision: 1 }),
  )
  expect(second).toMatchObject({
    ok: false,
    error: {
      code: 'already_decided',
      details: {
        currentVersion: row.version + 3,
        outcome: {
          kind: 'ordered',
          by: { name: 'Karin' },
          at: expect.any(String),
          orderNumber: expect.any(String),
        },
      },
    },
  })
})

test.each([
  ['an unknown command', 'requisition.explode', {}, 'unknown_command'],
  ['a prototype’s name', 'constructor', {}, 'unknown_command'],
  ['a missing field', 'requisition.approve', {}, 'invalid'],
  ['a wrong type', 'requisition.approve', { revision: 'one' }, 'invalid'],
  ['a field that is not known', 'requisition.claim', { hurry: true }, 'invalid'],
  [
    'a warehouse it cannot come from',
    'requisition.approve',
    { revision: 1, warehouses: { '1': 'SVC' } },
    'invalid',
  ],
  ['an old revision', 'requisition.approve', { revision: 7 }, 'stale_version'],
])('%s is refused and leaves no trace', async (_what, type, payload, code) => {
  const row = await submitted()
  const answer = await refusedWithoutTrace(() => karin.command(type, row.id, row.version, payload))
  expect(answer).toMatchObject({
    ok: false,
    error: { code, message: expect.stringMatching(/\.$/) },
  })
})

test.each([
  ['nothing', undefined],
  ['a string', 'approve!'],
  [
    'an id that is none',
    { id: '1', type: 'requisition.claim', aggregateId: 'x', expectedVersion: 1, payload: {} },
  ],
  [
    'a negative version',
    {
      id: randomUUID(),
      type: 'requisition.claim',
      aggregateId: 'x',
      expectedVersion: -1,
      payload: {},
    },
  ],
])('%s instead of a command is malformed', async (_what, envelope) => {
  expect(await refusedWithoutTrace(() => karin.send(envelope))).toMatchObject({
    ok: false,
    error: { code: 'malformed' },
  })
})

test('what does not exist, or is not an id at all, is not found', async () => {
  for (const id of [randomUUID(), 'no id', "'; drop table requisition; --"]) {
    expect(await karin.command('requisition.claim', id, 1)).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
  }
})

test('who may not decide waits for nobody’s lock', async () => {
  const { db } = gateway.context
  const { id, version } = await submitted()
  await db.transaction().execute(async (tx) => {
    await tx
      .selectFrom('requisition')
      .select('id')
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirstOrThrow()
    for (const nobody of [agneta, admin]) {
      expect(
        await nobody.command('requisition.approve', id, version, { revision: 1 }),
      ).toMatchObject({ ok: false, error: { code: 'forbidden' } })
    }
  })
})

test('roles, accounts and limits are checked here, not on the screen', async () => {
  const own = await submitted()
  const others = await submitted({ contact: 'per' })
  expect(
    await refusedWithoutTrace(() =>
      agneta.command('requisition.approve', own.id, own.version, { revision: 1 }),
    ),
  ).toMatchObject({ ok: false, error: { code: 'forbidden' } })
  expect(
    await refusedWithoutTrace(() =>
      admin.command('requisition.approve', own.id, own.version, { revision: 1 }),
    ),
  ).toMatchObject({ ok: false, error: { code: 'forbidden' } })
  expect(
    await refusedWithoutTrace(() =>
      karin.command('user.create', randomUUID(), null, {
        username: 'mallory',
        displayName: 'M',
        password: 'granit lampa kvarn 7',
        roles: ['admin'],
        team: null,
        approvalLimit: null,
      }),
    ),
  ).toMatchObject({ ok: false, error: { code: 'forbidden' } })
  // Erik owns 1001 and may decide up to 100 kr; 1002 is not his to see.
  expect(
    await refusedWithoutTrace(() =>
      erik.command('requisition.approve', others.id, others.version, { revision: 1 }),
    ),
  ).toMatchObject({ ok: false, error: { code: 'not_found' } })
  expect(
    await refusedWithoutTrace(() =>
      erik.command('requisition.approve', own.id, own.version, { revision: 1 }),
    ),
  ).toMatchObject({
    ok: false,
    error: { code: 'above_limit', details: { limit: 10_000, total: own.value.totals.net } },
  })
})

test('nothing is ordered for a company that was blocked meanwhile, nor without a price', async () => {
  const blocked = await submitted({ contact: 'per' })
  await load(gateway, { company: [{ ...smallSeller.company![1]!, status: 'blocked' }] })
  expect(
    await refusedWithoutTrace(() =>
      karin.command('requisition.approve', blocked.id, blocked.version, { revision: 1 }),
    ),
  ).toMatchObject({ ok: false, error: { code: 'company_blocked' } })
  await load(gateway, { company: [smallSeller.company![1]!] })
  const unpriced = await submitted({ lines: [{ id: '1', article: 'NP-0001', quantity: '1' }] })
  expect(
    await refusedWithoutTrace(() =>
      karin.command('requisition.approve', unpriced.id, unpriced.version, { revision: 1 }),
    ),
  ).toMatchObject({
    ok: false,
    error: { code: 'price_missing', details: { lineIds: ['1'] } },
  })
})

test('an approval lowers what can be delivered, once, for everyone who watches', async () => {
  const row = await submitted({
    lines: [{ id: '1', article: 'RB-2206', quantity: '40', warehouse: 'GBG' }],
  })
  await karin.command('requisition.approve', row.id, row.version, { revision: 1 })
  const commitment = await agneta.until('the commitment', () =>
    agneta
      .all('commitment')
      .find(({ value }) => value.lines.some(({ quantity }) => quantity === 40_000)),
  )
  expect(commitment.value).toMatchObject({
    exportedAt: null,
    lines: [{ articleId: 'RB-2206', warehouseId: 'GBG', quantity: 40_000 }],
  })
})

test('lines of one order share the stock, whatever a line is called', async () => {
  const row = await submitted({
    lines: [
      { id: 'constructor', article: 'RB-2206', quantity: '30', warehouse: 'GBG' },
      { id: '2', article: 'RB-2206', quantity: '30', warehouse: 'GBG' },
    ],
  })
  await karin.command('requisition.approve', row.id, row.version, { revision: 1 })
  const order = await karin.until('the order', () =>
    karin.all('order').find(({ value }) => value.source.id === row.id),
  )
  // 85 in Göteborg less the 40 that an earlier order took: enough for one of them.
  expect(order.value.lines.map(({ warehouseId }) => warehouseId)).toEqual(['GBG', 'STH'])
})

test('a mark that comes late does not undo what was read meanwhile', async () => {
  const row = await submitted()
  await karin.command('requisition.mark_read', row.id, null, { revision: 2 })
  await karin.command('requisition.mark_read', row.id.toUpperCase(), null, { revision: 1 })
  const marks = karin.all('read_mark').filter(({ value }) => value.requisitionId === row.id)
  await karin.until('the marks', () =>
    karin.all('read_mark').some(({ value }) => value.requisitionId === row.id),
  )
  expect(marks.every(({ value }) => value.revision === 2)).toBe(true)
})
