import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import type { Requisition } from '../../../contract/entities'
import type { ApprovalRule, StepTaker } from '../../../domain/approval/policy'
import { openConsoles, type Consoles } from '../../support/consoles'
import { addTestShop, startTestGateway, type TestGateway } from '../../support/gateway'
import { noDeadlines } from '../../../domain/approval/deadlines'
import { keepDeadlines } from '../../../gateway/jobs/keep-deadlines'
import { countRows } from '../../support/rows'
import { seenIn } from '../../support/seen'
import { load, proposal, smallSeller } from '../../support/small-seller'
import { idTold } from '../../support/told'

let gateway: TestGateway
let shop: Awaited<ReturnType<typeof addTestShop>>
let consoles: Consoles
const as = (name: string) => consoles.as(name)
const idOf = (name: string) => consoles.idOf(name)

beforeAll(async () => {
  gateway = await startTestGateway()
  await load(gateway, smallSeller)
  const other = await gateway.anotherNode()
  shop = await addTestShop(gateway)
  const people = [
    { username: 'karin', roles: ['approver'] },
    { username: 'lars', roles: ['approver'] },
    { username: 'erik', roles: ['rep'], approvalLimit: 20_000 },
    { username: 'sara', roles: ['rep'] },
    { username: 'agneta', roles: ['agent'] },
    { username: 'adam', roles: ['admin'] },
  ] as const
  consoles = await openConsoles(gateway, people, (username) =>
    username === 'lars' ? other : gateway,
  )
})
afterAll(async () => {
  consoles.close()
  await gateway.close()
})

let version = 0
async function setRules(...rules: readonly ApprovalRule[]): Promise<void> {
  const answer = await as('adam').command('policy.set', 'approval', version, { rules })
  expect(answer, JSON.stringify(answer)).toMatchObject({ ok: true })
  version += 1
}
beforeEach(() => setRules())

const only = (name: string): StepTaker => ({ kind: 'users', userIds: [idOf(name)], need: 'any' })
/** Whatever comes to more than this, in minor units, is somebody's to approve. */
const over = (value: number, ...takers: readonly StepTaker[]): ApprovalRule => ({
  id: `over ${value}`,
  name: `Over ${value}`,
  isOn: true,
  when: { fact: 'net', is: 'over', value, currency: 'SEK' },
  demands: takers.map((by, at) => ({ tier: at + 1, by, when: { all: [] } })),
})

/** 192.00, 35.50 and 16.00 without VAT: 243.50. */
const threeLines = [
  { id: 'bends', article: 'RB-2206', quantity: '12' },
  { id: 'wool', article: 'IS-0319', quantity: '2.5' },
  { id: 'one', article: 'RB-2206', quantity: '1' },
]

async function submitted(overrides: Record<string, unknown> = {}): Promise<Row> {
  const documentId = randomUUID()
  const { status, body } = await shop.send(
    proposal(documentId, { lines: threeLines, ...overrides }),
  )
  expect(status, JSON.stringify(body)).toBe(202)
  return seen(({ shop: { documentId: id } }) => id === documentId)
}
type Value = Requisition
/** A requisition as a console has it. */
interface Row {
  readonly id: string
  readonly version: number
  readonly value: Value
}

/** As Karin's and Lars' consoles, on two nodes, come to have it. */
async function seen(is: (value: Value) => boolean): Promise<Row> {
  const found = (name: string) =>
    as(name).until('the requisition', () =>
      as(name)
        .all('requisition')
        .find(({ value }) => is(value)),
    )
  await found('lars')
  return found('karin')
}
const later = (one: { readonly id: string }, is: (value: Value) => boolean) =>
  seen((value) => value.id === one.id && is(value))

