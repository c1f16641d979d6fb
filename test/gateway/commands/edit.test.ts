import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ApprovalRule, StepTaker } from '../../../domain/approval/policy'
import { openConsoles, type Consoles } from '../../support/consoles'
import { addTestShop, startTestGateway, type TestGateway } from '../../support/gateway'
import { countRows } from '../../support/rows'
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
  shop = await addTestShop(gateway)
  const people = [
    { username: 'karin', roles: ['approver'] },
    { username: 'lars', roles: ['approver'], discountLimit: 100_000 },
    { username: 'maja', roles: ['approver'], marginFloor: 300_000 },
    { username: 'erik', roles: ['rep'], approvalLimit: 20_000 },
    { username: 'sara', roles: ['rep'] },
    { username: 'agneta', roles: ['agent'] },
    { username: 'adam', roles: ['admin'] },
  ] as const
  consoles = await openConsoles(gateway, people)
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

const always = (
  id: string,
  ...demands: readonly (readonly [number, StepTaker])[]
): ApprovalRule => ({
  id,
  name: `Rule ${id}`,
  isOn: true,
  when: { all: [] },
  demands: demands.map(([tier, by]) => ({ tier, by, when: { all: [] } })),
})
const only = (name: string): StepTaker => ({ kind: 'users', userIds: [idOf(name)], need: 'any' })

/** A new proposal of 12 pipe bends and 2.5 m of insulation, as Karin's console has it. */
async function submitted(overrides: Record<string, unknown> = {}) {
  const documentId = randomUUID()
  const { status, body } = await shop.send(proposal(documentId, overrides))
  expect(status, JSON.stringify(body)).toBe(202)
  return row(documentId, () => true)
}
type Row = Awaited<ReturnType<typeof submitted>>

function row(
  documentId: string,
  is: (one: { value: { revision: number; state: string } }) => boolean,
) {
  return as('karin').until('the requisition', () =>
    as('karin')
      .all('requisition')
      .find((one) => one.value.shop.documentId === documentId && is(one)),
  )
}
const now = (one: Row) =>
  as('karin')
    .all('requisition')
    .find(({ id }) => id === one.id)!

/** Change a requisition and wait for the revision that it makes. */
async function edit(name: string, one: Row, changes: Record<string, unknown>, beside = {}) {
  const { revision } = one.value
  const answer = await as(name).command('requisition.edit', one.id, one.version, {
    revision,
    changes,
    ...beside,
  })
  expect(answer, JSON.stringify(answer)).toMatchObject({
    ok: true,
    result: { revision: revision + 1 },
  })
  return row(one.value.shop.documentId, ({ value }) => value.revision === revision + 1)
}

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

