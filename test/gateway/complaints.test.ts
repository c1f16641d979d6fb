/**
 * What people who approve and order with other systems complain of, each as one test by the real doors:
 * the number behind a complaint is that of its issue at the project named.
 */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { CommandAnswer } from '../../contract/commands'
import type { QueryResult } from '../../contract/queries'
import { noDeadlines } from '../../domain/approval/deadlines'
import { pendingSteps, stepsOf } from '../../domain/approval/steps'
import { keepDeadlines } from '../../gateway/jobs/keep-deadlines'
import { expireQuotes } from '../../gateway/quotes/expire-quotes'
import { signInAs } from '../support/gateway'
import { seenIn } from '../support/seen'
import { load, proposal } from '../support/small-seller'
import { done, openQuoteDesk, type Held, type QuoteDesk } from './quotes/desk'
import { idTold } from '../support/told'

let desk: QuoteDesk
const as = (name: string) => desk.as(name)
const db = () => desk.gateway.context.db
const idOf = (name: string) => desk.idOf(name)

beforeAll(async () => {
  desk = await openQuoteDesk()
})
afterAll(() => desk.close())

let rulesVersion = 0
/** Each of them has to approve, one after the other, where the total is over so much. */
async function demand(names: readonly string[], over = 0): Promise<void> {
  const when = { fact: 'net', is: 'over', value: over, currency: 'SEK' }
  const demands = names.map((name, at) => ({
    tier: at + 1,
    by: { kind: 'users', userIds: [idOf(name)], need: 'any' },
    when: { all: [] },
  }))
  const rules = names.length > 0 ? [{ id: 'r', name: 'In turn', isOn: true, when, demands }] : []
  done(await as('adam').command('policy.set', 'approval', rulesVersion, { rules }))
  rulesVersion += 1
}
beforeEach(() => demand([]))

let articles = 0
/** An article of its own that there is plenty of in Stockholm. */
async function article(onHand = 100): Promise<string> {
  const id = `C-${(articles += 1)}`
  await priced(id, '10')
  const observedAt = new Date().toISOString()
  const balance = { article: id, warehouse: 'STH', onHand, leadTimeDays: 5, source: 'test' }
  await load(desk.gateway, { balance: [{ ...balance, observedAt }] })
  return id
}
const priced = (id: string, listPrice: string) =>
  load(desk.gateway, {
    article: [{ id, nameSv: id, unit: 'st', vatRate: 25, currency: 'SEK', listPrice }],
  })

/** A new proposal by the shop's door, as Karin's console has it. */
async function submitted(overrides: Record<string, unknown> = {}, documentId = randomUUID()) {
  const { status, body } = await desk.shop.send(proposal(documentId, overrides))
  expect(status, JSON.stringify(body)).toBe(202)
  const found = await as('karin').until('the requisition', () =>
    as('karin')
      .all('requisition')
      .find(({ value }) => value.shop.documentId === documentId),
  )
  return found.id
}
const now = (id: string, name = 'karin') =>
  as(name).get('requisition', id) ?? expect.fail(`${name} does not see ${id}`)

/** A decision on what its sender's console shows, which by then shows what the others have done. */
async function decide(name: string, id: string, type: string, payload: object = {}) {
  const { version } = now(id)
  const { value } = await as(name).until('the same as Karin', () => {
    const held = as(name).get('requisition', id)
    return held && held.version >= version && held
  })
  const { revision } = value
  const answer = await as(name).command(`requisition.${type}`, id, version, {
    revision,
    ...payload,
  })
  if (answer.ok)
    await as('karin').until('what was decided', () => now(id).version >= answer.version)
  return answer
}
const code = (answer: CommandAnswer) => (answer.ok ? 'ok' : answer.error.code)

async function ordersOf(...ids: readonly string[]) {
  const rows = await db()
    .selectFrom('sales_order')
    .select('body')
    .where('source_id', 'in', ids)
    .execute()
  return rows.map(({ body }) => body)
}
/** What the shop was told of a document, in order. */
async function toldOf(id: string) {
  const { documentId } = now(id).value.shop
  const rows = await db()
    .selectFrom('storefront_change')
    .select('change')
    .orderBy('xid')
    .orderBy('id')
    .execute()
  return rows.map(({ change }) => change).filter((one) => idTold(one) === documentId)
}