/** What stays of a requisition and what becomes of the others, as they come to be seen. */
async function split(name: string, one: Row, lines: readonly string[]) {
  const { revision } = one.value
  const answer = await as(name).command('requisition.split', one.id, one.version, {
    revision,
    lines,
  })
  expect(answer, JSON.stringify(answer)).toMatchObject({
    ok: true,
    result: { revision: revision + 1, rest: { number: expect.stringMatching(/^K-/) } },
    version: one.version + 1,
  })
  const { rest } = (answer as { result: unknown }).result as { rest: { id: string } }
  return [
    await later(one, (value) => value.revision === revision + 1),
    await later(rest, () => true),
  ] as const
}

/** The figures of some lines of a requisition, as somebody sees them who is to approve only those. */
function seenOf({ value }: Row, lines: readonly string[]) {
  const own = value.lines.filter(({ id }) => lines.includes(id))
  const net = own.reduce((sum, { rowAmount }) => sum + (rowAmount ?? 0), 0)
  return seenIn({ lines: own, totals: { ...value.totals, net } })
}

const approvePart = (name: string, one: Row, lines: readonly string[], id?: string) =>
  as(name).command(
    'requisition.approve',
    one.id,
    one.version,
    { revision: one.value.revision, lines, seen: seenOf(one, lines) },
    id,
  )

async function refusedWithoutTrace(act: () => Promise<unknown>): Promise<unknown> {
  const before = await countRows(gateway.context.db)
  const answer = await act()
  expect(await countRows(gateway.context.db)).toEqual(before)
  return answer
}

/** What the shop was told of a document, in order. */
async function tellsOf(documentId: string) {
  const told = await gateway.context.db
    .selectFrom('storefront_change')
    .select('change')
    .orderBy('id')
    .execute()
  return told.map(({ change }) => change).filter((one) => idTold(one) === documentId)
}
const ordersOf = (id: string) =>
  gateway.context.db.selectFrom('sales_order').select('body').where('source_id', '=', id).execute()

test('a split makes two of one: each with its lines as they were, its own sums, and a word of the other', async () => {
  const whole = await submitted({ purchaseOrderNumber: 'PO 7', goodsMark: 'Port 3' })
  // A price that changes meanwhile changes nothing of what was proposed.
  await load(gateway, {
    contract_price: [
      {
        id: 'CP-1',
        article: 'RB-2206',
        company: '1001',
        price: '19',
        currency: 'SEK',
        net: true,
      },
    ],
  })
  onTestFinished(() => load(gateway, { contract_price: smallSeller.contract_price ?? [] }))
  const [stay, rest] = await split('karin', whole, ['one', 'bends'])

  const line = (id: string) => whole.value.lines.find((one) => one.id === id)
  expect(stay.value).toMatchObject({
    number: whole.value.number,
    state: 'submitted',
    lines: [line('bends'), line('one')],
    totals: { net: 20_800 },
    rest: [{ id: rest.id, number: rest.value.number }],
    whole: { others: 3_550 },
  })
  expect(rest).toMatchObject({
    version: 1,
    value: {
      state: 'submitted',
      revision: 1,
      lines: [line('wool')],
      totals: { net: 3_550, gross: 4_438 },
      purchaseOrderNumber: 'PO 7',
      goodsMark: 'Port 3',
      contactId: 'anna',
      submittedAt: whole.value.submittedAt,
      receivedAt: whole.value.receivedAt,
      restOf: { id: whole.id, number: whole.value.number },
      whole: { others: 20_800 },
      claimedBy: null,
    },
  })
  expect(rest.value).not.toHaveProperty('rest')

  const history = async (id: string) => {
    const answer = await as('karin').query('audit.of', { aggregateId: id })
    return (answer as { result: { rows: { type: string; data: object }[] } }).result.rows
  }
  expect((await history(whole.id))[0]).toMatchObject({
    type: 'requisition.split',
    actor: { id: idOf('karin') },
    data: { revision: 2, lines: ['bends', 'one'], rest: { number: rest.value.number } },
  })
  expect(await history(rest.id)).toMatchObject([
    { type: 'requisition.split', data: { lines: ['wool'], restOf: { id: whole.id } } },
  ])
  expect(await tellsOf(whole.value.shop.documentId)).toMatchObject([
    { type: 'requisition.received' },
    {
      type: 'requisition.split',
      data: {
        number: whole.value.number,
        revision: 2,
        decidedBy: 'Karin',
        lines: ['bends', 'one'],
        rest: { id: rest.value.shop.documentId, number: rest.value.number, lines: ['wool'] },
      },
    },
  ])
  expect(
    await gateway.context.db
      .selectFrom('requisition_revision')
      .select(['revision', 'made_by', 'proposed'])
      .where('requisition_id', '=', rest.id)
      .execute(),
  ).toMatchObject([{ revision: 1, made_by: { id: idOf('karin') }, proposed: { wool: {} } }])

  // Both are found by the number that the customer knows.
  const found = await as('karin').query('requisition.search', { text: whole.value.number })
  const { rows } = (found as { result: { rows: { id: string }[] } }).result
  expect(rows.map(({ id }) => id).sort()).toEqual([whole.id, rest.id].sort())
})

