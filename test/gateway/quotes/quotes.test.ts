import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Quote } from '../../../contract/quotes'
import { storefrontChangeSchema } from '../../../contract/storefront'
import type { ApprovalRule } from '../../../domain/approval/policy'
import { addTestShop } from '../../support/gateway'
import { countRows } from '../../support/rows'
import { done, line, openQuoteDesk, type QuoteDesk } from './desk'

let desk: QuoteDesk
beforeAll(async () => {
  desk = await openQuoteDesk()
})
afterAll(() => desk.close())

let policyVersion = 0
async function setRules(...rules: readonly ApprovalRule[]): Promise<void> {
  policyVersion = done(
    await desk.as('adam').command('policy.set', 'approval', policyVersion, { rules }),
  ).version
}
beforeEach(() => setRules())

const told = async (quote: Quote) => {
  const rows = await desk.gateway.context.db
    .selectFrom('storefront_change')
    .select('change')
    .orderBy('xid')
    .orderBy('id')
    .execute()
  return rows
    .map(({ change }) => storefrontChangeSchema.parse(change))
    .filter(({ data }) => 'version' in data && data.number === quote.number)
}

const auditOf = async (id: string) => {
  const { db } = desk.gateway.context
  const rows = await db
    .selectFrom('audit')
    .select(['type', 'version', 'data'])
    .where('aggregate_id', '=', id)
    .orderBy('seq')
    .execute()
  return rows.map(
    ({ type, version, data }) => `${version} ${type} ${(data['to'] as string | undefined) ?? ''}`,
  )
}

test('a request is answered: drafted at own prices, sent, accepted, and is one order', async () => {
  const draft = await desk.drafted()
  expect(draft.value).toMatchObject({
    number: expect.stringMatching(/^Q-\d+$/),
    state: 'draft',
    revision: 1,
    shopId: 'shop',
    lines: [
      { id: '1', byHand: null, resolved: { source: { kind: 'contract' } }, rowAmount: 19_200 },
      { id: '2', byHand: null, resolved: { source: { kind: 'list_price' } }, rowAmount: 3_550 },
    ],
    totals: { net: 22_750, gross: 28_438 },
  })
  const requisitionId = draft.value.requisition?.id ?? ''
  // Colleagues see who has it.
  await desk.as('karin').until('the claim', () => {
    const { value } = desk.as('karin').get('requisition', requisitionId) ?? {}
    return value?.claimedBy?.name === 'Erik'
  })

  done(await desk.on('erik', draft.id, 'quote.submit_for_review'))
  const ready = await desk.held('erik', draft.id, 2)
  expect(ready.value).toMatchObject({
    state: 'ready',
    steps: [],
    review: { kind: 'passed', automatic: true, by: { name: 'Erik' } },
  })
  done(await desk.on('erik', draft.id, 'quote.send'))
  const sent = await desk.held('karin', draft.id, 3)
  expect(sent.value).toMatchObject({ state: 'sent', sent: { by: { name: 'Erik' } } })
  const returned = await desk.as('karin').until('the answer', () => {
    const found = desk.as('karin').get('requisition', requisitionId)
    return found?.value.state === 'returned' ? found.value : null
  })
  expect(returned.outcome).toMatchObject({ kind: 'returned', quote: { id: draft.id } })

  const accepted = await desk.answer('accepted', sent.value)
  expect(accepted).toMatchObject({
    status: 202,
    body: { quote: { number: sent.value.number, version: 1, state: 'ordered' } },
  })
  const again = await desk.answer('accepted', sent.value)
  expect(again).toMatchObject({ status: 200, body: { quote: { state: 'ordered' } } })

  const ordered = await desk.held('karin', draft.id, 5)
  expect(ordered.value.outcome).toMatchObject({ kind: 'ordered', by: { name: 'Anna Lind' } })
  const order = await desk.as('karin').until('the order', () =>
    desk
      .as('karin')
      .all('order')
      .find(({ value }) => value.source.id === draft.id),
  )
  expect(order.value).toMatchObject({
    source: { kind: 'quote', number: draft.value.number, part: '0' },
    totals: sent.value.totals,
    placedBy: { kind: 'contact', name: 'Anna Lind' },
    lines: [{ id: '1', rowAmount: 19_200, warehouseId: 'STH' }, { id: '2' }],
  })
  await desk.as('karin').until('the requisition’s end', () => {
    const found = desk.as('karin').get('requisition', requisitionId)
    return found?.value.state === 'ordered' && found.value.outcome?.kind === 'ordered'
  })
  expect((await told(draft.value)).map(({ type }) => type)).toEqual(['quote.sent', 'quote.ordered'])
  expect(await auditOf(draft.id)).toEqual([
    '1 quote.created ',
    '2 quote.submitted_for_review ready',
    '3 quote.sent sent',
    '4 quote.accepted accepted',
    '5 quote.ordered ordered',
  ])
  const { ok, ...found } = await desk
    .as('karin')
    .query('order.search', { text: `${draft.value.number} ahlbergs rörböj` })
  expect(ok).toBe(true)
  expect(found).toMatchObject({ result: { rows: [{ id: order.id }] } })
})