test('nobody stands in for an approver who is away (frappe #7822, erpnext #42194)', async () => {
  await demand(['karin'])
  const id = await submitted()
  expect(code(await decide('nils', id, 'approve'))).toBe('not_your_step')
  const day = (offset: number) =>
    new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
  const days = { from: day(-1), until: day(7), reason: 'Semester' }
  const handedOver = { fromUserId: idOf('karin'), toUserId: idOf('nils'), ...days }
  const delegation = randomUUID()
  done(await as('karin').command('delegation.create', delegation, null, handedOver))
  expect(code(await decide('nils', id, 'approve'))).toBe('ok')
  expect(now(id).value).toMatchObject({
    state: 'ordered',
    steps: [{ approvals: [{ by: { id: idOf('nils') }, for: { id: idOf('karin') } }] }],
  })
  const history = await as('nils').query('audit.of', { aggregateId: id })
  expect(JSON.stringify(history)).toContain(`"for":{"id":"${idOf('karin')}"`)
  done(await as('karin').command('delegation.end', delegation, 1))
  expect(code(await as('karin').command('delegation.end', delegation, 2))).toBe('wrong_state')
  const next = await submitted()
  expect(code(await decide('nils', next, 'approve'))).toBe('not_your_step')
})

test('what was approved is edited or duplicated, and ordered as if that had been approved (OCA/sale-workflow #1087)', async () => {
  await demand(['karin', 'erik'])
  const id = await submitted()
  expect(code(await decide('karin', id, 'approve'))).toBe('ok')
  const lines = [{ kind: 'changed', id: '1', quantity: 500_000 }]
  expect(code(await decide('nils', id, 'edit', { changes: { lines } }))).toBe('ok')
  expect(stepsOf(now(id).value).map(({ approvals }) => approvals)).toEqual([[], []])
  expect(code(await decide('erik', id, 'approve'))).toBe('not_your_step')

  // The same once more under another name has been approved by nobody.
  const twin = await submitted()
  expect(stepsOf(now(twin).value).map(({ approvals }) => approvals)).toEqual([[], []])
  expect(code(await decide('erik', twin, 'approve'))).toBe('not_your_step')

  // What was small enough for no rule is judged anew when it is made larger.
  await demand(['karin'], 50_000)
  const small = await submitted()
  expect(now(small).value.steps).toBeUndefined()
  expect(code(await decide('nils', small, 'edit', { changes: { lines } }))).toBe('ok')
  expect(code(await decide('nils', small, 'approve'))).toBe('not_your_step')
  expect(await ordersOf(id, twin, small)).toEqual([])
})

test('a double press or a double post orders twice (b2b-starter-medusa #77, #74)', async () => {
  const document = randomUUID()
  const event = proposal(document)
  const same = randomUUID()
  const posts = await Promise.all([
    ...[1, 2, 3].map(() => desk.shop.send(event, desk.gateway, same)),
    ...[1, 2, 3].map(() => desk.shop.send(event)),
  ])
  expect(posts.filter(({ status }) => status === 202)).toHaveLength(1)
  expect(posts.filter(({ status }) => status === 200)).toHaveLength(5)
  const numbers = posts.map(({ body }) => (body['requisition'] as { number: string }).number)
  expect(new Set(numbers).size).toBe(1)

  const { id, version } = await as('karin').until('the requisition', () =>
    as('karin')
      .all('requisition')
      .find(({ value }) => value.shop.documentId === document),
  )
  const press = () => as('karin').command('requisition.approve', id, version, { revision: 1 })
  const presses = await Promise.all(Array.from({ length: 8 }, press))
  expect(presses.map(code).toSorted()).toEqual([
    ...Array.from({ length: 7 }, () => 'already_decided'),
    'ok',
  ])
  expect(await ordersOf(id)).toHaveLength(1)
  // A state or version that was not looked at is no way round either.
  expect(code(await as('nils').command('requisition.approve', id, null, { revision: 1 }))).toBe(
    'already_decided',
  )
})

