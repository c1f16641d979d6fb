import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { StorefrontChange } from '../../../contract/storefront'
import type { ApprovalRule } from '../../../domain/approval/policy'
import { ConsoleClient } from '../../support/console-client'
import {
  addTestShop,
  addUser,
  signInAs,
  startTestGateway,
  type TestGateway,
} from '../../support/gateway'
import { mailBy, mailsOf } from '../../support/mail-desk'
import { openMailServer, type MailServer } from '../../support/mail-server'
import { load, proposal, smallSeller } from '../../support/small-seller'
import { idTold } from '../../support/told'

/** Whoever may not order, or not so much, asks a colleague who may. */
const askColleague: ApprovalRule = {
  id: 'own',
  name: 'Customer’s own approval',
  isOn: true,
  when: {
    any: [
      { fact: 'orderingRight', is: 'one_of', values: ['lists', 'requisition'] },
      { fact: 'overOwnLimit', is: 'so' },
    ],
  },
  demands: [{ tier: 1, by: { kind: 'buyer' }, when: { all: [] } }],
}
const thenApprover: ApprovalRule = {
  ...askColleague,
  id: 'both',
  demands: [...askColleague.demands, { tier: 2, by: { kind: 'approvers' }, when: { all: [] } }],
}

let server: MailServer
let gateway: TestGateway
let shop: Awaited<ReturnType<typeof addTestShop>>
let karin: ConsoleClient
let adam: ConsoleClient
let version: number

beforeEach(async () => {
  server = await openMailServer()
  gateway = await startTestGateway({ mail: mailBy(server.port) })
  await load(gateway, smallSeller)
  const vera = { id: 'vera', company: '1001', name: 'Vera Vd', email: 'vera@ahlbergs.example' }
  await load(gateway, {
    customer_group: [{ id: 'FRI', name: 'Fri', orderingRight: 'order', currency: 'SEK' }],
    contact: [{ ...vera, customerGroup: 'FRI' }],
  })
  shop = await addTestShop(gateway)
  await addUser(gateway, { username: 'karin', roles: ['approver'] })
  await addUser(gateway, { username: 'adam', roles: ['admin'] })
  karin = await ConsoleClient.open(gateway.url, await signInAs(gateway, 'karin'))
  adam = await ConsoleClient.open(gateway.url, await signInAs(gateway, 'adam'))
  version = 0
  await setRules(askColleague)
})
afterEach(async () => {
  karin.close()
  adam.close()
  await gateway.close()
  await server.close()
})

async function setRules(...rules: readonly ApprovalRule[]): Promise<void> {
  const answer = await adam.command('policy.set', 'approval', version, { rules })
  expect(answer, JSON.stringify(answer)).toMatchObject({ ok: true })
  version += 1
}

async function submitted(overrides: Record<string, unknown> = {}) {
  const documentId = randomUUID()
  const { status, body } = await shop.send(proposal(documentId, overrides))
  expect(status, JSON.stringify(body)).toBe(202)
  return held(
    ({ value }) => value.shop.documentId === documentId,
    () => true,
  )
}
async function held(
  is: (found: ReturnType<typeof all>[number]) => boolean,
  holds: (found: ReturnType<typeof all>[number]) => boolean,
) {
  return karin.until('the requisition', () => all().find((one) => is(one) && holds(one)))
}
const all = () => karin.all('requisition')
const atVersion = (id: string, at: number) =>
  held(
    (one) => one.id === id,
    (one) => one.version >= at,
  )

/** What somebody of the customer's answers through the shop. */
const answer = (
  type: 'buyer_approved' | 'buyer_rejected',
  { value }: Awaited<ReturnType<typeof submitted>>,
  contact: string,
  more: Record<string, unknown> = {},
) =>
  shop.send({
    type: `requisition.${type}`,
    timestamp: new Date().toISOString(),
    data: { id: value.shop.documentId, revision: value.revision, contact, ...more },
  })

const ordersOf = (id: string) =>
  gateway.context.db.selectFrom('sales_order').selectAll().where('source_id', '=', id).execute()
