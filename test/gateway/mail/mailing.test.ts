import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createLog } from '../../../gateway/log'
import type { Mailing } from '../../../gateway/mail/start-mailing'
import { startFaultProxy } from '../../support/fault-proxy/fault-proxy'
import { createGateway, type Gateway } from '../../../gateway/create-gateway'
import { addTestShop, startTestGateway, type TestGateway } from '../../support/gateway'
import { mailBy, mailHistory, mailingNode, mailsOf, queueMail } from '../../support/mail-desk'
import { openMailServer, type MailServer } from '../../support/mail-server'
import { selfSigned } from '../../support/self-signed'
import { load, proposal, smallSeller } from '../../support/small-seller'

let gateway: TestGateway
let server: MailServer
let requisition: { readonly id: string; readonly number: string }
const nodes: Mailing[] = []
const closers: (() => Promise<unknown>)[] = []

beforeEach(async () => {
  gateway = await startTestGateway()
  await load(gateway, smallSeller)
  const shop = await addTestShop(gateway)
  const { body } = await shop.send(proposal('r-1'))
  requisition = body['requisition'] as typeof requisition
  server = await openMailServer()
})
afterEach(async () => {
  for (const node of nodes.splice(0)) await node.stop()
  for (const close of closers.splice(0).reverse()) await close()
  await server.close()
  await gateway.close()
})

function node(
  ...[options, context, settings]: [
    Parameters<typeof mailingNode>[2]?,
    Gateway['context']?,
    ReturnType<typeof mailBy>?,
  ]
) {
  const started = mailingNode(context ?? gateway.context, settings ?? mailBy(server.port), options)
  nodes.push(started)
  return started
}

/** The machine may be busy with others. */
const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000 })

const queue = (id = requisition.id) => queueMail(gateway.context, 'requisition.received', { id })
const ids = () => server.received.map(({ parsed }) => parsed.messageId)
const states = async () => (await mailsOf(gateway.context)).map(({ state }) => state)
const settled = () => eventually(async () => expect(await states()).not.toContain('queued'))

test('a mail goes out once, under an id of its own, and the history says so', async () => {
  await queue()
  const { metrics } = node()
  await settled()
  const [mail] = await mailsOf(gateway.context)
  expect(mail).toMatchObject({ state: 'sent', attempts: 0, last_error: null, language: 'sv' })
  expect(ids()).toEqual([`<${mail!.id}@grossisten.example>`])
  const [{ to, parsed, source }] = server.received as [(typeof server.received)[0]]
  expect(to).toEqual(['anna@ahlbergs.example'])
  expect(parsed).toMatchObject({
    from: { name: 'Grossisten AB', address: 'order@grossisten.example' },
    to: [{ name: 'Anna Lind', address: 'anna@ahlbergs.example' }],
    subject: `Vi har tagit emot inköpsförslag ${requisition.number}`,
  })
  expect(source).toMatch(/^Auto-Submitted: auto-generated\r$/m)
  expect(await mailHistory(gateway.context, requisition.id)).toMatchObject([
    {
      type: 'mail.sent',
      actor: { kind: 'system' },
      data: { kind: 'requisition.received', to: 'anna@ahlbergs.example', mail: mail!.id },
      origin: { via: 'gateway', task: 'mail' },
      version: 1,
    },
  ])
  expect(await metrics.registry.metrics()).toContain(
    'kontor_mails_total{kind="requisition.received",outcome="sent"} 1',
  )
})

test('the token is in the mail and nowhere else', async () => {
  await queue()
  node()
  await settled()
  const [, token] = /\/c\/([\w-]{43})\b/.exec(server.received[0]!.parsed.text ?? '') ?? []
  expect(token).toBeDefined()
  expect(server.received[0]!.parsed.html).toContain(`/c/${token}`)
  const rows = await gateway.context.db.selectFrom('customer_link').selectAll().execute()
  expect(rows).toHaveLength(1)
  const [link] = rows
  expect(link).toMatchObject({
    purpose: 'requisition_status',
    aggregate_id: requisition.id,
    revision: 1,
    contact_id: 'anna',
    used_at: null,
  })
  const kept = JSON.stringify([rows, await mailsOf(gateway.context)])
  expect(kept).not.toContain(token)
  const days = (link!.expires_at.getTime() - link!.created_at.getTime()) / 86_400_000
  expect(days).toBeCloseTo(14, 1)
})