test('an edit is the next revision: lines, head and sums anew, the one before it kept as it was', async () => {
  const first = await submitted()
  const second = await edit(
    'karin',
    first,
    {
      head: { purchaseOrderNumber: 'PO 7', requestedDate: '2027-01-12', deliveryAddress: 'A1' },
      lines: [
        {
          kind: 'changed',
          id: '1',
          quantity: 20_000,
          set: { amount: 15_500_000, basis: 'net', rebate: 0 },
        },
        { kind: 'removed', id: '2' },
        {
          kind: 'added',
          id: 'new',
          articleId: 'KA-1000',
          quantity: 6_000,
          comment: 'Efter samtal',
        },
      ],
    },
    { internalComment: 'Ringde Anna' },
  )
  expect(second.value).toMatchObject({
    state: 'submitted',
    revision: 2,
    purchaseOrderNumber: 'PO 7',
    requestedDate: '2027-01-12',
    deliveryAddress: { id: 'A1', city: 'Stockholm' },
    internalComment: 'Ringde Anna',
    editedBy: [{ id: idOf('karin'), name: 'Karin' }],
    submittedAt: first.value.submittedAt,
    receivedAt: first.value.receivedAt,
    lines: [
      {
        id: '1',
        quantity: 20_000,
        shown: null,
        resolved: { kind: 'priced', unitPrice: { amount: 16_000_000 } },
        set: { unitPrice: { amount: 15_500_000, currency: 'SEK' }, by: { id: idOf('karin') } },
        rowAmount: 31_000,
      },
      { id: 'new', articleId: 'KA-1000', rowAmount: 53_400, comment: 'Efter samtal' },
    ],
    totals: { net: 84_400, gross: 98_558 },
  })
  const history = await as('karin').query('audit.of', { aggregateId: first.id })
  const { rows } = (history as { result: { rows: object[] } }).result
  expect(rows[0]).toMatchObject({
    type: 'requisition.edited',
    actor: { id: idOf('karin') },
    data: {
      revision: 2,
      difference: {
        lines: [
          { lineId: '1', before: { quantity: 12_000 }, after: { quantity: 20_000 } },
          { lineId: 'new', before: null },
          { lineId: '2', after: null },
        ],
        head: { purchaseOrderNumber: { before: null, after: 'PO 7' } },
      },
    },
  })
  const kept = await gateway.context.db
    .selectFrom('requisition_revision')
    .select(['revision', 'body', 'made_by', 'made_how'])
    .where('requisition_id', '=', first.id)
    .orderBy('revision')
    .execute()
  expect(kept).toMatchObject([
    { revision: 1, made_how: 'submitted', made_by: { kind: 'contact', id: 'anna' } },
    { revision: 2, made_how: 'edited', made_by: { kind: 'user', id: idOf('karin') } },
  ])
  expect(kept[0]?.body.lines).toEqual(first.value.lines)

  const answer = await as('karin').command('requisition.approve', first.id, second.version, {
    revision: 2,
  })
  expect(answer).toMatchObject({ ok: true })
  const order = await as('karin').until('the order', () =>
    as('karin')
      .all('order')
      .find(({ value }) => value.source.id === first.id),
  )
  expect(order.value).toMatchObject({
    purchaseOrderNumber: 'PO 7',
    totals: { net: 84_400 },
    lines: [{ unitPrice: { amount: 15_500_000 }, rowAmount: 31_000 }, { articleId: 'KA-1000' }],
  })
  const ordered = await tellsOf(first.value.shop.documentId)
  expect(JSON.stringify(ordered)).not.toContain('Ringde')
  expect(ordered.map(({ type, data }) => [type, 'revision' in data && data.revision])).toEqual([
    ['requisition.received', 1],
    ['requisition.ordered', 2],
  ])
})

test('a price set by hand is taken back, and whoever has it under review keeps it', async () => {
  const first = await submitted()
  await as('karin').command('requisition.claim', first.id, first.version, {})
  const claimed = await row(first.value.shop.documentId, ({ value }) => value.state === 'in_review')
  const set = { amount: 1_000_000, basis: 'net', rebate: 0 }
  const second = await edit('karin', claimed, { lines: [{ kind: 'changed', id: '1', set }] })
  expect(second.value).toMatchObject({ state: 'in_review', claimedBy: { id: idOf('karin') } })
  const others = await as('lars').command('requisition.edit', first.id, second.version, {
    revision: 2,
    changes: {},
  })
  expect(others).toMatchObject({ ok: false, error: { code: 'claimed_by_other' } })
  const third = await edit('karin', second, { lines: [{ kind: 'changed', id: '1', set: null }] })
  expect(third.value.lines[0]).not.toHaveProperty('set')
  expect(third.value.totals).toEqual(first.value.totals)
})