const toldOf = async (documentId: string) =>
  (
    await gateway.context.db
      .selectFrom('storefront_change')
      .select('change')
      .orderBy('id')
      .execute()
  )
    .map(({ change }) => change as StorefrontChange)
    .filter((one) => idTold(one) === documentId)
const changesOf = async (documentId: string) => (await toldOf(documentId)).map(({ type }) => type)
const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000 })
const asked = () => server.received.filter(({ parsed }) => parsed.subject?.startsWith('Attestera '))
const tokenOf = (text: string | undefined) => /\/c\/([\w-]{43})/.exec(text ?? '')?.[1] ?? ''
async function page(token: string, fields?: Record<string, string>) {
  const response = await fetch(`${gateway.url}/c/${token}`, {
    redirect: 'manual',
    ...(fields && { method: 'POST', body: new URLSearchParams(fields) }),
  })
  return { status: response.status, text: (await response.text()).replaceAll('\u00a0', ' ') }
}

test('those of the customer’s who may order so much are asked, the shop is told, and nothing is ordered meanwhile', async () => {
  const one = await submitted({ lines: [{ id: '1', article: 'RB-2206', quantity: '70' }] })
  expect(one.value.steps).toMatchObject([{ tier: 1, by: { kind: 'buyer' }, approvals: [] }])
  await eventually(() => expect(asked()).toHaveLength(1))
  // Olle's limit is 1,000 kr an order, this comes to 1,120.
  expect(asked()[0]?.to).toEqual(['vera@ahlbergs.example'])
  expect(asked()[0]?.parsed.text).toContain('Anna Lind har skickat inköpsförslag')
  expect(await changesOf(one.value.shop.documentId)).toEqual([
    'requisition.received',
    'requisition.awaits_buyer',
  ])
  const told = await karin.command('requisition.approve', one.id, one.version, { revision: 1 })
  expect(told).toMatchObject({ ok: false, error: { code: 'not_your_step' } })
  expect(await ordersOf(one.id)).toEqual([])
})

test('approved by a colleague who may, it is ordered once, and takes of that colleague’s limits', async () => {
  const one = await submitted()
  const answers = await Promise.all([
    answer('buyer_approved', one, 'olle'),
    answer('buyer_approved', one, 'olle'),
    answer('buyer_approved', one, 'vera'),
  ])
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 202, 409])
  const [order, ...others] = await ordersOf(one.id)
  expect(others).toEqual([])
  const { charged_to: chargedTo, contact_id: contactId } = order!
  expect(contactId).toBe('anna')
  expect(['olle', 'vera']).toContain(chargedTo)
  const { value } = await atVersion(one.id, one.version + 1)
  expect(value).toMatchObject({
    state: 'ordered',
    outcome: { kind: 'ordered', automatic: false, by: { kind: 'contact', id: chargedTo } },
    steps: [{ approvals: [{ by: { id: chargedTo } }] }],
  })
})

test('a limit for the period counts what was approved for colleagues as well', async () => {
  const lines = [{ id: '1', article: 'RB-2206', quantity: '50' }]
  const first = await submitted({ lines })
  expect(await answer('buyer_approved', first, 'olle')).toMatchObject({ status: 202 })
  const second = await submitted({ lines })
  const refused = await answer('buyer_approved', second, 'olle')
  expect(refused).toMatchObject({
    status: 422,
    body: { errors: [{ code: 'over_period_limit', pointer: '/data/contact' }] },
  })
  // His own, ordered by himself before, and then no longer.
  const own = await submitted({ contact: 'olle', lines })
  expect(own.value).toMatchObject({
    state: 'submitted',
    reasons: [{ kind: 'over_period_limit', used: 80_000 }],
    steps: [{ by: { kind: 'buyer' } }],
  })
  expect(await answer('buyer_approved', second, 'vera')).toMatchObject({ status: 202 })
  expect(await ordersOf(second.id)).toHaveLength(1)
})

