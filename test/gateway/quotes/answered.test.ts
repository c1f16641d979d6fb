import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noDeadlines } from '../../../domain/approval/deadlines'
import { keepDeadlines } from '../../../gateway/jobs/keep-deadlines'
import { done, openQuoteDesk, type QuoteDesk } from './desk'
import { idTold } from '../../support/told'

let desk: QuoteDesk
beforeAll(async () => {
  desk = await openQuoteDesk()
})
afterAll(() => desk.close())

/** A quote of Erik's that is ready to be sent. */
async function ready() {
  const { id } = await desk.drafted()
  await desk.held('erik', id)
  done(await desk.on('erik', id, 'quote.submit_for_review'))
  const held = await desk.held('erik', id, 2)
  await desk.held('karin', id, 2)
  return { ...held, requisitionId: held.value.requisition?.id ?? '' }
}

/** Karin takes over from Erik what his quote answers. */
async function takenOver(requisitionId: string) {
  const karin = desk.as('karin')
  const claimOf = (name: string) =>
    karin.until(`the claim of ${name}`, () => {
      const found = karin.get('requisition', requisitionId)
      return found?.value.claimedBy?.name === name ? found : null
    })
  const { version } = await claimOf('Erik')
  done(await karin.command('requisition.claim', requisitionId, version, {}))
  return claimOf('Karin')
}

