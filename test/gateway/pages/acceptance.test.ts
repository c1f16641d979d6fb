import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeLink } from '../../../gateway/pages/links'
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
let shop: Awaited<ReturnType<typeof addTestShop>>
let karin: ConsoleClient

beforeEach(async () => {
  gateway = await startTestGateway()
  await load(gateway, smallSeller)
  shop = await addTestShop(gateway)
  await addUser(gateway, { username: 'karin', roles: ['approver'] })
  karin = await ConsoleClient.open(gateway.url, await signInAs(gateway, 'karin'))
})
afterEach(async () => {
  karin.close()
  await gateway.close()
})

/** A requisition that came back with a proposal, and the link to answer it by. */
async function proposed(contactId = 'anna') {
  await shop.send(proposal('r-1', { contact: contactId, comment: 'x' }))
  await karin.until('it', () => karin.all('requisition').length === 1)
  const { id, version } = karin.all('requisition')[0]!
  const answer = await karin.command('requisition.return', id, version, {
    revision: 1,
    message: 'Så här?',
    proposal: {
      lines: [
        { kind: 'changed', id: '1', quantity: 24_000 },
        { kind: 'removed', id: '2' },
        { kind: 'added', id: 'ny', articleId: 'KA-1000', quantity: 6_000 },
      ],
    },
  })
  if (!answer.ok) throw new Error(answer.error.message)
  const target = { aggregateKind: 'requisition', aggregateId: id, revision: 1, contactId }
  const purpose = 'requisition_answer'
  const { token, id: link } = await makeLink(gateway.context.db, { ...target, purpose }, 14)
  return { id, token, link }
}

async function open(token: string, init: RequestInit = {}) {
  const response = await fetch(`${gateway.url}/c/${token}`, { redirect: 'manual', ...init })
  return { status: response.status, text: (await response.text()).replaceAll('\u00a0', ' ') }
}
const send = (token: string, action: string) =>
  open(token, { method: 'POST', body: new URLSearchParams({ action }) })
const accept = (token: string) => send(token, 'accept')

const stateOf = async (id: string) =>
  gateway.context.db
    .selectFrom('requisition')
    .select(['state', 'revision'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()

test('a proposal is shown with what is other in it, beside what was sent', async () => {
  const { token } = await proposed()
  const { text } = await open(token)
  for (const said of [
    'Vi föreslår några ändringar.',
    'Vi föreslår</h2>',
    '24 st',
    'Ni skickade 12 st',
    'Ny rad',
    'Utgår',
    'Det ni skickade',
    'value="accept"',
    'value="withdraw"',
  ])
    expect(text, said).toContain(said)
})

test('accepting makes it the next revision, once, and the page goes on showing what becomes of it', async () => {
  const { id, token, link } = await proposed()
  const answers = await Promise.all([accept(token), accept(token), accept(token)])
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(2)
  expect(await stateOf(id)).toEqual({ state: 'submitted', revision: 2 })
  const entries = await gateway.context.db
    .selectFrom('audit')
    .select(['actor', 'origin'])
    .where('aggregate_id', '=', id)
    .where('type', '=', 'requisition.accepted')
    .execute()
  expect(entries).toMatchObject([
    { actor: { kind: 'contact', id: 'anna' }, origin: { via: 'link', link, address: '127.0.0.1' } },
  ])
  const { status, text } = await open(token)
  expect(status).toBe(200)
  expect(text).toContain('Under behandling')
  expect(text).toContain('24 st')
  expect(text).not.toContain('<form')
})

test('of accepting and withdrawing at once one counts', async () => {
  const { id, token } = await proposed()
  const answers = await Promise.all([accept(token), send(token, 'withdraw')])
  const statuses = answers.map(({ status }) => status)
  expect([...statuses].sort((a, b) => a - b)).toEqual([303, 409])
  const isAccepted = statuses[0] === 303
  const became = isAccepted
    ? { state: 'submitted', revision: 2 }
    : { state: 'withdrawn', revision: 1 }
  expect(await stateOf(id)).toEqual(became)
  const late = await send(token, isAccepted ? 'withdraw' : 'accept')
  expect(late.status).toBe(409)
  expect(late.text).toContain('Svaret har redan kommit fram.')
  expect(await stateOf(id)).toEqual(became)
})

test('what cannot be ordered any more is not accepted, and says so', async () => {
  const { id, token } = await proposed()
  await gateway.context.db
    .updateTable('company')
    .set({ status: 'closed' })
    .where('id', '=', '1001')
    .execute()
  const { status, text } = await accept(token)
  expect(status).toBe(409)
  expect(text).toContain('Ändringarna går inte att godkänna som det är nu.')
  expect(await stateOf(id)).toEqual({ state: 'returned', revision: 1 })
})

test('what the seller’s people make of it meanwhile is nobody else’s to read, and the link still says how it stands', async () => {
  const { id, token } = await proposed()
  expect(await accept(token)).toMatchObject({ status: 303 })
  await karin.until('the answer', () => karin.get('requisition', id)?.value.revision === 2)
  const { version } = karin.get('requisition', id)!
  const answer = await karin.command('requisition.edit', id, version, {
    revision: 2,
    changes: {
      lines: [{ kind: 'changed', id: '1', set: { amount: 12_340_000, basis: 'net', rebate: 0 } }],
    },
  })
  expect(answer, JSON.stringify(answer)).toMatchObject({ ok: true })
  const page = await open(token)
  expect(page.status).toBe(200)
  expect(page.text).toContain('Under behandling')
  expect(page.text).not.toContain('12,34')
  expect(page.text).not.toContain('<table')
})