test('who may not answer is refused with the reason, and nothing is written', async () => {
  const one = await submitted({ lines: [{ id: '1', article: 'RB-2206', quantity: '70' }] })
  const rows: readonly (readonly [string, Record<string, unknown>, number, string])[] = [
    ['nobody', {}, 422, 'unknown_contact'],
    ['gone', {}, 422, 'contact_disabled'],
    ['per', {}, 409, 'document_of_other_company'],
    ['lisa', {}, 422, 'may_not_order'],
    ['anna', {}, 422, 'may_not_order'],
    ['olle', {}, 422, 'over_order_limit'],
    ['vera', { revision: 2 }, 409, 'approval_of_other_revision'],
    ['vera', { id: 'other' }, 409, 'unknown_document'],
  ]
  for (const [contact, more, status, code] of rows) {
    const { status: got, body } = await answer('buyer_approved', one, contact, more)
    expect([contact, got, JSON.stringify(body)]).toEqual([
      contact,
      status,
      expect.stringContaining(code),
    ])
  }
  const noReason = await answer('buyer_rejected', one, 'vera', { reason: ' ' })
  expect(noReason.status).toBe(422)
  expect(await atVersion(one.id, 1)).toMatchObject({ version: 1 })
})

test('no is said once, with a reason that the sender is mailed', async () => {
  const one = await submitted()
  const reason = 'Vi har redan köpt in det.'
  expect(await answer('buyer_rejected', one, 'olle', { reason })).toMatchObject({ status: 202 })
  expect(await answer('buyer_rejected', one, 'olle', { reason })).toMatchObject({ status: 200 })
  expect(await answer('buyer_approved', one, 'vera')).toMatchObject({ status: 409 })
  const { value } = await atVersion(one.id, 2)
  expect(value).toMatchObject({
    state: 'rejected',
    outcome: { kind: 'rejected', reason, by: { kind: 'contact', id: 'olle', name: 'Olle Order' } },
  })
  await eventually(() =>
    expect(
      server.received.filter(({ parsed }) => parsed.text?.includes(reason)).map(({ to }) => to),
    ).toEqual([['anna@ahlbergs.example']]),
  )
  const told = server.received.find(({ parsed }) => parsed.text?.includes(reason))?.parsed
  expect(told?.subject).toBe(`Olle Order godkände inte inköpsförslag ${value.number}`)
  expect(told?.text).toContain(`> ${reason}\n\nOlle Order\n`)
  const { text } = await page(tokenOf(told?.text))
  expect(text).toContain('Olle Order hos er sa nej')
})

test('where the seller is asked as well, it goes on to them; the customer’s own limit is none of theirs', async () => {
  await setRules(thenApprover)
  const one = await submitted()
  expect(await answer('buyer_approved', one, 'olle')).toMatchObject({ status: 202 })
  const waiting = await atVersion(one.id, 2)
  expect(waiting.value).toMatchObject({
    state: 'in_review',
    steps: [{ approvals: [{ by: { id: 'olle' } }] }, { approvals: [] }],
  })
  const done = await karin.command('requisition.approve', one.id, 2, { revision: 1 })
  expect(done).toMatchObject({ ok: true })
  expect(await ordersOf(one.id)).toHaveLength(1)
})

