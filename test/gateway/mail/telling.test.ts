import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ConsoleClient } from '../../support/console-client'
import {
  addTestShop,
  addUser,
  signInAs,
  startTestGateway,
  type TestGateway,
} from '../../support/gateway'
import { mailBy, mailHistory, mailsOf } from '../../support/mail-desk'
import { openMailServer, type MailServer } from '../../support/mail-server'
import { load, proposal, smallSeller } from '../../support/small-seller'

let server: MailServer
let gateway: TestGateway
let shop: Awaited<ReturnType<typeof addTestShop>>
let karin: ConsoleClient

async function open(mail: Parameters<typeof startTestGateway>[0] = { mail: mailBy(server.port) }) {
  gateway = await startTestGateway(mail)
  await load(gateway, smallSeller)
  shop = await addTestShop(gateway)
  await addUser(gateway, { username: 'karin', roles: ['approver'] })
  karin = await ConsoleClient.open(gateway.url, await signInAs(gateway, 'karin'))
}

beforeEach(async () => {
  server = await openMailServer()
})
afterEach(async () => {
  karin.close()
  await gateway.close()
  await server.close()
})

/** The machine may be busy with others. */
const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000 })

const arrived = (count: number) => eventually(() => expect(server.received).toHaveLength(count))
const lastText = () => (server.received.at(-1)!.parsed.text ?? '').replaceAll('\u00a0', ' ')

async function submitted(id: string, overrides: Record<string, unknown> = {}) {
  const { status } = await shop.send(proposal(id, overrides))
  expect(status).toBe(202)
  await karin.until(id, () =>
    karin.all('requisition').some(({ value }) => value.shop.documentId === id),
  )
  return karin.all('requisition').find(({ value }) => value.shop.documentId === id)!
}

test('the customer hears that it came in, and then of the order with its lines, sums and dates', async () => {
  await open()
  const { id, version, value } = await submitted('r-1', {
    lines: [
      { id: '1', article: 'RB-2206', quantity: '12' },
      { id: '2', article: 'KA-1000', quantity: '6', comment: 'Till fikarummet' },
    ],
  })
  await arrived(1)
  expect(lastText()).toContain(`Vi har tagit emot inköpsförslag ${value.number} och går igenom`)
  const answer = await karin.command('requisition.approve', id, version, { revision: 1 })
  if (!answer.ok) throw new Error(answer.error.message)
  await arrived(2)
  const number = String(answer.result['orderNumber'])
  const { parsed } = server.received[1]!
  expect(parsed.subject).toBe(`Er order ${number}`)
  const text = lastText()
  for (const said of [
    `Vi har lagt order ${number} utifrån inköpsförslag ${value.number}.`,
    'Rörböj 22 mm (RB-2206)\n  12 st × 16,00  = 192,00\n  Kan levereras ',
    'Kaffe 1 kg (KA-1000)\n  6 förp × 89,00  = 534,00\n  Kan levereras ',
    '“Till fikarummet”',
    'Summa exkl. moms: 726,00 kr\nMoms 25 %: 48,00 kr\nMoms 12 %: 64,08 kr\nSumma inkl. moms: 838,08 kr',
    'Skickat av ',
  ])
    expect(text).toContain(said)
  // The other form says the same.
  const html = (parsed.html ?? '').replaceAll('\u00a0', ' ')
  for (const said of ['Rörböj 22 mm', '192,00', '64,08 kr', '838,08 kr', 'Kan levereras'])
    expect(html).toContain(said)
  await eventually(async () =>
    expect(
      (await mailHistory(gateway.context, id)).map(({ type, data }) => [type, data['kind']]),
    ).toEqual([
      ['mail.sent', 'requisition.received'],
      ['mail.sent', 'requisition.ordered'],
    ]),
  )
})

test('what came in is confirmed as it was sent, though it has been edited before the mail could go', async () => {
  await open()
  server.onRecipient = () => 451
  const { id, version, value } = await submitted('r-1')
  await eventually(async () =>
    expect((await mailsOf(gateway.context))[0]?.attempts).toBeGreaterThan(0),
  )
  const edited = await karin.command('requisition.edit', id, version, {
    revision: 1,
    changes: { head: {}, lines: [{ kind: 'changed', id: '1', quantity: 48_000 }] },
  })
  expect(edited, JSON.stringify(edited)).toMatchObject({ ok: true })
  server.onRecipient = () => undefined
  await arrived(1)
  expect(lastText()).toContain(`Vi har tagit emot inköpsförslag ${value.number} och går igenom`)
  expect(lastText()).toContain('12 st × 16,00  = 192,00')
})