test('what is wrong is answered with where it stands, and leaves no trace', async () => {
  const one = await submitted()
  const answer = await refusedWithoutTrace(() =>
    as('karin').command('requisition.edit', one.id, one.version, {
      revision: 1,
      changes: {
        head: { deliveryAddress: 'nowhere' },
        lines: [
          { kind: 'changed', id: '1', quantity: 1_500 },
          { kind: 'added', id: 'a', articleId: 'KA-1000', quantity: 7_000 },
          { kind: 'added', id: 'b', articleId: 'no such', quantity: 1_000 },
          { kind: 'changed', id: '2', warehouseId: 'SVC' },
          { kind: 'removed', id: 'missing' },
        ],
      },
    }),
  )
  expect(answer).toMatchObject({ ok: false, error: { code: 'edit_unsound' } })
  const { issues } = (
    answer as { error: { details: { issues: { pointer: string; code: string }[] } } }
  ).error.details
  expect(issues.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
    '/payload/changes/head/deliveryAddress unknown_address',
    '/payload/changes/lines/4/id unknown_line',
    '/payload/changes/lines/0/quantity quantity_precision',
    '/payload/changes/lines/3/warehouseId warehouse_not_open',
    '/payload/changes/lines/1/quantity quantity_not_pack_multiple',
    '/payload/changes/lines/2/articleId unknown_article',
  ])
  const emptied = await refusedWithoutTrace(() =>
    as('karin').command('requisition.edit', one.id, one.version, {
      revision: 1,
      changes: { lines: ['1', '2'].map((id) => ({ kind: 'removed', id })) },
    }),
  )
  expect(emptied).toMatchObject({
    error: { code: 'edit_unsound', details: { issues: [{ code: 'no_lines' }] } },
  })
})

test('limits of one’s own: a discount, a margin; more than the customer’s own price is always allowed', async () => {
  const one = await submitted()
  const priced = (amount: number) => ({
    revision: 1,
    changes: { lines: [{ kind: 'changed', id: '1', set: { amount, basis: 'net', rebate: 0 } }] },
  })
  // 15.00 of 18.40 is 18.5 % off, and below the contract's 16.00.
  expect(
    await refusedWithoutTrace(() =>
      as('lars').command('requisition.edit', one.id, one.version, priced(15_000_000)),
    ),
  ).toMatchObject({
    error: {
      code: 'beyond_price_limit',
      details: {
        lines: [
          {
            pointer: '/payload/changes/lines/0/set',
            lineId: '1',
            articleId: 'RB-2206',
            limit: 'discount',
            value: 184_783,
            allowed: 100_000,
          },
        ],
      },
    },
  })
  // It costs 9.10: at 12.00 that leaves 24 %.
  expect(
    await refusedWithoutTrace(() =>
      as('maja').command('requisition.edit', one.id, one.version, priced(12_000_000)),
    ),
  ).toMatchObject({
    error: { details: { lines: [{ limit: 'margin', value: 241_667, allowed: 300_000 }] } },
  })
  // 16.50 is still more than a tenth off the list, and more than the customer pays by itself.
  const raised = await edit('lars', one, priced(16_500_000).changes)
  expect(raised.value.lines[0]).toMatchObject({ rowAmount: 19_800 })
})

test('who may not see it is told of nothing, who may not edit is told so', async () => {
  const one = await submitted()
  const payload = { revision: 1, changes: {} }
  const send = (name: string) => as(name).command('requisition.edit', one.id, one.version, payload)
  expect(await refusedWithoutTrace(() => send('sara'))).toMatchObject({
    error: { code: 'not_found' },
  })
  for (const name of ['agneta', 'adam']) {
    expect(await refusedWithoutTrace(() => send(name))).toMatchObject({
      error: { code: 'forbidden' },
    })
  }
  expect(await send('erik')).toMatchObject({ ok: true })
})

test('of one who edits and one who approves at once the later is told what the other did', async () => {
  const one = await submitted()
  await edit('erik', one, { head: { goodsMark: 'Port 3' } })
  expect(
    await as('karin').command('requisition.approve', one.id, one.version, { revision: 1 }),
  ).toMatchObject({
    error: {
      code: 'stale_version',
      message: 'Erik has changed it. Look at it before you decide.',
      details: { revision: 2, madeBy: { by: 'Erik', kind: 'user' } },
    },
  })
  const approved = await as('karin').command('requisition.approve', one.id, null, { revision: 2 })
  expect(approved).toMatchObject({ ok: true })
  expect(
    await as('erik').command('requisition.edit', one.id, null, { revision: 2, changes: {} }),
  ).toMatchObject({ error: { code: 'already_decided', details: { outcome: { kind: 'ordered' } } } })
})