test('whoever has the last word of the seller’s, it takes of the limits of who approved it', async () => {
  await setRules(thenApprover)
  const lines = [{ id: '1', article: 'RB-2206', quantity: '50' }]
  const first = await submitted({ lines })
  expect(await answer('buyer_approved', first, 'olle')).toMatchObject({ status: 202 })
  // What waits for the seller is as good as bought: of 1,500 kr there are 700 left.
  const second = await submitted({ lines })
  expect(await answer('buyer_approved', second, 'olle')).toMatchObject({
    body: { errors: [{ code: 'over_period_limit' }] },
  })
  expect(await karin.command('requisition.approve', first.id, 2, { revision: 1 })).toMatchObject({
    ok: true,
  })
  expect(await ordersOf(first.id)).toMatchObject([{ contact_id: 'anna', charged_to: 'olle' }])
  expect(await answer('buyer_approved', second, 'olle')).toMatchObject({ status: 422 })
  // What comes to nothing gives back what it held.
  const third = await submitted({ lines: [{ id: '1', article: 'RB-2206', quantity: '30' }] })
  expect(await answer('buyer_approved', third, 'olle')).toMatchObject({ status: 202 })
  const fourth = await submitted({ lines: [{ id: '1', article: 'RB-2206', quantity: '30' }] })
  expect(await answer('buyer_approved', fourth, 'olle')).toMatchObject({ status: 422 })
  const no = { revision: 1, reason: 'Slut på lagret.' }
  expect(await karin.command('requisition.reject', third.id, 2, no)).toMatchObject({ ok: true })
  expect(await answer('buyer_approved', fourth, 'olle')).toMatchObject({ status: 202 })
})

test('what the customer says yes to is ordered at no other prices, and not in part', async () => {
  await setRules(thenApprover)
  const one = await submitted()
  expect(await answer('buyer_approved', one, 'olle')).toMatchObject({ status: 202 })
  const seen = { net: one.value.totals.net, lines: {} }
  for (const [more, what] of [
    [{ refresh: ['1'] }, 'prices'],
    [{ lines: ['1'] }, 'parts'],
  ] as const) {
    const approval = { revision: 1, seen, ...more }
    expect(await karin.command('requisition.approve', one.id, 2, approval)).toMatchObject({
      ok: false,
      error: { code: 'customer_approves', details: { what } },
    })
  }
  expect(await atVersion(one.id, 2)).toMatchObject({ version: 2 })
  // Split first, each part is asked for by itself.
  const split = await karin.command('requisition.split', one.id, 2, { revision: 1, lines: ['1'] })
  expect(split).toMatchObject({ ok: true })
  const stay = await atVersion(one.id, 3)
  expect(await answer('buyer_approved', stay, 'olle')).toMatchObject({ status: 202 })
})

test('several tiers that ask the customer ask once, in the lowest of them', async () => {
  const later = { tier: 3, by: { kind: 'buyer' }, when: { all: [] } } as const
  await setRules({ ...thenApprover, demands: [later, ...thenApprover.demands] })
  const one = await submitted()
  expect(one.value.steps?.map(({ tier, by }) => [tier, by.kind])).toEqual([
    [1, 'buyer'],
    [2, 'approvers'],
  ])
})

test('of a period each part of what was split takes its own', async () => {
  const lines = [
    { id: '1', article: 'RB-2206', quantity: '30' },
    { id: '2', article: 'RB-2206', quantity: '30' },
  ]
  const one = await submitted({ lines })
  const split = await karin.command('requisition.split', one.id, 1, { revision: 1, lines: ['1'] })
  expect(split).toMatchObject({ ok: true })
  const stay = await atVersion(one.id, 2)
  const rest = await held(
    ({ value }) => value.restOf?.id === one.id,
    () => true,
  )
  // 960 kr of 1,500 in two parts, and of 1,000 for an order.
  for (const part of [stay, rest])
    expect(await answer('buyer_approved', part, 'olle')).toMatchObject({ status: 202 })
})

test('what the customer cannot answer for, one of the seller’s has the last word on', async () => {
  const one = await submitted()
  // Since it came in, the company has been put on hold.
  await load(gateway, {
    company: [
      {
        id: '1001',
        name: 'Ahlbergs Rör AB',
        currency: 'SEK',
        customerGroup: 'FORSLAG',
        accountOwner: 'erik',
        status: 'on_hold',
        statusReason: 'obetalda fakturor',
      },
    ],
  })
  expect(await answer('buyer_approved', one, 'olle')).toMatchObject({ status: 202 })
  expect(await ordersOf(one.id)).toEqual([])
  const { value, version: at } = await atVersion(one.id, 2)
  expect(value.steps).toMatchObject([
    { by: { kind: 'buyer' }, approvals: [{ by: { id: 'olle' } }] },
    { by: { kind: 'deciders' }, because: [], approvals: [] },
  ])
  const done = await karin.command('requisition.approve', one.id, at, { revision: 1 })
  expect(done).toMatchObject({ ok: true })
  expect(await ordersOf(one.id)).toHaveLength(1)
})