test('an offer for a contact is written line by line, and a price by hand is kept', async () => {
  const id = randomUUID()
  done(
    await desk
      .as('erik')
      .command('quote.create', id, null, { from: { kind: 'contact', contactId: 'olle' } }),
  )
  expect(await desk.on('erik', id, 'quote.submit_for_review')).toMatchObject({
    ok: false,
    error: { code: 'quote_empty' },
  })
  const head = { validUntil: '2031-01-31', message: 'Som vi sa', goodsMark: 'Hus 4' }
  const lines = [line('a', 'RB-2206', 10), line('b', 'KA-1000', 12, 80), line('c', 'NP-0001', 1)]
  done(await desk.on('erik', id, 'quote.edit', { head, lines }))
  const written = await desk.held('erik', id, 2)
  expect(written.value).toMatchObject({
    ...head,
    shopId: 'shop',
    requisition: null,
    lines: [
      { id: 'a', byHand: null, rowAmount: 16_000 },
      { id: 'b', byHand: { unitPrice: { amount: 80_000_000 } }, rowAmount: 96_000 },
      { id: 'c', byHand: null, rowAmount: null },
    ],
    totals: { net: 112_000, vat: [{ rate: 250_000 }, { rate: 120_000 }] },
  })
  expect(await desk.on('erik', id, 'quote.submit_for_review')).toMatchObject({
    ok: false,
    error: { code: 'price_missing', details: { lineIds: ['c'] } },
  })
  const changed = { lines: [line('b', 'KA-1000', 6, 80)], removed: ['c'] }
  done(await desk.on('erik', id, 'quote.edit', changed))
  const after = await desk.held('erik', id, 3)
  expect(after.value.lines.map(({ id: row, quantity }) => [row, quantity])).toEqual([
    ['a', 10_000],
    ['b', 6_000],
  ])
  expect(after.value).toMatchObject(head)
})

test('what cannot be is refused whole, line by line', async () => {
  const { id, version } = await desk.drafted()
  const lines = [
    line('1', 'KA-1000', 7),
    line('2', 'NO-SUCH', 1),
    { ...line('9', 'RB-2206', 1), warehouseId: 'SVC' },
  ]
  const answer = await desk.on('erik', id, 'quote.edit', { lines })
  expect(answer).toMatchObject({
    ok: false,
    error: {
      code: 'quote_unsound',
      details: {
        problems: [
          { lineId: '1', field: 'quantity', code: 'quantity_not_pack_multiple', above: 12_000 },
          { lineId: '2', field: 'article', code: 'unknown_article' },
          { lineId: '9', field: 'warehouse', code: 'warehouse_not_open' },
        ],
      },
    },
  })
  const lineless = { lines: [{ ...line('1', 'RB-2206', 1), price: { amount: -1 } }] }
  expect(await desk.on('erik', id, 'quote.edit', lineless)).toMatchObject({
    ok: false,
    error: { code: 'invalid', details: { issues: expect.any(Array) } },
  })
  expect(await desk.on('erik', id, 'quote.edit', { head: { validUntil: '2000-01-01' } })).toEqual({
    ok: true,
    result: {},
    version: version + 1,
  })
  await desk.held('erik', id, version + 1)
  expect(await desk.on('erik', id, 'quote.submit_for_review')).toMatchObject({
    ok: false,
    error: { code: 'validity_past', details: { validUntil: '2000-01-01' } },
  })
})

