import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { CommandPayload } from '../../../contract/commands'
import {
  followSource,
  setRights,
  sourceSays,
  type GroupRights,
  type HeldRights,
} from '../../../domain/customer-group'
import { ConsoleClient } from '../../support/console-client'
import {
  addTestShop,
  addUser,
  signInAs,
  startTestGateway,
  type TestGateway,
} from '../../support/gateway'
import { load, proposal, smallSeller } from '../../support/small-seller'

let gateway: TestGateway
let adam: ConsoleClient
let anna: ConsoleClient
const consoles: ConsoleClient[] = []
let id = ''
let count = 0

beforeAll(async () => {
  gateway = await startTestGateway()
  await load(gateway, smallSeller)
  await addUser(gateway, { username: 'adam', roles: ['admin'] })
  await addUser(gateway, { username: 'anna', roles: ['admin'] })
  adam = await open('adam')
  anna = await open('anna')
})
afterAll(async () => {
  for (const console of consoles) console.close()
  await gateway.close()
})
beforeEach(async () => {
  count += 1
  id = `G-${count}`
  await sourceSaysOf(id, theirs)
  await adam.until('the group', () => adam.get('customer_group', id))
})

async function open(username: string): Promise<ConsoleClient> {
  const console = await ConsoleClient.open(gateway.url, await signInAs(gateway, username))
  consoles.push(console)
  return console
}

const theirs: GroupRights = {
  orderingRight: 'order',
  orderLimit: { perOrder: 100_000, perPeriod: 150_000, period: 'month', currency: 'SEK' },
}
const ours: CommandPayload<'customer_group.set'> = {
  orderingRight: 'order',
  orderLimit: { perOrder: 2_500_000, perPeriod: 90_000_050, period: 'year', currency: 'SEK' },
}

/** The source sends a group, as master data. */
async function sourceSaysOf(
  group: string,
  { orderingRight, orderLimit: { perOrder, perPeriod, period, currency } }: GroupRights,
  name = 'Gruppen',
): Promise<void> {
  const limits = {
    ...(perOrder !== null && { limitPerOrder: perOrder / 100 }),
    ...(perPeriod !== null && { limitPerPeriod: perPeriod / 100 }),
  }
  await load(gateway, {
    customer_group: [{ id: group, name, orderingRight, ...limits, period, currency }],
  })
}
const set = (console: ConsoleClient, version: number | null, payload: object = ours, of = id) =>
  console.command('customer_group.set', of, version, payload)
const follow = (version: number | null, of = id) =>
  adam.command('customer_group.follow_source', of, version, {})
const held = (of = id) => adam.get('customer_group', of)
const atVersion = (version: number, of = id) =>
  adam.until(`version ${version}`, () => {
    const found = held(of)
    return found && found.version >= version ? found : undefined
  })
async function history(of = id) {
  const answer = await adam.query('audit.of', { aggregateId: of })
  if (!answer.ok) throw new Error(answer.error.message)
  return (answer.result as { rows: { type: string; data: object }[] }).rows
}

test('what an admin sets is in force and told to everybody, with who has set it and what the source says', async () => {
  expect(await set(adam, 1)).toMatchObject({ ok: true, version: 2 })
  const { value } = await atVersion(2)
  expect(value).toMatchObject({ name: 'Gruppen', ...ours, set: { by: 'Adam', source: theirs } })
  expect(await history()).toMatchObject([
    {
      type: 'customer_group.set',
      version: 2,
      actor: { name: 'Adam' },
      data: { name: 'Gruppen', before: theirs, after: ours },
    },
  ])
})

test('later master data changes the name, and is kept for when the source is followed again', async () => {
  await set(adam, 1)
  const later: GroupRights = {
    orderingRight: 'requisition',
    orderLimit: { perOrder: null, perPeriod: 70_000, period: 'year', currency: 'EUR' },
  }
  await sourceSaysOf(id, later, 'Nytt namn')
  expect((await atVersion(3)).value).toMatchObject({
    name: 'Nytt namn',
    ...ours,
    set: { source: later },
  })
  // The same again is nothing new.
  await sourceSaysOf(id, later, 'Nytt namn')
  expect(await follow(3)).toMatchObject({ ok: true, version: 4 })
  const { value } = await atVersion(4)
  expect(value).toMatchObject({ name: 'Nytt namn', ...later })
  expect(value.set).toBeUndefined()
  expect((await history()).map(({ type }) => type)).toEqual([
    'customer_group.source_followed',
    'customer_group.set',
  ])
  await sourceSaysOf(id, theirs)
  expect((await atVersion(5)).value).toMatchObject(theirs)
})