test('a price that has changed since is looked at by the seller, though the customer was shown none', async () => {
  const one = await submitted()
  await load(gateway, {
    contract_price: [
      {
        id: 'CP-1',
        article: 'RB-2206',
        company: '1001',
        price: '17.00',
        currency: 'SEK',
        net: true,
      },
    ],
  })
  expect(await answer('buyer_approved', one, 'olle')).toMatchObject({ status: 202 })
  expect(await ordersOf(one.id)).toEqual([])
  expect((await atVersion(one.id, 2)).value.state).toBe('in_review')
})

test('what somebody sent who is at another company by now waits for nothing of that company', async () => {
  const one = await submitted()
  const anna = { id: 'anna', name: 'Anna Lind', email: 'anna@bergvalla.example' }
  await load(gateway, { contact: [{ ...anna, company: '1002' }] })
  await gateway.context.db.transaction().execute(async (tx) => {
    await tx.selectFrom('company').select('id').where('id', '=', '1002').forUpdate().execute()
    expect(await answer('buyer_approved', one, 'olle')).toMatchObject({ status: 202 })
  })
  // Whom it is for by now is the seller's to say.
  expect(await ordersOf(one.id)).toEqual([])
  expect((await atVersion(one.id, 2)).value.state).toBe('in_review')
})

test('what the seller’s people have changed is asked for anew, and is theirs to decide on last', async () => {
  const one = await submitted()
  await eventually(() => expect(asked()).toHaveLength(2))
  const changes = { lines: [{ kind: 'changed', id: '1', quantity: 24_000 }] }
  const edited = await karin.command('requisition.edit', one.id, 1, { revision: 1, changes })
  expect(edited).toMatchObject({ ok: true })
  await eventually(() => expect(asked()).toHaveLength(4))
  expect(await answer('buyer_approved', one, 'olle')).toMatchObject({ status: 409 })
  const now = await atVersion(one.id, 2)
  expect(await answer('buyer_approved', now, 'olle')).toMatchObject({ status: 202 })
  expect(await ordersOf(one.id)).toEqual([])
  const done = await karin.command('requisition.approve', one.id, 3, { revision: 2 })
  expect(done).toMatchObject({ ok: true })
})

test('an approver lets the customer’s step go with a reason, and then answers for it', async () => {
  const one = await submitted()
  const skip = { revision: 1, step: 0, reason: 'Vera ringde och sa ja.' }
  const skipped = await karin.command('requisition.skip_step', one.id, 1, skip)
  expect(skipped).toMatchObject({ ok: true })
  expect(await ordersOf(one.id)).toEqual([])
  expect(await answer('buyer_approved', one, 'vera')).toMatchObject({ status: 409 })
  const done = await karin.command('requisition.approve', one.id, 2, { revision: 1 })
  expect(done).toMatchObject({ ok: true })
  expect(await ordersOf(one.id)).toHaveLength(1)
})

test('the shop is told when nobody of the customer’s is asked any more, and who of them has approved it', async () => {
  const skip = { revision: 1, step: 0, reason: 'Vera ringde och sa ja.' }
  const letGo = await submitted()
  await karin.command('requisition.skip_step', letGo.id, 1, skip)
  await setRules(thenApprover)
  const approved = await submitted()
  await answer('buyer_approved', approved, 'olle')
  // No rule asks them any more when it is changed, be it in a word.
  const changed = await submitted()
  await setRules()
  const changes = { head: { goodsMark: 'Hus B' } }
  await karin.command('requisition.edit', changed.id, 1, { revision: 1, changes })
  await karin.command('requisition.edit', changed.id, 2, { revision: 2, changes: {} })
  for (const [{ value }, revision, approvedBy] of [
    [letGo, 1, null],
    [approved, 1, 'Olle Order'],
    [changed, 2, null],
  ] as const) {
    expect((await toldOf(value.shop.documentId)).slice(1)).toMatchObject([
      { type: 'requisition.awaits_buyer', data: { revision: 1 } },
      { type: 'requisition.awaits_no_buyer', data: { revision, approvedBy } },
    ])
  }
  // What ends it says so by itself.
  await karin.command('requisition.reject', letGo.id, 2, { revision: 1, reason: 'Utgår.' })
  expect((await changesOf(letGo.value.shop.documentId)).slice(2)).toEqual([
    'requisition.awaits_no_buyer',
    'requisition.rejected',
  ])
})