test('lines that there are not, that are named twice or that leave nothing are told, and leave no trace', async () => {
  const one = await submitted()
  const refused = async (lines: readonly string[]) => {
    const payload = { revision: 1, lines }
    const answer = await refusedWithoutTrace(() =>
      as('karin').command('requisition.split', one.id, one.version, payload),
    )
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid' } })
    const { issues } = (
      answer as { error: { details: { issues: { pointer: string; code: string }[] } } }
    ).error.details
    return issues.map(({ pointer, code }) => `${pointer} ${code}`)
  }
  expect(await refused(['bends', 'wolle', 'bends'])).toEqual([
    '/payload/lines/1 unknown_line',
    '/payload/lines/2 line_named_twice',
  ])
  expect(await refused(['bends', 'wool', 'one'])).toEqual(['/payload/lines no_rest'])
  expect(await refused([])).toEqual(['/payload/lines undefined'])
})

test('who may not see it is told of nothing, who may not decide is told so, and whoever has it has it', async () => {
  const one = await submitted()
  const payload = { revision: 1, lines: ['bends'] }
  const send = (name: string) => as(name).command('requisition.split', one.id, one.version, payload)
  expect(await refusedWithoutTrace(() => send('sara'))).toMatchObject({
    error: { code: 'not_found' },
  })
  for (const name of ['agneta', 'adam']) {
    expect(await refusedWithoutTrace(() => send(name))).toMatchObject({
      error: { code: 'forbidden' },
    })
  }
  await as('karin').command('requisition.claim', one.id, one.version, {})
  const claimed = await later(one, ({ claimedBy }) => claimedBy !== null)
  expect(
    await as('erik').command('requisition.split', one.id, claimed.version, payload),
  ).toMatchObject({ error: { code: 'claimed_by_other' } })
  const [stay, rest] = await split('karin', claimed, ['bends'])
  expect(stay.value).toMatchObject({ state: 'in_review', claimedBy: { id: idOf('karin') } })
  expect(rest.value).toMatchObject({ state: 'submitted', claimedBy: null })
  expect(
    await as('erik').command('requisition.split', rest.id, null, { revision: 7, lines: ['wool'] }),
  ).toMatchObject({ error: { code: 'stale_version' } })
})