test('who may not see it is told that there is none; who only sees it may not write it', async () => {
  const { id, version, value } = await desk.drafted()
  const payload = { revision: 1 }
  for (const [name, code] of [
    ['sara', 'not_found'],
    ['gun', 'not_found'],
    ['adam', 'forbidden'],
  ] as const) {
    expect(
      await desk.as(name).command('quote.submit_for_review', id, version, payload),
      name,
    ).toMatchObject({ ok: false, error: { code } })
  }
  expect(await desk.as('gun').command('quote.send', id, version, payload)).toMatchObject({
    ok: false,
    error: { code: 'forbidden' },
  })
  expect(await desk.as('sara').query('quote.get', { id })).toMatchObject({
    ok: false,
    error: { code: 'not_found' },
  })
  expect(await desk.as('gun').query('quote.get', { id })).toMatchObject({
    ok: false,
    error: { code: 'forbidden' },
  })
  expect(await desk.as('adam').query('quote.get', { id })).toMatchObject({ ok: true })
  expect(await desk.as('sara').query('quote.versions', { id })).toMatchObject({ ok: false })
  expect(await desk.as('sara').query('audit.of', { aggregateId: id })).toMatchObject({ ok: false })
  const from = { kind: 'requisition', requisitionId: value.requisition?.id, revision: 1 }
  expect(await desk.as('sara').command('quote.create', randomUUID(), null, { from })).toMatchObject(
    {
      ok: false,
      error: { code: 'not_found' },
    },
  )
  await desk.held('adam', id)
  expect(desk.as('sara').get('quote', id)).toBeNull()
  expect(desk.as('gun').get('quote', id)).toBeNull()
})

test('two who answer the same request at once make one quote', async () => {
  const { id: requisitionId } = await desk.requested()
  const from = { kind: 'requisition', requisitionId, revision: 1 }
  const quotes = async () => (await countRows(desk.gateway.context.db))['quote'] ?? 0
  const before = await quotes()
  const answers = await Promise.all(
    ['erik', 'karin'].map((name) =>
      desk.as(name).command('quote.create', randomUUID(), null, { from }),
    ),
  )
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  expect(answers.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'claimed_by_other' } })
  expect(await quotes()).toBe(before + 1)
  const winner = answers[0]?.ok ? 'erik' : 'karin'
  expect(await desk.as(winner).command('quote.create', randomUUID(), null, { from })).toMatchObject(
    {
      ok: false,
      error: { code: 'already_exists', details: { number: expect.any(String) } },
    },
  )
})

test('a command that comes again is carried out once', async () => {
  const { id: requisitionId } = await desk.requested()
  const envelope = {
    id: randomUUID(),
    type: 'quote.create',
    aggregateId: randomUUID(),
    expectedVersion: null,
    payload: { from: { kind: 'requisition', requisitionId, revision: 1 } },
  }
  const first = await desk.as('erik').send(envelope)
  expect(await desk.as('erik').send(envelope)).toEqual(first)
  expect(await desk.on('erik', envelope.aggregateId, 'quote.edit', { head: {} })).toMatchObject({
    version: 2,
  })
})