test('the price drifts between proposal and order, and nobody is told (metasfresh #4405, erpnext #41372)', async () => {
  const one = await article()
  const lines = [{ id: '1', article: one, quantity: '2' }]
  const [kept, refreshed] = [await submitted({ lines }), await submitted({ lines })]
  const look = async (id: string) => {
    const answer = await as('karin').query('requisition.revalidate', { id })
    if (!answer.ok) expect.fail(JSON.stringify(answer.error))
    return (answer.result as QueryResult<'requisition.revalidate'>).seen
  }
  const seen = await look(kept)
  await priced(one, '11')
  const net = (amount: number) => ({ amount, basis: 'net', rebate: 0 })
  expect(await decide('karin', kept, 'approve', { seen })).toMatchObject({
    error: {
      code: 'figures_changed',
      details: {
        lines: [
          {
            id: '1',
            changes: [{ what: 'resolved', seen: net(10_000_000), now: net(11_000_000) }],
          },
        ],
      },
    },
  })
  expect(await ordersOf(kept)).toEqual([])
  // Seen, it is ordered at what the customer was told; at the new price only where the approver says so.
  expect(code(await decide('karin', kept, 'approve', { seen: await look(kept) }))).toBe('ok')
  const atNow = await look(refreshed)
  const line = { ...atNow.lines['1'], price: atNow.lines['1']?.resolved ?? null }
  const agreed = { refresh: ['1'], seen: { ...atNow, net: 2_200, lines: { '1': line } } }
  expect(code(await decide('karin', refreshed, 'approve', agreed))).toBe('ok')
  const orders = await ordersOf(kept, refreshed)
  expect(orders.map(({ totals }) => totals.net).toSorted((a, b) => a - b)).toEqual([2_000, 2_200])
})

test('a job that lets things expire overwrites what is finished: requisitions (erpnext #20745)', async () => {
  const [ordered, rejected, withdrawn, answered, open] = await Promise.all(
    Array.from({ length: 5 }, () => submitted()),
  )
  const all = [ordered, rejected, withdrawn, answered, open].map((id) => id ?? '')
  expect(code(await decide('karin', all[0]!, 'approve'))).toBe('ok')
  expect(code(await decide('karin', all[1]!, 'reject', { reason: 'Utgår.' }))).toBe('ok')
  const { documentId } = now(all[2]!).value.shop
  const data = { id: documentId, contact: 'anna', reason: null }
  const timestamp = new Date().toISOString()
  await desk.shop.send({ type: 'requisition.withdrawn', timestamp, data })
  const from = { kind: 'requisition', requisitionId: all[3], revision: 1 }
  const quote = randomUUID()
  done(await as('karin').command('quote.create', quote, null, { from }))
  done(await desk.on('karin', quote, 'quote.submit_for_review'))
  await desk.held('karin', quote, 2)
  done(await desk.on('karin', quote, 'quote.send'))

  const days = { ...noDeadlines, expireDays: 1 }
  done(await as('adam').command('deadlines.set', 'deadlines', 0, days))
  // Whatever they are, the job is made to look at them, with everything about them long past.
  await sql`
    update requisition set look_at = now() - interval '1 day',
      body = jsonb_set(body, '{receivedAt}', '"2026-01-01T00:00:00.000Z"'),
      progress = case when progress ? 'outcome'
        then jsonb_set(progress, '{outcome,at}', '"2026-01-01T00:00:00.000Z"') else progress end
    where id in (${sql.join(all)})`.execute(db())
  await keepDeadlines(desk.gateway.context)
  const { rows } = await sql<{ id: string; state: string }>`
    select id, state from requisition where id in (${sql.join(all)})`.execute(db())
  const stateOf = new Map(rows.map(({ id, state }) => [id, state]))
  expect(all.map((id) => stateOf.get(id))).toEqual([
    'ordered',
    'rejected',
    'withdrawn',
    // A quote that answers it has a last day of its own.
    'returned',
    'expired',
  ])
  done(await as('adam').command('deadlines.set', 'deadlines', 1, noDeadlines))

  // And it is not lost: what has expired is taken up again.
  await as('karin').until('it as expired', () => now(all[4]!).value.state === 'expired')
  expect(code(await decide('karin', all[4]!, 'revive'))).toBe('ok')
  expect(now(all[4]!).value).toMatchObject({ state: 'submitted', revision: 2, outcome: null })
})

test('everything is approved or nothing (shopware #18218)', async () => {
  const [wanted, doubtful] = [await article(), await article()]
  const id = await submitted({
    lines: [
      { id: '1', article: wanted, quantity: '2' },
      { id: '2', article: doubtful, quantity: '3' },
    ],
  })
  const { value } = now(id)
  const own = value.lines.slice(0, 1)
  const seen = seenIn({ lines: own, totals: { ...value.totals, net: 2_000 } })
  const part = await decide('karin', id, 'approve', { lines: ['1'], seen })
  expect(part).toMatchObject({ ok: true, result: { rest: { id: expect.any(String) } } })
  const rest = now(id).value.rest?.[0]?.id ?? expect.fail('there is no rest')
  await as('karin').until('the rest', () => as('karin').get('requisition', rest) !== undefined)
  expect(now(rest).value).toMatchObject({ state: 'submitted', lines: [{ id: '2' }] })
  expect(await ordersOf(id, rest)).toMatchObject([{ lines: [{ articleId: wanted }] }])

  expect(code(await decide('karin', rest, 'approve'))).toBe('ok')
  const ordered = (await ordersOf(id, rest)).flatMap(({ lines }) => lines)
  expect(new Map(ordered.map(({ articleId, quantity }) => [articleId, quantity]))).toEqual(
    new Map([
      [wanted, 2_000],
      [doubtful, 3_000],
    ]),
  )
  expect(ordered).toHaveLength(2)
})

