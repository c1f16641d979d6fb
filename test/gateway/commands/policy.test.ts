import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { QueryResult } from '../../../contract/queries'
import type { ApprovalRule } from '../../../domain/approval/policy'
import type { Role } from '../../../domain/access/roles'
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
let adam: ConsoleClient
let karin: ConsoleClient
let erik: ConsoleClient

beforeAll(async () => {
  gateway = await startTestGateway()
  await load(gateway, smallSeller)
  shop = await addTestShop(gateway)
  await addUser(gateway, { username: 'adam', roles: ['admin'] })
  await addUser(gateway, { username: 'karin', roles: ['approver'] })
  await addUser(gateway, { username: 'erik', roles: ['rep'] })
  const as = async (name: string) => ConsoleClient.open(gateway.url, await signInAs(gateway, name))
  ;[adam, karin, erik] = [await as('adam'), await as('karin'), await as('erik')]
})
afterAll(async () => {
  for (const client of [adam, karin, erik]) client.close()
  await gateway.close()
})

const dear: ApprovalRule = {
  id: 'dear',
  name: 'Dyrt',
  isOn: true,
  when: { fact: 'net', is: 'over', value: 15_000, currency: 'SEK' },
  demands: [{ tier: 1, by: { kind: 'approvers' }, when: { all: [] } }],
}
const today = () => new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Stockholm' })
const days = () => ({ from: '2020-01-01', to: today() })

test('rules are put in force by an admin alone, each time as a version that tells who', async () => {
  expect(await adam.query('policy.get', {})).toMatchObject({
    ok: true,
    result: {
      version: 0,
      rules: [],
      setBy: null,
      setAt: null,
      articleGroups: [{ id: 'ROR', name: { sv: 'Rör', en: 'Pipes' } }],
    },
  })
  for (const client of [karin, erik]) {
    const before = await countRows(gateway.context.db)
    expect(await client.command('policy.set', 'approval', 0, { rules: [dear] })).toMatchObject({
      error: { code: 'forbidden' },
    })
    expect(await countRows(gateway.context.db)).toEqual(before)
  }
  expect(await adam.command('policy.set', 'approval', 0, { rules: [dear] })).toMatchObject({
    ok: true,
    version: 1,
  })
  expect(await karin.query('policy.get', {})).toMatchObject({
    result: { version: 1, rules: [dear], setBy: 'Adam' },
  })
  expect(await erik.query('policy.get', {})).toMatchObject({ error: { code: 'forbidden' } })
})

test('whoever saw other rules is told, and changes nothing', async () => {
  const before = await countRows(gateway.context.db)
  expect(await adam.command('policy.set', 'approval', 0, { rules: [] })).toMatchObject({
    error: { code: 'stale_version', details: { currentVersion: 1, by: 'Adam' } },
  })
  expect(await countRows(gateway.context.db)).toEqual(before)
})

test('two that set rules at once: one does, the other is told', async () => {
  const both = await Promise.all(
    ['A', 'B'].map((name) =>
      adam.command('policy.set', 'approval', 1, { rules: [{ ...dear, name }] }),
    ),
  )
  expect(both.map((answer) => (answer.ok ? 'ok' : answer.error.code)).sort()).toEqual([
    'ok',
    'stale_version',
  ])
})

test('every change of the rules is in the audit, with what they were and what they are', async () => {
  const answer = await adam.query('audit.of', { aggregateId: 'approval' })
  expect(answer).toMatchObject({
    result: {
      rows: [
        { type: 'policy.set', version: 2, data: { before: [dear] } },
        { type: 'policy.set', version: 1, data: { before: [], after: [dear] } },
      ],
    },
  })
})

test.each([
  ['no steps', { ...dear, demands: [] }],
  ['a fact nobody knows', { ...dear, when: { fact: 'weather', is: 'so' } }],
  ['a fraction of an öre', { ...dear, when: { ...dear.when, value: 0.5 } }],
  ['no name', { ...dear, name: ' ' }],
])('a rule with %s is refused with where it is wrong', async (_what, wrong) => {
  const answer = await adam.command('policy.set', 'approval', 2, {
    rules: [dear, { ...wrong, id: 'wrong' }],
  })
  expect(answer).toMatchObject({
    error: {
      code: 'invalid',
      details: { issues: [{ pointer: expect.stringContaining('/payload/rules') }] },
    },
  })
})