/** What the quote answers, as it stands. */
async function requisitionOf(id: string) {
  const { body, progress } = await desk.gateway.context.db
    .selectFrom('requisition')
    .select(['body', 'progress'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return { ...body, ...progress }
}

test('a quote that was written to another revision than the customer’s last is not sent', async () => {
  const { id, value, requisitionId } = await ready()
  expect(value.requisition).toMatchObject({ revision: 1 })
  const { version } = await takenOver(requisitionId)
  done(
    await desk.as('karin').command('requisition.return', requisitionId, version, {
      revision: 1,
      message: 'Hur många?',
    }),
  )
  await desk.resubmitted(value)
  expect(await desk.on('erik', id, 'quote.send')).toMatchObject({
    ok: false,
    error: { code: 'stale_version', details: { revision: 2 } },
  })
  expect(await requisitionOf(requisitionId)).toMatchObject({ revision: 2, state: 'submitted' })
  expect((await desk.held('erik', id)).value.state).toBe('ready')

  // Its writer says to have seen it, and it is reviewed as an answer to that.
  expect(await desk.on('erik', id, 'quote.edit', { answers: 1 })).toMatchObject({
    ok: false,
    error: { code: 'stale_version', details: { revision: 2 } },
  })
  done(await desk.on('erik', id, 'quote.edit', { answers: 2 }))
  expect((await desk.held('erik', id, 3)).value).toMatchObject({
    state: 'draft',
    requisition: { revision: 2 },
    lines: value.lines,
  })
  done(await desk.on('erik', id, 'quote.submit_for_review'))
  await desk.held('erik', id, 4)
  done(await desk.on('erik', id, 'quote.send'))
  expect(await requisitionOf(requisitionId)).toMatchObject({ revision: 2, state: 'returned' })
})

test('what a colleague has taken over is theirs to answer', async () => {
  const { id, requisitionId } = await ready()
  expect(await desk.on('karin', id, 'quote.send')).toMatchObject({
    ok: false,
    error: { code: 'claimed_by_other', details: { by: 'Erik' } },
  })
  await takenOver(requisitionId)
  expect(await desk.on('erik', id, 'quote.send')).toMatchObject({
    ok: false,
    error: { code: 'claimed_by_other', details: { by: 'Karin' } },
  })
  done(await desk.on('karin', id, 'quote.send'))
  expect(await requisitionOf(requisitionId)).toMatchObject({ state: 'returned' })
})

const ordersOf = (id: string) =>
  desk.gateway.context.db
    .selectFrom('sales_order')
    .select('number')
    .where('source_id', '=', id)
    .execute()

test('what a quote answers does not expire, and is told as ordered when the quote is accepted', async () => {
  const { id, value } = await desk.sent()
  const requisitionId = value.requisition?.id ?? ''
  const payload = { ...noDeadlines, expireDays: 1 }
  done(await desk.as('adam').command('deadlines.set', 'deadlines', 0, payload))
  const { db } = desk.gateway.context
  await sql`
    update requisition set look_at = now(),
      progress = jsonb_set(progress, '{outcome,at}', '"2026-01-01T00:00:00.000Z"')
    where id = ${requisitionId}`.execute(db)
  await keepDeadlines(desk.gateway.context)
  expect(await requisitionOf(requisitionId)).toMatchObject({
    state: 'returned',
    outcome: { at: '2026-01-01T00:00:00.000Z', quote: { id } },
  })
  expect(await desk.answer('accepted', value)).toMatchObject({ status: 202 })
  expect(await requisitionOf(requisitionId)).toMatchObject({ state: 'ordered' })
  const told = await db.selectFrom('storefront_change').select('change').execute()
  const { documentId } = value.requisition ?? {}
  expect(
    told.flatMap(({ change }) => (idTold(change) === documentId ? [change.type] : [])),
  ).toContain('requisition.ordered')
  done(await desk.as('adam').command('deadlines.set', 'deadlines', 1, noDeadlines))
})

test('no order comes of a quote whose requisition the customer has withdrawn', async () => {
  const { id, value } = await desk.sent()
  const withdrawal = await desk.shop.send({
    type: 'requisition.withdrawn',
    timestamp: new Date().toISOString(),
    data: { id: value.requisition?.documentId, contact: 'anna', reason: null },
  })
  expect(withdrawal.status, JSON.stringify(withdrawal.body)).toBe(202)
  expect(await desk.answer('accepted', value)).toMatchObject({
    status: 409,
    body: { code: 'requisition_closed', errors: [{ pointer: '/data/quote' }] },
  })
  expect(await ordersOf(id)).toEqual([])
  expect((await desk.held('karin', id)).value.state).toBe('sent')
  expect(await desk.answer('declined', value)).toMatchObject({ status: 202 })
})

test('no order comes of a quote whose requisition the customer has sent anew', async () => {
  const { id, value } = await desk.sent()
  await desk.resubmitted(value)
  expect(await desk.answer('accepted', value)).toMatchObject({
    status: 409,
    body: { code: 'requisition_revised', errors: [{ pointer: '/data/quote' }] },
  })
  expect(await ordersOf(id)).toEqual([])
  expect(await requisitionOf(value.requisition?.id ?? '')).toMatchObject({
    state: 'submitted',
    revision: 2,
  })
  // What they say no to, they may.
  expect(await desk.answer('declined', value)).toMatchObject({ status: 202 })
})

test('a quote whose requisition was rejected before it went out is not sent', async () => {
  const { id, requisitionId } = await ready()
  const { version } = await takenOver(requisitionId)
  const rejection = { revision: 1, reason: 'Nej' }
  done(await desk.as('karin').command('requisition.reject', requisitionId, version, rejection))
  expect(await desk.on('erik', id, 'quote.send')).toMatchObject({
    ok: false,
    error: { code: 'requisition_closed', details: { state: 'rejected' } },
  })
})

test('a new version is refused while another quote answers the same requisition, also at once', async () => {
  const first = await desk.sent()
  const requisitionId = first.value.requisition?.id ?? ''
  done(await desk.on('karin', first.id, 'quote.withdraw', { reason: null }))
  await desk.held('karin', first.id, 4)
  const from = { kind: 'requisition', requisitionId, revision: 1 }
  const begin = (id: string) => desk.as('erik').command('quote.create', id, null, { from })
  const second = randomUUID()
  done(await begin(second))
  const { value } = await desk.held('karin', second)
  expect(await desk.on('karin', first.id, 'quote.new_version')).toMatchObject({
    ok: false,
    error: { code: 'already_exists', details: { quoteId: second, number: value.number } },
  })

  done(await desk.on('karin', second, 'quote.withdraw', { reason: null }))
  const answers = await Promise.all([
    desk.on('karin', first.id, 'quote.new_version'),
    begin(randomUUID()),
  ])
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  expect(answers.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'already_exists' } })
})

test('for a contact who has moved to another company nothing is begun, written or submitted', async () => {
  const { id } = await desk.drafted()
  const { id: requisitionId } = await desk.requested()
  const { db } = desk.gateway.context
  const moveTo = (company: string) =>
    db.updateTable('contact').set({ company_id: company }).where('id', '=', 'anna').execute()
  await moveTo('1002')
  await desk.held('erik', id)
  const moved = { ok: false, error: { code: 'wrong_state' } }
  const goodsMark = { head: { goodsMark: 'Hus 4' } }
  for (const name of ['erik', 'karin']) {
    const from = { kind: 'requisition', requisitionId, revision: 1 }
    expect(
      await desk.as(name).command('quote.create', randomUUID(), null, { from }),
      name,
    ).toMatchObject(moved)
    expect(await desk.on(name, id, 'quote.edit', goodsMark), name).toMatchObject(moved)
    expect(await desk.on(name, id, 'quote.submit_for_review'), name).toMatchObject(moved)
  }
  await moveTo('1001')
  done(await desk.on('erik', id, 'quote.edit', goodsMark))
})