test('some lines are ordered at once, and the others wait', async () => {
  const one = await submitted()
  const id = randomUUID()
  const answer = await approvePart('karin', one, ['bends'], id)
  expect(answer, JSON.stringify(answer)).toMatchObject({
    ok: true,
    version: one.version + 2,
    result: { orderNumber: expect.any(String), rest: { number: expect.any(String) } },
  })
  // Sent again it is answered the same and done once.
  expect(await approvePart('karin', one, ['bends'], id)).toEqual(answer)
  const ordered = await later(one, ({ state }) => state === 'ordered')
  expect(ordered.value).toMatchObject({ revision: 2, lines: [{ id: 'bends' }] })
  expect(await ordersOf(one.id)).toMatchObject([
    { body: { lines: [{ id: 'bends', quantity: 12_000 }], totals: { net: 19_200 } } },
  ])
  const rest = await seen(({ restOf }) => restOf?.id === one.id)
  expect(rest.value).toMatchObject({
    state: 'submitted',
    lines: [{ id: 'wool' }, { id: 'one' }],
    totals: { net: 5_150 },
  })
  const told = await tellsOf(one.value.shop.documentId)
  expect(told.map(({ type }) => type)).toEqual([
    'requisition.received',
    'requisition.split',
    'requisition.ordered',
  ])
  const second = await as('karin').command('requisition.approve', rest.id, rest.version, {
    revision: 1,
  })
  expect(second).toMatchObject({ ok: true, result: { orderNumber: expect.any(String) } })
  expect(await ordersOf(rest.id)).toMatchObject([
    { body: { lines: [{ id: 'wool' }, { id: 'one' }], totals: { net: 5_150 } } },
  ])
  expect(await tellsOf(rest.value.shop.documentId)).toMatchObject([
    {
      type: 'requisition.ordered',
      data: { restOf: { id: one.value.shop.documentId, number: one.value.number } },
    },
  ])
})

test('an approval of some lines that is refused leaves nothing split', async () => {
  await setRules(over(0, only('lars')))
  const one = await submitted()
  expect(await refusedWithoutTrace(() => approvePart('karin', one, ['bends']))).toMatchObject({
    error: { code: 'not_your_step', details: { currentVersion: one.version } },
  })
  // What is seen is what stays, not what there was.
  const others = { revision: 1, lines: ['bends'], seen: seenIn(one.value) }
  expect(
    await refusedWithoutTrace(() =>
      as('lars').command('requisition.approve', one.id, one.version, others),
    ),
  ).toMatchObject({
    error: {
      code: 'figures_changed',
      details: {
        currentVersion: one.version,
        document: [{ what: 'net', seen: 24_350, now: 19_200 }],
      },
    },
  })
  // What goes is no line of what is approved.
  const chosen = { ...others, seen: seenOf(one, ['bends']), warehouses: { wool: 'STH' } }
  expect(
    await refusedWithoutTrace(() =>
      as('lars').command('requisition.approve', one.id, one.version, chosen),
    ),
  ).toMatchObject({
    error: { code: 'invalid', details: { issues: [{ pointer: '/payload/warehouses/wool' }] } },
  })
  expect(await approvePart('lars', one, ['bends'])).toMatchObject({ ok: true })
})

test('where the order cannot be written nothing is', async () => {
  const one = await submitted()
  const { db } = gateway.context
  await sql`
    create function no_order() returns trigger language plpgsql as $$ begin raise 'no'; end $$`.execute(
    db,
  )
  await sql`
    create trigger no_order before insert on sales_order execute function no_order()`.execute(db)
  try {
    expect(await refusedWithoutTrace(() => approvePart('karin', one, ['bends']))).toMatchObject({
      error: { code: 'internal' },
    })
  } finally {
    await sql`drop function no_order cascade`.execute(db)
  }
  expect(await approvePart('karin', one, ['bends'])).toMatchObject({ ok: true })
})

test('what one may not approve whole one may not approve in parts', async () => {
  const one = await submitted()
  const limit = { code: 'above_limit', details: { limit: 20_000, total: 24_350 } }
  expect(await refusedWithoutTrace(() => approvePart('erik', one, ['wool']))).toMatchObject({
    error: limit,
  })
  const [stay, rest] = await split('erik', one, ['wool', 'one'])
  const [wool, last] = await split('erik', stay, ['wool'])
  for (const part of [rest, wool, last]) {
    expect(
      await refusedWithoutTrace(() =>
        as('erik').command('requisition.approve', part.id, part.version, {
          revision: part.value.revision,
        }),
      ),
    ).toMatchObject({ error: limit })
    // Nor by a proposal that the customer has only to say yes to.
    const answer = await as('erik').command('requisition.return', part.id, part.version, {
      revision: part.value.revision,
      message: 'Så här',
      proposal: {},
    })
    expect(answer).toMatchObject({ ok: true })
    const returned = await later(part, ({ state }) => state === 'returned')
    expect(returned.value.outcome).toMatchObject({ isBinding: false })
  }
})