test('a condition however deep is answered and not choked on', async () => {
  let when: unknown = { all: [] }
  for (let depth = 0; depth < 2_000; depth += 1) when = { all: [when] }
  const answer = await adam.command('policy.set', 'approval', 2, { rules: [{ ...dear, when }] })
  expect(answer).toMatchObject({ ok: false, error: { code: 'invalid' } })
})

test('rules that cannot work are named, and none is changed', async () => {
  const nobody = randomUUID()
  const answer = await adam.command('policy.set', 'approval', 2, {
    rules: [
      {
        ...dear,
        demands: [
          {
            tier: 1,
            by: { kind: 'users', userIds: [nobody], need: 'any' },
            when: { all: [] },
          },
        ],
      },
    ],
  })
  expect(answer).toMatchObject({
    error: {
      code: 'policy_unsound',
      details: { problems: [{ kind: 'user_cannot_decide', ruleId: 'dear', userId: nobody }] },
    },
  })
  expect(await adam.query('policy.get', {})).toMatchObject({ result: { version: 2 } })
})

test('groups that there are none of are named, where a rule that is on asks for them', async () => {
  const odd: ApprovalRule = {
    ...dear,
    id: 'odd',
    when: {
      any: [
        { fact: 'customerGroup', is: 'one_of', values: ['ORDER', 'ROR'] },
        { all: [{ fact: 'articleGroups', is: 'none_of', values: ['ROR', 'ORDER', 'ORDER'] }] },
      ],
    },
  }
  expect(await adam.command('policy.set', 'approval', 2, { rules: [dear, odd] })).toMatchObject({
    error: {
      code: 'policy_unsound',
      details: {
        problems: [
          { kind: 'unknown_value', ruleId: 'odd', fact: 'customerGroup', value: 'ROR' },
          { kind: 'unknown_value', ruleId: 'odd', fact: 'articleGroups', value: 'ORDER' },
        ],
      },
    },
  })
  const off = { ...odd, isOn: false }
  expect(await adam.command('policy.set', 'approval', 2, { rules: [dear, off] })).toMatchObject({
    ok: true,
    version: 3,
  })
})

test('other rules are tried on what came in, by the figures it came in with', async () => {
  await adam.command('policy.set', 'approval', 3, { rules: [dear] })
  const send = async (quantity: string, contact = 'anna') => {
    const id = randomUUID()
    await shop.send(proposal(id, { contact, lines: [{ id: '1', article: 'RB-2206', quantity }] }))
    return id
  }
  // 16 kr each: 160 kr asks an approver, 80 kr does not; Olle may order up to 1,000 kr himself.
  await send('10')
  const cheap = await send('5')
  const free = await send('5', 'olle')
  const tried = await karin.query('policy.try', {
    rules: [{ ...dear, when: { ...dear.when, value: 5_000 } }],
    ...days(),
  })
  expect(tried).toMatchObject({
    ok: true,
    result: { found: 3, tried: 3, changed: 2, atOnce: { now: 1, would: 0 } },
  })
  const rows = (tried.ok ? tried.result : {}) as {
    rows: { requisitionId: string; now: unknown[]; would: unknown[]; needsPerson: boolean }[]
  }
  expect(rows.rows.map(({ now, would }) => [now.length, would.length])).toEqual([
    [0, 1],
    [0, 1],
  ])
  expect(rows.rows.map(({ needsPerson }) => needsPerson)).toEqual([false, true])
  // Nothing has come of the trial.
  const { rows: left } = await gateway.context.db
    .selectFrom('requisition')
    .select('document_id')
    .where('document_id', 'in', [cheap, free])
    .where('state', '=', 'ordered')
    .execute()
    .then((found) => ({ rows: found }))
  expect(left.map(({ document_id }) => document_id)).toEqual([free])
  expect(await erik.query('policy.try', { rules: [], ...days() })).toMatchObject({
    error: { code: 'forbidden' },
  })
  expect(
    await karin.query('policy.try', { rules: [], from: '2020-01-01', to: '2020-01-31' }),
  ).toMatchObject({ result: { found: 0, tried: 0, changed: 0, rows: [] } })
})

test('whoever may not try rules is told so, whatever is asked', async () => {
  expect(await erik.query('policy.try', { rules: 'none' } as never)).toMatchObject({
    error: { code: 'forbidden' },
  })
})