test('a server that may take it later is asked again, and gets the same mail', async () => {
  await queue()
  server.onMail = (_mail, count) => (count < 2 ? 451 : undefined)
  const { metrics } = node()
  await settled()
  expect(ids()).toHaveLength(3)
  expect(new Set(ids()).size).toBe(1)
  expect(await mailsOf(gateway.context)).toMatchObject([{ state: 'sent', attempts: 2 }])
  // Those that were not taken have left no link behind.
  expect(await gateway.context.db.selectFrom('customer_link').selectAll().execute()).toHaveLength(1)
  expect(await metrics.registry.metrics()).toContain('outcome="postponed"} 2')
})

test('waits between tries as it is told, and gives up after four days', async () => {
  await queue()
  server.onRecipient = () => 450
  const delays: number[] = []
  node({ retryDelay: (failures) => delays.push(failures) && 10 })
  await eventually(() => expect(delays.length).toBeGreaterThan(2))
  expect(delays.slice(0, 3)).toEqual([1, 2, 3])
  await gateway.context.db
    .updateTable('mail')
    .set({ queued_at: new Date(Date.now() - 4.1 * 86_400_000) })
    .execute()
  await settled()
  expect(await mailsOf(gateway.context)).toMatchObject([{ state: 'failed' }])
})

test.each([
  ['the recipient', () => void (server.onRecipient = () => 550)],
  ['the content', () => void (server.onMail = () => 554)],
])('a server that refuses %s for good is not asked again, and people see it', async (_, refuse) => {
  await queue()
  refuse()
  const lines: string[] = []
  const log = createLog({ destination: { write: (line) => void lines.push(line) } })
  node({}, { ...gateway.context, log })
  await settled()
  expect(await states()).toEqual(['failed'])
  const [entry] = await mailHistory(gateway.context, requisition.id)
  expect(entry).toMatchObject({
    type: 'mail.failed',
    data: { why: expect.stringMatching(/^55[04] /) },
  })
  expect(lines.join('')).toContain('a mail was refused')
  expect(lines.join('')).not.toContain('ahlbergs')
  expect(await gateway.context.db.selectFrom('customer_link').selectAll().execute()).toEqual([])
})

test('one recipient’s trouble keeps nobody else waiting', async () => {
  await queue()
  await queueMail(gateway.context, 'requisition.received', {
    id: requisition.id,
    contactId: 'olle',
  })
  server.onRecipient = (address) => (address.startsWith('anna') ? 450 : undefined)
  node()
  await server.until(() => server.received.length === 1)
  expect(server.received[0]!.to).toEqual(['olle@ahlbergs.example'])
})

test('while nobody answers everything waits, it is told once, and all of it arrives afterwards', async () => {
  const { port } = server
  await server.close()
  await queue()
  await queue()
  const lines: { msg: string; err?: { message: string } }[] = []
  const log = createLog({ destination: { write: (line) => void lines.push(JSON.parse(line)) } })
  const retries: number[] = []
  const { metrics, isWell } = node(
    { retryDelay: (failures) => retries.push(failures) && 10 },
    { ...gateway.context, log },
  )
  await eventually(() => expect(retries.length).toBeGreaterThan(3))
  expect(isWell()).toBe(false)
  expect(await states()).toEqual(['queued', 'queued'])
  expect(await mailsOf(gateway.context)).toMatchObject([{ attempts: 0 }, { attempts: 0 }])
  expect(await metrics.registry.metrics()).toContain('\nkontor_mail_server_fails 1\n')
  server = await openMailServer({ port })
  await settled()
  await eventually(() => expect(isWell()).toBe(true))
  expect(new Set(ids()).size).toBe(2)
  expect(ids()).toHaveLength(2)
  const said = lines.map(({ msg }) => msg)
  expect(said.filter((text) => text.includes('not sent as it should'))).toHaveLength(1)
  expect(said.filter((text) => text.includes('is sent again'))).toHaveLength(1)
  expect(lines.find(({ err }) => err)?.err?.message).toContain('ECONNREFUSED')
})

test('two nodes send each mail once', async () => {
  const other = await gateway.anotherNode()
  for (let count = 0; count < 40; count += 1) await queue()
  node({ atOnce: 3 })
  node({ atOnce: 3 }, other.context)
  await settled()
  expect(ids()).toHaveLength(40)
  expect(new Set(ids()).size).toBe(40)
  expect(await mailHistory(gateway.context, requisition.id)).toHaveLength(40)
})

test('a node that dies in the middle leaves its mails to another, under the same ids', async () => {
  await queue()
  server.onMail = (_mail, count) => (count === 0 ? 'hang' : undefined)
  // Never answered, as good as dead.
  node({ leaseMs: 300, times: { connectMs: 2_000, answerMs: 20_000, mailMs: 20_000 } })
  await eventually(() => expect(server.received).toHaveLength(1))
  const other = await gateway.anotherNode()
  node({ leaseMs: 300 }, other.context)
  await settled()
  expect(ids()).toHaveLength(2)
  expect(new Set(ids()).size).toBe(1)
  expect(await mailHistory(gateway.context, requisition.id)).toHaveLength(1)
})