test('a part keeps the steps of the whole, whatever it comes to by itself and is made into', async () => {
  await setRules(over(20_000, only('lars'), only('karin')))
  const one = await submitted()
  expect(one.value.steps).toHaveLength(2)
  const [stay, rest] = await split('karin', one, ['bends'])
  const takers = ({ steps = [] }: Value) => steps.map(({ by, because }) => [by, because.length])
  const both = [
    [only('lars'), 1],
    [only('karin'), 1],
  ]
  for (const part of [stay, rest]) {
    expect(takers(part.value)).toEqual(both)
    expect(part.value.totals.net).toBeLessThan(20_000)
  }
  expect(
    await as('karin').command('requisition.approve', rest.id, rest.version, { revision: 1 }),
  ).toMatchObject({ error: { code: 'not_your_step' } })
  // Nor are they got rid of by an edit,
  await as('karin').command('requisition.edit', rest.id, rest.version, {
    revision: 1,
    changes: { lines: [{ kind: 'removed', id: 'one' }] },
  })
  const edited = await later(rest, ({ revision }) => revision === 2)
  expect(takers(edited.value)).toEqual(both)
  // by prices of now,
  const refreshed = await as('karin').command('requisition.approve', rest.id, edited.version, {
    revision: 2,
    refresh: ['wool'],
  })
  expect(refreshed).toMatchObject({ error: { code: 'not_your_step' } })
  // or by the customer's answer.
  await as('karin').command('requisition.return', rest.id, edited.version, {
    revision: 2,
    message: 'En rulle till?',
  })
  const { documentId } = edited.value.shop
  const sent = await shop.send(
    proposal(documentId, {
      revision: 3,
      lines: [{ id: 'wool', article: 'IS-0319', quantity: '3' }],
    }),
  )
  expect(sent.status, JSON.stringify(sent.body)).toBe(202)
  const resent = await later(rest, ({ revision }) => revision === 3)
  expect(takers(resent.value)).toEqual(both)
  expect(resent.value).toMatchObject({ restOf: { id: one.id }, whole: { others: 19_200 } })
})

test('what was approved of the whole is approved of neither part', async () => {
  await setRules(over(0, only('lars'), only('karin')))
  const one = await submitted()
  await as('lars').command('requisition.approve', one.id, one.version, { revision: 1 })
  const begun = await later(one, ({ state }) => state === 'in_review')
  expect(await refusedWithoutTrace(() => approvePart('karin', begun, ['bends']))).toMatchObject({
    error: { code: 'not_your_step' },
  })
  const taken = await approvePart('lars', begun, ['bends'])
  expect(taken).toMatchObject({ ok: true, result: { rest: {} } })
  expect(taken).not.toHaveProperty('result.orderId')
  const stay = await later(one, ({ revision }) => revision === 2)
  const rest = await seen(({ restOf }) => restOf?.id === one.id)
  const given = ({ steps = [] }: Value) => steps.map(({ approvals }) => approvals.length)
  expect([given(stay.value), given(rest.value)]).toEqual([
    [1, 0],
    [0, 0],
  ])
})

test('an expired part is not taken up again with lines that the customer has sent in the other', async () => {
  const [bends, wool] = threeLines
  const one = await submitted()
  const [stay, rest] = await split('karin', one, ['bends'])
  await as('karin').command('requisition.return', stay.id, stay.version, {
    revision: stay.value.revision,
    message: 'Bara böjar?',
  })
  const longAgo = { receivedAt: '2026-01-01T00:00:00.000Z', revisedAt: '2026-01-01T00:00:00.000Z' }
  await sql`
    update requisition set look_at = now(), body = body || ${JSON.stringify(longAgo)}::jsonb
    where id = ${rest.id}`.execute(gateway.context.db)
  const setDeadlines = (at: number, expireDays: number | null) =>
    as('adam').command('deadlines.set', 'deadlines', at, { ...noDeadlines, expireDays })
  expect(await setDeadlines(0, 30)).toMatchObject({ ok: true })
  await keepDeadlines(gateway.context)
  expect(await setDeadlines(1, null)).toMatchObject({ ok: true })
  const sent = { revision: 3, lines: [bends, wool] }
  expect(await shop.send(proposal(one.value.shop.documentId, sent))).toMatchObject({ status: 202 })
  expect(
    await as('karin').command('requisition.revive', rest.id, null, { revision: 1 }),
  ).toMatchObject({
    ok: false,
    error: { code: 'wrong_state', details: { state: 'expired', taken: one.value.number } },
  })
})