test('approvals stand while nothing material changes, and are void as soon as it does', async () => {
  await setRules(always('two', [1, only('karin')], [2, only('lars')]))
  const one = await submitted()
  await as('karin').command('requisition.approve', one.id, one.version, { revision: 1 })
  const begun = await row(one.value.shop.documentId, ({ value }) => value.state === 'in_review')
  const marked = await edit('erik', begun, { head: { goodsMark: 'Port 3' } })
  expect(marked.value).toMatchObject({ state: 'in_review', steps: begun.value.steps })
  expect(marked.value).not.toHaveProperty('editedBy')
  const fewer = await edit('erik', marked, {
    lines: [{ kind: 'changed', id: '1', quantity: 11_000 }],
  })
  expect(fewer.value.steps?.map(({ approvals }) => approvals)).toEqual([[], []])
  expect(fewer.value.editedBy).toEqual([{ id: idOf('erik'), name: 'Erik' }])
})

test('beyond their own limit nobody is the only one to approve what they have repriced', async () => {
  const one = await submitted()
  // Karin goes further than Lars may; Lars changes the amount, and so has made it as well.
  const repriced = await edit('karin', one, {
    lines: [{ kind: 'changed', id: '1', set: { amount: 12_000_000, basis: 'net', rebate: 0 } }],
  })
  const both = await edit('lars', repriced, {
    lines: [{ kind: 'changed', id: '2', quantity: 3_000 }],
  })
  expect(both.value.editedBy?.map(({ name }) => name)).toEqual(['Karin', 'Lars'])
  const approve = (name: string) =>
    as(name).command('requisition.approve', one.id, both.version, { revision: 3 })
  expect(await refusedWithoutTrace(() => approve('lars'))).toMatchObject({
    error: { code: 'own_work', details: { limit: 'discount', value: 347_826, allowed: 100_000 } },
  })
  // Maja has had no part in it: her limits are for what she sets herself.
  expect(await approve('maja')).toMatchObject({ ok: true })
})

test('a rule’s steps are taken by who has repriced it, and then somebody else has the last word', async () => {
  await setRules(always('one', [1, only('lars')]))
  const one = await submitted()
  const repriced = await edit('karin', one, {
    lines: [{ kind: 'changed', id: '1', set: { amount: 12_000_000, basis: 'net', rebate: 0 } }],
  })
  const both = await edit('lars', repriced, {
    lines: [{ kind: 'changed', id: '2', quantity: 3_000 }],
  })
  expect(
    await as('lars').command('requisition.approve', one.id, both.version, { revision: 3 }),
  ).toMatchObject({ ok: true })
  const waiting = await row(one.value.shop.documentId, ({ value }) => value.state === 'in_review')
  expect(waiting.value.steps).toMatchObject([
    { approvals: [{ withinLimit: false }] },
    { because: [], approvals: [] },
  ])
  expect(
    await as('karin').command('requisition.approve', one.id, waiting.version, { revision: 3 }),
  ).toMatchObject({ ok: true, result: { orderNumber: expect.any(String) } })
})