test('rules demand a review, which is passed, refused, and void when what it was about changes', async () => {
  const margin = {
    id: 'margin',
    name: 'Låg marginal',
    isOn: true,
    when: {
      all: [
        { fact: 'kind', is: 'one_of', values: ['quote'] },
        { fact: 'changedPrices', is: 'over', value: 0 },
      ],
    },
    demands: [{ tier: 1, by: { kind: 'approvers' }, when: { all: [] } }],
  } as const satisfies ApprovalRule
  await setRules(margin)
  const { id } = await desk.drafted()
  done(await desk.on('erik', id, 'quote.edit', { lines: [line('1', 'RB-2206', 12, 12)] }))
  await desk.held('erik', id, 2)
  done(await desk.on('erik', id, 'quote.submit_for_review'))
  const inReview = await desk.held('erik', id, 3)
  expect(inReview.value).toMatchObject({
    state: 'in_review',
    review: null,
    steps: [{ by: { kind: 'approvers' }, because: [{ name: 'Låg marginal' }] }],
  })
  expect(await desk.on('erik', id, 'quote.approve')).toMatchObject({
    ok: false,
    error: { code: 'not_your_step' },
  })
  expect(await desk.on('erik', id, 'quote.send')).toMatchObject({
    ok: false,
    error: { code: 'wrong_state' },
  })
  done(await desk.on('karin', id, 'quote.refuse', { reason: 'För billigt' }))
  expect((await desk.held('erik', id, 4)).value).toMatchObject({
    state: 'draft',
    steps: [],
    review: { kind: 'refused', reason: 'För billigt', by: { name: 'Karin' } },
  })
  done(await desk.on('erik', id, 'quote.submit_for_review'))
  await desk.held('karin', id, 5)
  done(await desk.on('karin', id, 'quote.approve'))
  expect((await desk.held('erik', id, 6)).value).toMatchObject({
    state: 'ready',
    review: { kind: 'passed', automatic: false, by: { name: 'Karin' } },
    steps: [{ approvals: [{ by: { name: 'Karin' } }] }],
  })
  done(await desk.on('erik', id, 'quote.edit', { lines: [line('1', 'RB-2206', 12, 11)] }))
  expect((await desk.held('erik', id, 7)).value).toMatchObject({
    state: 'draft',
    steps: [],
    review: null,
  })
})

test('a total above the writer’s own limit takes a colleague’s word', async () => {
  const { id } = await desk.drafted('karin')
  await desk.held('lars', id)
  done(await desk.on('lars', id, 'quote.submit_for_review'))
  await desk.held('lars', id, 2)
  expect(await desk.on('lars', id, 'quote.approve')).toMatchObject({
    ok: false,
    error: { code: 'above_limit', details: { limit: 10_000 } },
  })
  await desk.held('erik', id, 2)
  done(await desk.on('erik', id, 'quote.approve'))
  expect((await desk.held('lars', id, 3)).value).toMatchObject({ state: 'ready' })
})

test('a version that has gone out never changes; a counter-offer begins the next', async () => {
  const sent = await desk.sent()
  const { id } = sent
  expect(await desk.on('karin', id, 'quote.edit', { removed: ['1'] })).toMatchObject({
    ok: false,
    error: { code: 'wrong_state' },
  })
  const bad = await desk.answer('countered', sent.value, {
    message: 'Mindre',
    lines: [{ id: 'nix', quantity: '1' }],
  })
  expect(bad).toMatchObject({
    status: 422,
    body: { code: 'unknown_line', errors: [{ pointer: '/data/lines/0/id' }] },
  })
  const countered = await desk.answer('countered', sent.value, {
    message: 'Färre, och billigare',
    lines: [{ id: '1', quantity: '6', price: { amount: '15' } }],
  })
  expect(countered).toMatchObject({ status: 202, body: { quote: { state: 'countered' } } })
  expect(await desk.answer('accepted', sent.value)).toMatchObject({
    status: 409,
    body: { code: 'quote_not_open' },
  })
  await desk.held('karin', id, 4)
  done(await desk.on('karin', id, 'quote.new_version', { withCounter: true }))
  const next = await desk.held('karin', id, 5)
  expect(next.value).toMatchObject({
    state: 'draft',
    revision: 2,
    sent: null,
    lines: [
      { id: '1', quantity: 6_000, byHand: { unitPrice: { amount: 15_000_000 } }, rowAmount: 9_000 },
      { id: '2', quantity: 2_500, byHand: null },
    ],
    outcome: { kind: 'countered' },
  })
  done(await desk.on('karin', id, 'quote.submit_for_review'))
  await desk.held('karin', id, 6)
  done(await desk.on('karin', id, 'quote.send'))
  const second = await desk.held('karin', id, 7)
  expect(second.value).toMatchObject({ state: 'sent', revision: 2, outcome: null })
  expect(await desk.answer('accepted', sent.value)).toMatchObject({
    status: 409,
    body: { code: 'version_not_newest' },
  })
  const versions = await desk.as('karin').query('quote.versions', { id })
  expect(versions).toMatchObject({ ok: true, result: { rows: [second.value, sent.value] } })
  expect(await desk.answer('accepted', second.value)).toMatchObject({ status: 202 })
})