test('a rejection comes with its reason, a return with its message, in the company’s language', async () => {
  await open()
  await gateway.context.db
    .updateTable('company')
    .set({ language: 'en' })
    .where('id', '=', '1001')
    .execute()
  const rejected = await submitted('r-1')
  const returned = await submitted('r-2')
  await arrived(2)
  await karin.command('requisition.reject', rejected.id, rejected.version, {
    revision: 1,
    reason: 'We no longer carry these.\nSorry!',
  })
  await arrived(3)
  expect(server.received[2]!.parsed.subject).toBe(
    `We cannot go ahead with purchase proposal ${rejected.value.number}`,
  )
  expect(lastText()).toContain('> We no longer carry these.\n> Sorry!\n\nKarin, ')
  await karin.command('requisition.return', returned.id, returned.version, {
    revision: 1,
    message: 'Could you take 24 instead?',
  })
  await arrived(4)
  expect(lastText()).toContain('> Could you take 24 instead?')
  expect(lastText()).toMatch(
    /Read and answer: https:\/\/kontor\.grossisten\.example\/c\/[\w-]{43}\n/,
  )
})

test('whatever anybody wrote stays text in a mail, and breaks out of no header', async () => {
  await open()
  const evil = (place: string) => `"><script>alert('${place}')</script>`
  const { db } = gateway.context
  await db
    .updateTable('contact')
    .set({ name: `${evil('contact')}\r\nBcc: all@evil.example` })
    .where('id', '=', 'anna')
    .execute()
  await db
    .updateTable('company')
    .set({ name: evil('company') })
    .execute()
  await db
    .updateTable('article')
    .set({ name_sv: evil('article') })
    .execute()
  await db
    .updateTable('seller')
    .set({ name: evil('seller') })
    .execute()
  const { id, version } = await submitted('r-1', {
    lines: [{ id: '1', article: 'RB-2206', quantity: '12', comment: evil('line') }],
  })
  await arrived(1)
  await karin.command('requisition.return', id, version, { revision: 1, message: evil('message') })
  await arrived(2)
  for (const { to, parsed, source } of server.received) {
    const places = ['contact', 'company', 'article', 'seller', 'line']
    if (parsed.subject?.startsWith('Vi behöver')) places.push('message')
    for (const place of places)
      expect(parsed.html, place).toContain(`&quot;&gt;&lt;script&gt;alert(&#39;${place}&#39;)`)
    expect(parsed.html).not.toMatch(/<script/)
    expect(to).toEqual(['anna@ahlbergs.example'])
    expect(source.split('\r\n\r\n')[0]).not.toMatch(/^bcc:/im)
    expect(parsed.headers.some(({ key }) => key === 'bcc')).toBe(false)
  }
})

test('what is ordered at once is told once, as an order', async () => {
  await open()
  const { body } = await shop.send(proposal('r-1', { contact: 'olle' }))
  expect(body['requisition']).toMatchObject({ state: 'ordered' })
  await arrived(1)
  expect(server.received[0]!.parsed.subject).toMatch(/^Er order O-/)
  expect(await mailsOf(gateway.context)).toHaveLength(1)
})

test('a refused decision tells nobody, and a resent one nobody twice', async () => {
  await open()
  const { id, version } = await submitted('r-1')
  await arrived(1)
  const stale = await karin.command('requisition.reject', id, version + 1, {
    revision: 1,
    reason: 'Nej',
  })
  expect(stale.ok).toBe(false)
  const command = { revision: 1, reason: 'Nej' }
  expect((await karin.command('requisition.reject', id, version, command)).ok).toBe(true)
  expect((await karin.command('requisition.reject', id, version, command)).ok).toBe(false)
  await arrived(2)
  expect(await mailsOf(gateway.context)).toHaveLength(2)
})

test('a gateway without a mail server queues nothing, also after one that has had one', async () => {
  await open({})
  const { id, version } = await submitted('r-1')
  await karin.command('requisition.reject', id, version, { revision: 1, reason: 'Nej' })
  expect(await mailsOf(gateway.context)).toEqual([])
  const health = await (await fetch(`${gateway.url}/healthz`)).json()
  expect(health).not.toHaveProperty('mail')
})

test('a mail server that is away is told of, and is no reason to give the node no work', async () => {
  await server.close()
  await open()
  await eventually(async () => {
    const health = await fetch(`${gateway.url}/healthz`)
    expect([health.status, await health.json()]).toMatchObject([200, { ready: true, mail: false }])
  })
})