test('the shop answers each part under its own id, and cannot have a line ordered twice', async () => {
  const [bends, wool, single] = threeLines
  // Olle may order so much by himself, but was shown another price.
  const lines = [{ ...bends, price: { amount: '17' } }, wool, single]
  const one = await submitted({ contact: 'olle', lines })
  expect(one.value.reasons).toMatchObject([{ kind: 'price_differs' }])
  const [stay, rest] = await split('karin', one, ['bends'])
  for (const part of [stay, rest]) {
    await as('karin').command('requisition.return', part.id, part.version, {
      revision: part.value.revision,
      message: 'Stämmer det?',
    })
  }
  const again = (documentId: string, revision: number, sent: readonly object[]) =>
    shop.send(proposal(documentId, { contact: 'olle', revision, lines: sent }))
  const { documentId } = one.value.shop
  expect(await again(documentId, 3, [bends!, wool!])).toMatchObject({
    status: 409,
    body: {
      errors: [
        {
          code: 'line_in_other_part',
          pointer: '/data/lines/1/id',
          detail: `The line “wool” is part of ${rest.value.number} since the document was split.`,
        },
      ],
    },
  })
  expect(await again(documentId, 3, [bends!])).toMatchObject({ status: 202 })
  const next = await later(one, ({ revision }) => revision === 3)
  expect(next.value).toMatchObject({
    state: 'submitted',
    rest: [{ id: rest.id }],
    whole: stay.value.whole,
  })
  // Taken back, its lines are free again.
  const { status } = await shop.send({
    type: 'requisition.withdrawn',
    timestamp: new Date().toISOString(),
    data: { id: rest.value.shop.documentId, contact: 'olle' },
  })
  expect(status).toBe(202)
  await later(rest, ({ state }) => state === 'withdrawn')
  await as('karin').command('requisition.return', one.id, null, {
    revision: 3,
    message: 'Och resten?',
  })
  expect(await again(documentId, 4, [bends!, wool!, single!])).toMatchObject({ status: 202 })
})

test('of those who approve a part, the whole, edit and split at once on two nodes one gets through', async () => {
  const rounds = 12
  for (let round = 0; round < rounds; round += 1) {
    const one = await submitted()
    const payload = { revision: 1, changes: { head: { goodsMark: `Port ${round}` } } }
    const answers = await Promise.all([
      approvePart('karin', one, ['bends']),
      approvePart('lars', one, ['wool', 'one']),
      as('lars').command('requisition.approve', one.id, one.version, { revision: 1 }),
      as('erik').command('requisition.edit', one.id, one.version, payload),
      as('lars').command('requisition.split', one.id, one.version, { revision: 1, lines: ['one'] }),
    ])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    for (const answer of answers) {
      if (answer.ok) continue
      expect(['already_decided', 'stale_version']).toContain(answer.error.code)
    }
    const parts = await gateway.context.db
      .selectFrom('requisition')
      .select(['id', 'body'])
      .where(sql<boolean>`id = ${one.id} or body->'restOf'->>'id' = ${one.id}`)
      .execute()
    const lines = parts.flatMap(({ body }) => body.lines.map(({ id }) => id))
    expect(lines.sort()).toEqual(['bends', 'one', 'wool'])
    const orders = (await Promise.all(parts.map(({ id }) => ordersOf(id)))).flat()
    expect(orders.length).toBeLessThanOrEqual(1)
  }
})