test('a counter-proposal is told line by line; accepted it is ordered at the proposed price where the contact may order', async () => {
  const one = await submitted({
    contact: 'olle',
    lines: [{ id: '1', article: 'RB-2206', quantity: '12', price: { amount: '17' } }],
  })
  const { documentId } = one.value.shop
  expect(one.value.reasons).toMatchObject([{ kind: 'price_differs' }])
  const returned = await as('karin').command('requisition.return', one.id, one.version, {
    revision: 1,
    message: 'Vi föreslår fler till lägre pris',
    proposal: {
      lines: [
        {
          kind: 'changed',
          id: '1',
          quantity: 20_000,
          set: { amount: 15_000_000, basis: 'net', rebate: 50_000 },
        },
      ],
    },
  })
  expect(returned).toMatchObject({ ok: true })
  const waiting = await row(documentId, ({ value }) => value.state === 'returned')
  expect(waiting.value).toMatchObject({
    revision: 1,
    lines: [{ quantity: 12_000 }],
    outcome: {
      proposal: { lines: [{ quantity: 20_000, rowAmount: 28_500 }], totals: { net: 28_500 } },
    },
  })
  expect((await tellsOf(documentId)).at(-1)).toMatchObject({
    type: 'requisition.returned',
    data: {
      proposal: {
        net: '285.00',
        lines: [
          {
            id: '1',
            quantity: '20',
            price: { amount: '15', basis: 'net', rebate: '5' },
            rowAmount: '285.00',
          },
        ],
      },
    },
  })
  const found = await as('karin').query('requisition.search', { text: one.value.number })
  const { rows } = (found as { result: { rows: { outcome: object }[] } }).result
  expect(rows[0]?.outcome).not.toHaveProperty('proposal')

  const accept = (data: object) =>
    shop.send({
      type: 'requisition.accepted',
      timestamp: new Date().toISOString(),
      data: { id: documentId, revision: 1, contact: 'olle', ...data },
    })
  expect(await accept({ revision: 2 })).toMatchObject({
    status: 409,
    body: { code: 'revision_not_current' },
  })
  expect(await accept({ contact: 'per' })).toMatchObject({
    status: 409,
    body: { code: 'document_of_other_company' },
  })
  expect(await accept({ contact: 'gone' })).toMatchObject({
    status: 422,
    body: { code: 'contact_disabled' },
  })
  expect(await accept({ contact: 'lisa' })).toMatchObject({
    status: 422,
    body: { code: 'ordering_right_too_low' },
  })
  const taken = await accept({})
  expect(taken).toMatchObject({
    status: 202,
    body: { requisition: { revision: 2, state: 'ordered' } },
  })
  // Told once more, under another id, it is no news.
  expect(await accept({})).toMatchObject({
    status: 200,
    body: { requisition: { revision: 2, state: 'ordered' } },
  })
  const order = await as('karin').until('the order', () =>
    as('karin')
      .all('order')
      .find(({ value }) => value.source.id === one.id),
  )
  expect(order.value).toMatchObject({
    placedBy: { kind: 'contact', id: 'olle' },
    totals: { net: 28_500 },
    lines: [
      { quantity: 20_000, unitPrice: { amount: 15_000_000 }, rebate: 50_000, rowAmount: 28_500 },
    ],
  })
  expect(
    (await tellsOf(documentId)).map(
      ({ type, data }) => `${type} ${'revision' in data && data.revision}`,
    ),
  ).toEqual([
    'requisition.received 1',
    'requisition.returned 1',
    'requisition.received 2',
    'requisition.ordered 2',
  ])
  expect(now(one).value).toMatchObject({
    editedBy: [{ id: idOf('karin') }],
    outcome: { automatic: true },
  })
})

test('accepted by who may not order it asks a person, at the price that was proposed', async () => {
  const one = await submitted()
  const { documentId } = one.value.shop
  await as('karin').command('requisition.return', one.id, one.version, {
    revision: 1,
    message: 'Med rabatt',
    proposal: {
      lines: [{ kind: 'changed', id: '1', set: { amount: 12_000_000, basis: 'net', rebate: 0 } }],
    },
  })
  const { status, body } = await shop.send({
    type: 'requisition.accepted',
    timestamp: new Date().toISOString(),
    data: { id: documentId, revision: 1, contact: 'anna' },
  })
  expect(status, JSON.stringify(body)).toBe(202)
  const back = await row(documentId, ({ value }) => value.revision === 2)
  expect(back.value).toMatchObject({
    state: 'submitted',
    outcome: null,
    reasons: [{ kind: 'right_below_order' }],
    lines: [
      // Of a price set by hand it stays known whose it is.
      {
        shown: null,
        set: { unitPrice: { amount: 12_000_000 }, by: { id: idOf('karin') } },
        rowAmount: 14_400,
      },
      { shown: { unitPrice: { amount: 14_200_000 } }, rowAmount: 3_550 },
    ],
  })
})