test('a database that is lost between sending and noting it doubles the mail at most, under one id', async () => {
  const proxy = await startFaultProxy(gateway.databaseUrl)
  closers.push(() => proxy.close())
  const through = new URL(gateway.databaseUrl)
  through.port = String(proxy.port)
  const behind = await createGateway({
    databaseUrl: through.href,
    log: createLog({ level: 'silent' }),
  })
  closers.push(() => behind.close())
  await queue()
  server.onMail = (_mail, count) => {
    if (count === 0) proxy.cut()
  }
  node({ leaseMs: 300 }, behind.context)
  await eventually(() => expect(server.received).toHaveLength(1))
  expect(await states()).toEqual(['queued'])
  proxy.mend()
  await settled()
  // Whether what was cut off was on its way already is up to the clock.
  expect([1, 2]).toContain(ids().length)
  expect(new Set(ids()).size).toBe(1)
  expect(await mailHistory(gateway.context, requisition.id)).toMatchObject([{ type: 'mail.sent' }])
})

test('stopping breaks off what hangs, and another node takes it at once', async () => {
  await queue()
  server.onMail = (_mail, count) => (count === 0 ? 'hang' : undefined)
  const first = node({
    lastRoundMs: 50,
    times: { connectMs: 2_000, answerMs: 60_000, mailMs: 60_000 },
  })
  await eventually(() => expect(server.received).toHaveLength(1))
  const began = Date.now()
  await first.stop()
  expect(Date.now() - began).toBeLessThan(5_000)
  expect(await mailsOf(gateway.context)).toMatchObject([{ state: 'queued', attempts: 0 }])
  node()
  await settled()
  expect(new Set(ids()).size).toBe(1)
})

describe('is not sent', () => {
  const reasonOf = async () =>
    (await mailHistory(gateway.context, requisition.id)).map(({ type, data }) => [
      type,
      data['why'],
    ])

  test('to who has no address, and people see it', async () => {
    await gateway.context.db
      .updateTable('contact')
      .set({ email: '' })
      .where('id', '=', 'anna')
      .execute()
    await queue()
    const { metrics } = node()
    await settled()
    expect(await reasonOf()).toEqual([['mail.skipped', 'no_address']])
    expect(server.received).toEqual([])
    expect(await metrics.registry.metrics()).toContain('outcome="skipped"} 1')
  })

  test('to who is no longer a contact there', async () => {
    await gateway.context.db
      .updateTable('contact')
      .set({ status: 'disabled' })
      .where('id', '=', 'anna')
      .execute()
    await queue()
    node()
    await settled()
    expect(await reasonOf()).toEqual([['mail.skipped', 'contact_disabled']])
  })

  test('where things have gone on since', async () => {
    await queueMail(gateway.context, 'requisition.returned', { id: requisition.id })
    await queueMail(gateway.context, 'requisition.received', { id: requisition.id, revision: 2 })
    node()
    await settled()
    expect(await reasonOf()).toEqual([
      ['mail.skipped', 'overtaken'],
      ['mail.skipped', 'overtaken'],
    ])
    expect(server.received).toEqual([])
  })
})

describe.runIf(selfSigned)('TLS', () => {
  const overTls = (changes: Parameters<typeof mailBy>[1] = {}) =>
    mailBy(server.port, {
      ...changes,
      smtp: {
        host: '127.0.0.1',
        port: server.port,
        tls: 'on_request',
        auth: { user: 'kontor', pass: 'hemlig' },
        ...changes.smtp,
      },
    })

  test('is insisted on: a server without it is sent nothing', async () => {
    await queue()
    const retries: number[] = []
    node({ retryDelay: (failures) => retries.push(failures) && 10 }, undefined, overTls())
    await eventually(() => expect(retries.length).toBeGreaterThan(1))
    expect(server.received).toEqual([])
    expect(server.signedIn).toEqual([])
    expect(await states()).toEqual(['queued'])
  })

  test('takes no certificate that nobody vouches for', async () => {
    await server.close()
    server = await openMailServer({ ...selfSigned })
    await queue()
    const retries: number[] = []
    node({ retryDelay: (failures) => retries.push(failures) && 10 }, undefined, overTls())
    await eventually(() => expect(retries.length).toBeGreaterThan(1))
    expect(server.signedIn).toEqual([])
  })
})