test('an offer that is withdrawn or declined is revived only as a new version', async () => {
  const { id, value } = await desk.sent()
  done(await desk.on('karin', id, 'quote.withdraw', { reason: 'Slut hos leverantören' }))
  const withdrawn = await desk.held('karin', id, 4)
  expect(withdrawn.value.outcome).toMatchObject({ kind: 'withdrawn' })
  expect(await desk.on('karin', id, 'quote.send')).toMatchObject({
    ok: false,
    error: { code: 'already_decided', details: { outcome: { by: { name: 'Karin' } } } },
  })
  done(await desk.on('karin', id, 'quote.new_version'))
  const next = await desk.held('karin', id, 5)
  expect(next.value).toMatchObject({ state: 'draft', revision: 2, outcome: null })
  // Nobody has heard of the second version, and putting it away tells of none.
  done(await desk.on('karin', id, 'quote.withdraw', { reason: null }))
  expect((await told(value)).map(({ type, data }) => [type, data])).toMatchObject([
    ['quote.sent', { version: 1 }],
    ['quote.withdrawn', { version: 1, reason: 'Slut hos leverantören' }],
    ['quote.withdrawn', { version: 2 }],
  ])

  const other = await desk.sent()
  const declined = await desk.answer('declined', other.value, { reason: 'För dyrt' })
  expect(declined).toMatchObject({ status: 202, body: { quote: { state: 'declined' } } })
  expect(await desk.answer('declined', other.value)).toMatchObject({ status: 200 })
  await desk.held('karin', other.id, 4)
  done(await desk.on('karin', other.id, 'quote.new_version'))
})

test('what a quote answers becomes an order once, by whichever way is first', async () => {
  const { id, value } = await desk.sent()
  const requisitionId = value.requisition?.id ?? ''
  // The customer sends it again instead of accepting, and it is approved.
  const submitted = await desk.resubmitted(value)
  done(
    await desk
      .as('karin')
      .command('requisition.approve', requisitionId, submitted.version, { revision: 2 }),
  )
  expect(await desk.answer('accepted', value)).toMatchObject({
    status: 409,
    body: { code: 'already_ordered' },
  })
  expect((await desk.held('karin', id)).value.state).toBe('sent')
})

test('another shop, another company and a stranger are told of no quote', async () => {
  const { value } = await desk.sent()
  const other = await addTestShop(desk.gateway, 'other')
  const data = { quote: value.number, version: 1, contact: 'anna' }
  const timestamp = new Date().toISOString()
  expect(await other.send({ type: 'quote.accepted', timestamp, data })).toMatchObject({
    status: 409,
    body: { code: 'unknown_quote', errors: [{ pointer: '/data/quote' }] },
  })
  expect(await desk.answer('accepted', value, { contact: 'per' })).toMatchObject({
    status: 409,
    body: { code: 'document_of_other_company' },
  })
  expect(await desk.answer('accepted', value, { contact: 'gone' })).toMatchObject({
    status: 422,
    body: { code: 'contact_disabled' },
  })
  expect(await desk.answer('accepted', value, { version: 0 })).toMatchObject({ status: 422 })
  const draft = await desk.drafted()
  expect(await desk.answer('accepted', draft.value)).toMatchObject({
    status: 409,
    body: { code: 'unknown_quote' },
  })
})
