import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Quote } from '../../../contract/quotes'
import { createGateway, type Gateway } from '../../../gateway/create-gateway'
import { createLog } from '../../../gateway/log'
import { expireQuotes } from '../../../gateway/quotes/expire-quotes'
import { ConsoleClient } from '../../support/console-client'
import { signInAs } from '../../support/gateway'
import { done, openQuoteDesk, type Held, type QuoteDesk } from './desk'
import { idTold } from '../../support/told'

const minutes = 60_000

let desk: QuoteDesk
/** A node whose clock is ten minutes fast, and one whose clock is ten minutes slow. */
let fast: Gateway
let slow: Gateway
/** One more whose clock is right: a shop's signature is judged by it. */
let second: Gateway
let karinAtSlow: ConsoleClient

beforeAll(async () => {
  desk = await openQuoteDesk()
  const node = (ahead: number) =>
    createGateway({
      databaseUrl: desk.gateway.databaseUrl,
      log: createLog({ level: 'silent' }),
      now: () => new Date(Date.now() + ahead),
    })
  fast = await node(10 * minutes)
  slow = await node(-10 * minutes)
  second = await node(0)
  karinAtSlow = await ConsoleClient.open(slow.url, await signInAs(desk.gateway, 'karin'))
})
afterAll(async () => {
  karinAtSlow?.close()
  await fast?.close()
  await slow?.close()
  await second?.close()
  await desk.close()
})

/** The quote's last day as if so many days ago, by the database's own calendar. */
async function endedDaysAgo({ id }: Held, days: number): Promise<void> {
  await sql`
    update quote set valid_until = day.it,
      body = jsonb_set(body, '{validUntil}', to_jsonb(day.it::text))
    from (
      select (clock_timestamp() at time zone time_zone)::date - ${days}::integer as it from seller
    ) day
    where id = ${id}`.execute(desk.gateway.context.db)
}

const stateOf = async (id: string) => {
  const { body } = await desk.gateway.context.db
    .selectFrom('quote')
    .select('body')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return body
}

const ordersOf = async (id: string) => {
  const rows = await desk.gateway.context.db
    .selectFrom('sales_order')
    .select('number')
    .where('source_id', '=', id)
    .execute()
  return rows.map(({ number }) => number)
}

const toldOf = async (quote: Quote) => {
  const rows = await desk.gateway.context.db
    .selectFrom('storefront_change')
    .select('change')
    .orderBy('xid')
    .orderBy('id')
    .execute()
  return rows.flatMap(({ change }) => (idTold(change) === quote.id ? [change.type] : []))
}

test('accepted, withdrawn and expired at once on two nodes, it comes to one end', async () => {
  const ends: string[] = []
  for (let round = 0; round < 12; round += 1) {
    const sent = await desk.sent()
    // Its last day is today, so that it can be accepted; half of them are over, so that they expire.
    if (round % 2 === 1) await endedDaysAgo(sent, 1)
    const acts = [
      () => desk.answer('accepted', sent.value),
      () => desk.answer('accepted', sent.value, {}, second),
      () => expireQuotes(fast.context),
      () =>
        karinAtSlow.command('quote.withdraw', sent.id, sent.version, {
          revision: 1,
          reason: null,
        }),
    ]
    const turned = [...acts.slice(round % acts.length), ...acts.slice(0, round % acts.length)]
    await Promise.all(turned.map((act) => act()))
    const { state, outcome } = await stateOf(sent.id)
    ends.push(state)
    const orders = await ordersOf(sent.id)
    if (state === 'ordered') {
      expect(orders).toEqual([outcome?.kind === 'ordered' ? outcome.orderNumber : ''])
      expect(round % 2).toBe(0)
    } else {
      expect(orders).toEqual([])
      expect(['withdrawn', 'expired']).toContain(state)
    }
    expect(await toldOf(sent.value)).toEqual(['quote.sent', `quote.${state}`])
  }
  expect(new Set(ends).size).toBeGreaterThan(1)
})

test('however often and wherever it is accepted at once, it is one order and all are told of it', async () => {
  const sent = await desk.sent()
  const nodes = [desk.gateway, second, second, desk.gateway, second, desk.gateway]
  const answers = await Promise.all(
    nodes.map((node) => desk.answer('accepted', sent.value, {}, node)),
  )
  const [number] = await ordersOf(sent.id)
  expect(await ordersOf(sent.id)).toHaveLength(1)
  expect(answers.map(({ body }) => body['quote'])).toEqual(
    nodes.map(() => expect.objectContaining({ state: 'ordered', orderNumber: number })),
  )
  expect(answers.filter(({ status }) => status === 202)).toHaveLength(1)
  // And once more, under the id of an event that has been received.
  const event = randomUUID()
  const data = { quote: sent.value.number, version: 1, contact: 'anna' }
  const timestamp = new Date().toISOString()
  const twice = { type: 'quote.accepted', timestamp, data }
  const [one, other] = await Promise.all([
    desk.shop.send(twice, second, event),
    desk.shop.send(twice, desk.gateway, event),
  ])
  expect(other.body).toEqual(one.body)
})

test('a quote expires when its last day is over by the database, whatever a node’s clock says', async () => {
  const lasting = await desk.sent()
  const over = await desk.sent()
  const draft = await desk.drafted()
  await endedDaysAgo(lasting, 0)
  await endedDaysAgo(over, 1)
  await endedDaysAgo(draft, 400)

  // Nobody accepts what is over, also before the job has come to it.
  expect(await desk.answer('accepted', over.value)).toMatchObject({
    status: 409,
    body: { code: 'quote_expired' },
  })
  for (const node of [fast, slow]) await expireQuotes(node.context)
  expect(await stateOf(over.id)).toMatchObject({
    state: 'expired',
    outcome: { kind: 'expired', by: { kind: 'system' } },
  })
  const seen = await desk.held('erik', over.id, over.version + 1)
  expect(seen.value.state).toBe('expired')
  expect(await stateOf(draft.id)).toMatchObject({ state: 'draft' })
  expect(await toldOf(over.value)).toEqual(['quote.sent', 'quote.expired'])
  expect(await desk.answer('accepted', lasting.value)).toMatchObject({ status: 202 })

  done(await desk.on('karin', over.id, 'quote.new_version'))
  const next = await desk.held('karin', over.id, over.version + 2)
  expect(next.value).toMatchObject({ state: 'draft', revision: 2 })
  expect(next.value.validUntil > over.value.createdAt.slice(0, 10)).toBe(true)
})