test('decisions, mails and what is left go by what is set', async () => {
  const shop = await addTestShop(gateway, randomUUID())
  const contact = `k-${count}`
  await load(gateway, {
    contact: [
      {
        id: contact,
        company: '1001',
        name: 'Kim',
        email: 'kim@ahlbergs.example',
        customerGroup: id,
      },
    ],
  })
  const stateOf = async (documentId: string) => {
    const { status, body } = await shop.send(
      proposal(documentId, { contact, lines: [{ id: '1', article: 'RB-2206', quantity: '5' }] }),
    )
    expect(status, JSON.stringify(body)).toBe(202)
    const row = await gateway.context.db
      .selectFrom('requisition')
      .select(['state', 'body'])
      .where('document_id', '=', documentId)
      .executeTakeFirstOrThrow()
    return { state: row.state, reasons: row.body.reasons }
  }
  // 80 kr.
  expect(await stateOf(randomUUID())).toMatchObject({ state: 'ordered' })
  const tight = { ...ours, orderLimit: { ...ours.orderLimit, perOrder: 7_999 } }
  await set(adam, null, tight)
  expect(await stateOf(randomUUID())).toMatchObject({
    state: 'submitted',
    reasons: [{ kind: 'over_order_limit', limit: 7_999, total: 8_000 }],
  })
  const allowances = await adam.query('company.allowances', { companyId: '1001' })
  expect(allowances).toMatchObject({
    ok: true,
    result: {
      contacts: expect.arrayContaining([
        { contactId: contact, period: 'year', currency: 'SEK', used: 8_000 },
      ]),
    },
  })
})

test('of two admins who change it at once one is told of the other', async () => {
  const both = await Promise.all([set(adam, 1), set(anna, 1)])
  expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  expect(both.find(({ ok }) => !ok)).toMatchObject({
    error: { code: 'stale_version', details: { currentVersion: 2, expectedVersion: 1 } },
  })
  expect(await history()).toHaveLength(1)
})

test.each([
  ['a group that there is none of', 'none', ours, 'not_found'],
  [
    'a limit below zero',
    '',
    { ...ours, orderLimit: { ...ours.orderLimit, perOrder: -1 } },
    'invalid',
  ],
  ['half an öre', '', { ...ours, orderLimit: { ...ours.orderLimit, perOrder: 0.5 } }, 'invalid'],
  ['a right that is none', '', { ...ours, orderingRight: 'everything' }, 'invalid'],
  [
    'a currency that is none',
    '',
    { ...ours, orderLimit: { ...ours.orderLimit, currency: 'kr' } },
    'invalid',
  ],
])('%s is refused', async (_what, of, payload, code) => {
  expect(await set(adam, null, payload, of || id)).toMatchObject({ ok: false, error: { code } })
  expect(await history()).toEqual([])
})

test('a group that follows its source has nothing to be given back', async () => {
  expect(await follow(1)).toMatchObject({ ok: false, error: { code: 'wrong_state' } })
})

test.each(['rep', 'approver', 'agent'] as const)('a user who is only %s may not', async (role) => {
  const username = `${role}${count}`
  await addUser(gateway, { username, roles: [role] })
  const console = await open(username)
  const forbidden = { ok: false, error: { code: 'forbidden' } }
  expect(await set(console, null)).toMatchObject(forbidden)
  expect(await console.command('customer_group.follow_source', id, null, {})).toMatchObject(
    forbidden,
  )
})

const limit = fc.option(fc.integer({ min: 0, max: 9_000_000 }))
const rights: fc.Arbitrary<GroupRights> = fc.record({
  orderingRight: fc.constantFrom('lists', 'requisition', 'order'),
  orderLimit: fc.record({
    perOrder: limit,
    perPeriod: limit,
    period: fc.constantFrom('month', 'year'),
    currency: fc.constantFrom('SEK', 'EUR'),
  }),
})

test('the database holds what the rule says, whoever comes when', async () => {
  const deeds = fc.array(fc.record({ kind: fc.constantFrom('source', 'set', 'follow'), rights }), {
    minLength: 3,
    maxLength: 7,
  })
  await fc.assert(
    fc.asyncProperty(deeds, async (sequence) => {
      const group = randomUUID()
      await sourceSaysOf(group, theirs)
      let expected: HeldRights = { inForce: theirs, source: null }
      for (const { kind, rights: said } of sequence) {
        if (kind === 'source') {
          await sourceSaysOf(group, said)
          expected = sourceSays(expected, said)
        } else if (kind === 'set') {
          expect(await set(adam, null, said, group)).toMatchObject({ ok: true })
          expected = setRights(expected, said)
        } else {
          const followed = followSource(expected)
          expect(await follow(null, group)).toMatchObject({ ok: followed !== null })
          expected = followed ?? expected
        }
      }
      const row = await gateway.context.db
        .selectFrom('feed')
        .select('value')
        .where('kind', '=', 'customer_group')
        .where('id', '=', group)
        .executeTakeFirstOrThrow()
      const value = row.value as GroupRights & { set?: { source: GroupRights } }
      const { orderingRight, orderLimit, set: aside } = value
      expect({ orderingRight, orderLimit }).toEqual(expected.inForce)
      expect(aside?.source ?? null).toEqual(expected.source)
    }),
    { numRuns: 12 },
  )
})