test('only a proposal can be accepted', async () => {
  const one = await submitted()
  const accept = () =>
    shop.send({
      type: 'requisition.accepted',
      timestamp: new Date().toISOString(),
      data: { id: one.value.shop.documentId, revision: 1, contact: 'anna' },
    })
  expect(await accept()).toMatchObject({ status: 409, body: { code: 'nothing_to_accept' } })
  await as('karin').command('requisition.return', one.id, one.version, {
    revision: 1,
    message: 'Varför?',
  })
  expect(await accept()).toMatchObject({ status: 409, body: { code: 'nothing_to_accept' } })
})

test('a proposal beyond one’s limits is not sent', async () => {
  const one = await submitted()
  expect(
    await refusedWithoutTrace(() =>
      as('lars').command('requisition.return', one.id, one.version, {
        revision: 1,
        message: 'Nästan gratis',
        proposal: {
          lines: [{ kind: 'changed', id: '2', set: { amount: 0, basis: 'net', rebate: 0 } }],
        },
      }),
    ),
  ).toMatchObject({
    error: {
      code: 'beyond_price_limit',
      details: { lines: [{ pointer: '/payload/proposal/lines/0/set' }] },
    },
  })
})

test('a proposal beyond what its writer may decide alone binds nobody: accepted it waits for somebody who may', async () => {
  const one = await submitted({
    contact: 'olle',
    lines: [{ id: '1', article: 'RB-2206', quantity: '12', price: { amount: '17' } }],
  })
  const { documentId } = one.value.shop
  const returned = await as('erik').command('requisition.return', one.id, one.version, {
    revision: 1,
    message: 'Fler till lägre pris',
    proposal: {
      lines: [
        {
          kind: 'changed',
          id: '1',
          quantity: 30_000,
          set: { amount: 17_500_000, basis: 'net', rebate: 0 },
        },
      ],
    },
  })
  expect(returned, JSON.stringify(returned)).toMatchObject({ ok: true })
  const waiting = await row(documentId, ({ value }) => value.state === 'returned')
  // 525 kr, and Erik decides up to 200 by himself.
  expect(waiting.value.outcome).toMatchObject({ isBinding: false })
  const taken = await shop.send({
    type: 'requisition.accepted',
    timestamp: new Date().toISOString(),
    data: { id: documentId, revision: 1, contact: 'olle' },
  })
  expect(taken).toMatchObject({
    status: 202,
    body: { requisition: { revision: 2, state: 'submitted' } },
  })
})

test('a proposal that leaves a doubtful price as it was does not do away with the doubt', async () => {
  const one = await submitted({
    contact: 'olle',
    lines: [{ id: '1', article: 'RB-2206', quantity: '12', price: { amount: '1' } }],
  })
  const { documentId } = one.value.shop
  expect(one.value.reasons).toMatchObject([{ kind: 'price_differs' }])
  expect(
    await as('karin').command('requisition.return', one.id, one.version, {
      revision: 1,
      message: 'Vi kan leverera den dagen',
      proposal: { head: { requestedDate: '2026-12-18' }, lines: [] },
    }),
  ).toMatchObject({ ok: true })
  await row(documentId, ({ value }) => value.state === 'returned')
  await shop.send({
    type: 'requisition.accepted',
    timestamp: new Date().toISOString(),
    data: { id: documentId, revision: 1, contact: 'olle' },
  })
  const accepted = await row(documentId, ({ value }) => value.revision === 2)
  expect(accepted.value).toMatchObject({
    state: 'submitted',
    reasons: [{ kind: 'price_differs', lineIds: ['1'] }],
  })
})