/** The quote's last day as if a month ago, by the database's own calendar. */
async function endedLongAgo({ id }: Held): Promise<void> {
  await sql`
    update quote set valid_until = day.it,
      body = jsonb_set(body, '{validUntil}', to_jsonb(day.it::text))
    from (select (clock_timestamp() at time zone time_zone)::date - 30 as it from seller) day
    where id = ${id}`.execute(db())
}
const quoteNow = async (id: string) => {
  const { body } = await db()
    .selectFrom('quote')
    .select('body')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return body
}

test('a job that lets things expire overwrites what is finished: quotes (erpnext #20745)', async () => {
  const accepted = await desk.sent()
  const declined = await desk.sent()
  const withdrawn = await desk.sent()
  const countered = await desk.sent()
  await desk.answer('accepted', accepted.value)
  await desk.answer('declined', declined.value)
  await desk.answer('countered', countered.value, { message: 'Halva' })
  done(await desk.on('karin', withdrawn.id, 'quote.withdraw', { reason: null }))
  const all = [accepted, declined, withdrawn, countered]
  for (const one of all) await endedLongAgo(one)
  const before = await Promise.all(all.map(({ id }) => quoteNow(id)))
  expect(before.map(({ state }) => state)).toEqual([
    'ordered',
    'declined',
    'withdrawn',
    'countered',
  ])
  await expireQuotes(desk.gateway.context)
  expect(await Promise.all(all.map(({ id }) => quoteNow(id)))).toEqual(before)
})

test('an offer that has expired cannot be revived (erpnext #32641)', async () => {
  const over = await desk.sent()
  await endedLongAgo(over)
  await expireQuotes(desk.gateway.context)
  await as('karin').until('the end', () => as('karin').get('quote', over.id)?.version === 4)
  expect((await quoteNow(over.id)).state).toBe('expired')
  expect(await desk.answer('accepted', over.value)).toMatchObject({ status: 409 })

  done(await desk.on('karin', over.id, 'quote.new_version'))
  await desk.held('karin', over.id, 5)
  done(await desk.on('karin', over.id, 'quote.submit_for_review'))
  await desk.held('karin', over.id, 6)
  done(await desk.on('karin', over.id, 'quote.send'))
  const { value } = await desk.held('karin', over.id, 7)
  expect(await desk.answer('accepted', value)).toMatchObject({
    status: 202,
    body: { quote: { version: 2, state: 'ordered' } },
  })
})

test('the buyer is not told why (shopware #13237)', async () => {
  const [rejected, returned] = [await submitted(), await submitted()]
  const without = await decide('karin', rejected, 'reject', { reason: '  ' })
  expect(without).toMatchObject({
    error: { code: 'invalid', details: { issues: [{ pointer: '/payload/reason' }] } },
  })
  expect(code(await decide('karin', rejected, 'reject', { reason: 'Utgår.' }))).toBe('ok')
  expect((await toldOf(rejected)).at(-1)).toMatchObject({
    type: 'requisition.rejected',
    data: { reason: 'Utgår.', decidedBy: 'Karin' },
  })
  expect(code(await decide('karin', returned, 'return', { message: 'Högst tio.' }))).toBe('ok')
  expect((await toldOf(returned)).at(-1)).toMatchObject({
    type: 'requisition.returned',
    data: { message: 'Högst tio.', decidedBy: 'Karin' },
  })
})

test('the next approver is never told that it is their turn (OCA/server-ux #480)', async () => {
  await demand(['erik', 'nils'])
  const id = await submitted()
  const turnOf = () => {
    const held = as('nils').get('requisition', id)
    const pending = held ? pendingSteps(stepsOf(held.value)) : []
    return pending.flatMap(({ by }) => (by.kind === 'users' ? by.userIds : [by.kind])).join()
  }
  await as('nils').until('the turn of Erik', () => turnOf() === idOf('erik'))
  expect(code(await decide('erik', id, 'approve'))).toBe('ok')
  // Nothing is asked for: it comes to Nils' console by itself.
  await as('nils').until('their own turn', () => turnOf() === idOf('nils'))
  // And whoever waits for Nils may say so.
  expect(code(await decide('erik', id, 'remind'))).toBe('ok')
  await as('nils').until(
    'the reminder',
    () => now(id, 'nils').value.reminder?.by?.id === idOf('erik'),
  )
})