test('whoever is asked is reminded by mail, and answers on the page that it links to', async () => {
  const one = await submitted()
  await eventually(() => expect(asked()).toHaveLength(2))
  const reminded = await karin.command('requisition.remind', one.id, 1, { revision: 1 })
  expect(reminded).toMatchObject({ ok: true })
  await eventually(() => expect(asked()).toHaveLength(4))
  const mail = asked().find(({ to }) => to[0] === 'olle@ahlbergs.example')
  const token = tokenOf(mail?.parsed.text)
  const shown = await page(token)
  for (const said of ['Anna Lind ber om din attest', '227,50 kr', 'value="approve"', 'Avslå'])
    expect(shown.text, said).toContain(said)
  const empty = await page(token, { action: 'reject', reason: '' })
  expect(empty.status).toBe(422)
  expect(empty.text).toContain('Skriv ett skäl först.')
  const answers = await Promise.all([
    page(token, { action: 'approve' }),
    page(token, { action: 'approve' }),
  ])
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([303, 409])
  expect(await ordersOf(one.id)).toHaveLength(1)
  const after = await page(token)
  expect(after.text).toContain('är lagd')
  expect(after.text).not.toContain('<form')
  // A colleague's link tells what has become of it.
  const other = asked().find(({ to }) => to[0] === 'vera@ahlbergs.example')
  const late = await page(tokenOf(other?.parsed.text), { action: 'approve' })
  expect(late.status).toBe(409)
  expect(await ordersOf(one.id)).toHaveLength(1)
})

test('a page tells whoever cannot answer why: their limit, or that they may not order any more', async () => {
  const one = await submitted({ lines: [{ id: '1', article: 'RB-2206', quantity: '50' }] })
  await eventually(() => expect(asked()).toHaveLength(2))
  const token = tokenOf(asked().find(({ to }) => to[0] === 'olle@ahlbergs.example')?.parsed.text)
  const own = await submitted({
    contact: 'olle',
    lines: [{ id: '1', article: 'RB-2206', quantity: '50' }],
  })
  expect(own.value.state).toBe('ordered')
  const over = await page(token, { action: 'approve' })
  expect(over.status).toBe(409)
  expect(over.text).toContain('din gräns på 1 500,00 kr i månaden: 700,00 kr är kvar')
  const olle = { id: 'olle', company: '1001', name: 'Olle Order', email: 'olle@ahlbergs.example' }
  await load(gateway, { contact: [{ ...olle, customerGroup: 'LISTOR' }] })
  expect((await page(token, { action: 'approve' })).text).toContain(
    'Du får inte beställa för företaget',
  )
  expect(await ordersOf(one.id)).toEqual([])
})

test('mail that nobody could send meanwhile asks for nothing that has been answered', async () => {
  server.onRecipient = () => 451
  const askings = async () =>
    (await mailsOf(gateway.context)).filter(({ kind }) => kind === 'requisition.asked')
  const one = await submitted()
  await eventually(async () =>
    expect(await askings()).toMatchObject([{ attempts: 1 }, { attempts: 1 }]),
  )
  expect(await answer('buyer_approved', one, 'olle')).toMatchObject({ status: 202 })
  server.onRecipient = () => undefined
  await eventually(async () =>
    expect(await askings()).toMatchObject([{ state: 'skipped' }, { state: 'skipped' }]),
  )
})