test('rules are tried on the days that things came in, whenever they were put together', async () => {
  const { db } = gateway.context
  const { found } = await tried([])
  await db
    .updateTable('requisition_revision')
    .set({ submitted_at: new Date('2019-06-01T12:00:00Z') })
    .execute()
  expect(await tried([])).toMatchObject({ found })
})

test('what nobody looked up then counts as neither the one nor the other', async () => {
  const short: ApprovalRule = { ...dear, when: { fact: 'shortLines', is: 'over', value: 0 } }
  const first: ApprovalRule = { ...dear, when: { fact: 'firstOrder', is: 'so' } }
  const margin: ApprovalRule = { ...dear, when: { fact: 'margin', is: 'under', value: 1 } }
  // As before it was looked up of everything that came in.
  await sql`update requisition_revision set facts = facts || '{"shortLines": null}'`.execute(
    gateway.context.db,
  )
  const all = await tried([])
  expect(all.unknown).toBe(0)
  expect(await tried([short])).toMatchObject({
    tried: all.tried,
    unknown: all.tried,
    changed: 0,
    atOnce: { now: 0, would: 0 },
  })
  expect(await tried([{ ...short, isOn: false }])).toMatchObject({ unknown: 0 })
  // Whether it is the first order is known of everything.
  expect(await tried([first])).toMatchObject({ unknown: 0 })
  expect(await tried([margin])).toMatchObject({ unknown: 0 })
})

test('an answer stays within bounds however much there is to tell', async () => {
  const { db } = gateway.context
  await sql`
    insert into requisition_revision (requisition_id, revision, submitted_at, received_at, body, facts)
    select requisition_id, revision + more, submitted_at, received_at, body, facts
    from requisition_revision, generate_series(1000, 1100) more`.execute(db)
  const any = { fact: 'net', is: 'over', value: 0, currency: 'SEK' } as const
  const rules = Array.from({ length: 200 }, (_, at) => ({
    ...dear,
    id: `rule-${at}`,
    name: 'N'.repeat(120),
    when: { all: Array.from({ length: 9 }, () => any) },
    demands: [{ tier: 2, by: { kind: 'approvers' } as const, when: { all: [] } }],
  }))
  const answer = await tried(rules)
  expect(answer.changed).toBe(answer.tried)
  expect(answer.rows.length).toBeGreaterThan(0)
  expect(answer.rows.length).toBeLessThan(answer.changed)
  expect(JSON.stringify(answer.rows).length).toBeLessThan(4.1 * 1024 * 1024)
})

test('the last who can take a step that rules demand stays one', async () => {
  const { db } = gateway.context
  const idOf = async (name: string) =>
    (await db.selectFrom('app_user').select('id').where('username', '=', name).executeTakeFirst())
      ?.id ?? expect.fail(`there is no ${name}`)
  const disable = async (name: string) => adam.command('user.disable', await idOf(name), null)
  const become = async (name: string, ...roles: Role[]) =>
    adam.command('user.update', await idOf(name), null, {
      displayName: name,
      roles,
      team: null,
      approvalLimit: null,
    })
  const before = await countRows(db)
  for (const refused of [await disable('karin'), await become('karin', 'rep', 'admin')]) {
    expect(refused).toMatchObject({ ok: false, error: { code: 'last_approver' } })
  }
  expect(await countRows(db)).toEqual(before)
  expect(await become('karin', 'approver', 'rep')).toMatchObject({ ok: true })
  // Of two who leave at once, one does.
  await addUser(gateway, { username: 'lars', roles: ['approver'] })
  const both = await Promise.all([disable('karin'), disable('lars')])
  expect(both.map((answer) => (answer.ok ? 'ok' : answer.error.code)).sort()).toEqual([
    'last_approver',
    'ok',
  ])
  // Where no rule asks for them, they go.
  expect(await adam.command('policy.set', 'approval', 4, { rules: [] })).toMatchObject({ ok: true })
  const [karins] = both
  expect(await disable(karins?.ok ? 'lars' : 'karin')).toMatchObject({ ok: true })
})

async function tried(rules: readonly ApprovalRule[]): Promise<QueryResult<'policy.try'>> {
  const answer = await karin.query('policy.try', { rules, ...days() })
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.result as QueryResult<'policy.try'>
}