test('the same article on two rows is taken for one (erpnext #45801)', async () => {
  const one = await article(8)
  const lines = [
    { id: 'a', article: one, quantity: '4', requestedDate: '2027-03-01' },
    { id: 'b', article: one, quantity: '5', requestedDate: '2027-04-01' },
  ]
  const id = await submitted({ lines })
  const changes = { lines: [{ kind: 'changed', id: 'b', quantity: 6_000 }] }
  expect(code(await decide('karin', id, 'edit', { changes }))).toBe('ok')
  const answer = await as('karin').query('requisition.revalidate', { id })
  // Four of the eight are the first row's: the second cannot be delivered at once.
  expect(answer).toMatchObject({
    result: {
      lines: [
        { id: 'a', delivery: { kind: 'deliverable' } },
        { id: 'b', delivery: { kind: 'lead_time' } },
      ],
    },
  })
  expect(code(await decide('karin', id, 'approve'))).toBe('ok')
  const [order] = await ordersOf(id)
  expect(
    order?.lines.map(({ id: row, quantity, rowAmount }) => [row, quantity, rowAmount]),
  ).toEqual([
    ['a', 4_000, 4_000],
    ['b', 6_000, 6_000],
  ])
})

test('a line has no date of its own, neither asked for nor known (erpnext #8568)', async () => {
  const [here, away] = [await article(), await article(0)]
  const lines = [
    { id: '1', article: here, quantity: '1', requestedDate: '2027-05-03' },
    { id: '2', article: away, quantity: '1', requestedDate: '2027-06-01' },
    { id: '3', article: here, quantity: '1' },
  ]
  const id = await submitted({ lines })
  const changes = { lines: [{ kind: 'changed', id: '1', requestedDate: '2027-05-10' }] }
  expect(code(await decide('karin', id, 'edit', { changes }))).toBe('ok')
  expect(code(await decide('karin', id, 'approve'))).toBe('ok')
  const date = expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/)
  const wanted = [
    { id: '1', requestedDate: '2027-05-10', expectedDate: date },
    { id: '2', requestedDate: '2027-06-01', expectedDate: date },
    { id: '3', requestedDate: null, expectedDate: date },
  ]
  const [order] = await ordersOf(id)
  expect(order?.lines).toMatchObject(wanted)
  const told = (await toldOf(id)).at(-1)
  expect(told).toMatchObject({ type: 'requisition.ordered', data: { lines: wanted } })
})

test('of a CSV some rows are dropped and nobody says which (shopware #17108)', async () => {
  const token = await signInAs(desk.gateway, 'adam')
  // Fifty of seventy are right, as in the complaint; of the others every second has too few cells.
  const isWrong = (at: number) => at % 7 === 2 || at % 7 === 5
  const rows = Array.from({ length: 70 }, (_, at) => {
    const price = isWrong(at) && at % 2 === 0 ? '12,5' : '12.50'
    const cells = [`CSV-${at}`, 'Koppling', 'st', '25', price, 'SEK']
    return (isWrong(at) && at % 2 === 1 ? cells.slice(0, 3) : cells).join(';')
  })
  const response = await fetch(`${desk.gateway.url}/api/master-data/article`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: ['id;nameSv;unit;vatRate;listPrice;currency', ...rows].join('\r\n'),
  })
  expect(response.status).toBe(207)
  const body = (await response.json()) as { readonly errors: readonly { readonly line: number }[] }
  expect(body).toMatchObject({ received: 70, created: 50, updated: 0, unchanged: 0, failed: 20 })
  // Each by its line in the file, whose first is the heading, with what is the matter.
  const wrong = rows.flatMap((_, at) => (isWrong(at) ? [at] : []))
  expect(body.errors).toEqual(
    wrong.map((at) =>
      expect.objectContaining({
        index: at,
        line: at + 2,
        ...(at % 2 === 0
          ? { code: 'invalid', pointer: '/listPrice' }
          : { code: 'cell_count', pointer: '' }),
        message: expect.stringMatching(/\S/),
      }),
    ),
  )
  const taken = await db().selectFrom('article').select('id').where('id', 'like', 'CSV-%').execute()
  expect(new Set(taken.map(({ id }) => id))).toEqual(
    new Set(rows.flatMap((_, at) => (isWrong(at) ? [] : [`CSV-${at}`]))),
  )
})
