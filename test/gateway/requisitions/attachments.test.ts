import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { request, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Attachment } from '../../../contract/entities'
import type { RequisitionState } from '../../../domain/requisition/states'
import { LARGEST_ATTACHMENT, MOST_ATTACHMENTS } from '../../../domain/attachment/limits'
import { restore } from '../../../gateway/backup/restore'
import { backUp } from '../../../gateway/backup/write'
import { createGateway } from '../../../gateway/create-gateway'
import { sweepAttachments } from '../../../gateway/jobs/sweep-attachments'
import { sweepFeed } from '../../../gateway/jobs/sweep-feed'
import { createLog } from '../../../gateway/log'
import { makeLink } from '../../../gateway/pages/links'
import { openConsoles, type Consoles } from '../../support/consoles'
import { mail, pdf, png, zipOf } from '../../support/files'
import { addTestShop, startTestGateway, type TestGateway } from '../../support/gateway'
import { testDatabase } from '../../support/postgres'
import { countRows } from '../../support/rows'
import { load, proposal, smallSeller } from '../../support/small-seller'

let gateway: TestGateway
let shop: Awaited<ReturnType<typeof addTestShop>>
let consoles: Consoles
const as = (name: string) => consoles.as(name)

beforeAll(async () => {
  gateway = await startTestGateway()
  await load(gateway, smallSeller)
  shop = await addTestShop(gateway)
  const people = [
    { username: 'karin', roles: ['approver'] },
    // The customer is one of Erik’s, and none of Sara’s.
    { username: 'erik', roles: ['rep'] },
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

/** A new proposal of Anna's, for whom Erik is the rep. */
async function submitted(): Promise<string> {
  const { status, body } = await shop.send(proposal(randomUUID()))
  expect(status, JSON.stringify(body)).toBe(202)
  const { id } = body['requisition'] as { id: string }
  await as('karin').until('it', () => as('karin').get('requisition', id))
  return id
}

async function upload(by: string, bytes: Buffer, id: string = randomUUID()) {
  const response = await fetch(`${gateway.url}/api/attachments/${id}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${consoles.tokenOf(by)}` },
    body: new Uint8Array(bytes),
  })
  const headers = Object.fromEntries(response.headers)
  const body = (await response.json()) as Record<string, unknown>
  return { id, status: response.status, headers, body }
}

function attach(
  by: string,
  requisitionId: string,
  attachmentId: string,
  {
    name = 'Ritning.pdf',
    visibility = 'internal',
    version = null as number | null,
    onlyNew = false,
  } = {},
) {
  const payload = { attachmentId, name, visibility, ...(onlyNew && { onlyNew }) }
  return as(by).command('requisition.attach', requisitionId, version, payload)
}

/** A file that is attached. */
async function attached(requisitionId: string, visibility: string, bytes = pdf, name?: string) {
  const { id } = await upload('karin', bytes)
  const answer = await attach('karin', requisitionId, id, {
    visibility,
    ...(name !== undefined && { name }),
  })
  expect(answer, JSON.stringify(answer)).toMatchObject({ ok: true })
  return id
}

async function valueOf(id: string) {
  const answer = await as('karin').query('requisition.get', { id })
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.result as {
    version: number
    value: {
      attachments?: Attachment[]
      revision: number
      shop: { documentId: string }
      state: string
    }
  }
}
const attachmentsOf = async (id: string) => (await valueOf(id)).value.attachments

function download(by: string, requisitionId: string, id: string) {
  return fetch(`${gateway.url}/api/requisitions/${requisitionId}/attachments/${id}`, {
    headers: { authorization: `Bearer ${consoles.tokenOf(by)}` },
  })
}

async function refusedWithoutTrace<T>(act: () => Promise<T>): Promise<T> {
  const before = await countRows(gateway.context.db)
  const answer = await act()
  expect(await countRows(gateway.context.db)).toEqual(before)
  return answer
}

async function setState(id: string, state: RequisitionState) {
  await gateway.context.db
    .updateTable('requisition')
    .set({
      state,
      progress: sql`progress || ${JSON.stringify({ state, claimedBy: null, outcome: null })}::jsonb`,
    })
    .where('id', '=', id)
    .execute()
}

test('a file is sent, attached, told of, and fetched as it was', async () => {
  const id = await submitted()
  const before = await valueOf(id)
  // Larger than a piece, so that pieces are put together again.
  const content = Buffer.concat([pdf, Buffer.alloc(700_000, 0xc5)])
  const sent = await upload('erik', content)
  const sha256 = createHash('sha256').update(content).digest('hex')
  expect(sent).toMatchObject({
    status: 201,
    body: { id: sent.id, kind: 'pdf', size: content.length, sha256 },
  })
  expect(await attach('erik', id, sent.id, { name: '..\\Rörritning\u202E 4.pdf' })).toMatchObject({
    ok: true,
  })
  const [attachment] = await as('karin').until(
    'what is attached',
    () => as('karin').get('requisition', id)?.value.attachments,
  )
  expect(attachment).toEqual({
    id: sent.id,
    name: 'Rörritning 4.pdf',
    kind: 'pdf',
    size: content.length,
    sha256,
    visibility: 'internal',
    by: expect.objectContaining({ kind: 'user', name: 'Erik' }) as unknown,
    at: expect.any(String) as unknown,
  })
  // No revision of its own: nothing that was seen or approved is another.
  expect(await valueOf(id)).toMatchObject({
    version: before.version + 1,
    value: { revision: 1, state: 'submitted' },
  })

  const response = await download('karin', id, sent.id)
  expect(Buffer.from(await response.arrayBuffer()).equals(content)).toBe(true)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-length': String(content.length),
    'content-disposition': `attachment; filename="Rorritning 4.pdf"; filename*=UTF-8''R%C3%B6rritning%204.pdf`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'cache-control': 'no-store',
  })

  const audit = await as('karin').query('audit.of', { aggregateId: id })
  expect(audit).toMatchObject({
    result: {
      rows: [
        {
          type: 'requisition.attached',
          data: { attachment: { id: sent.id, name: 'Rörritning 4.pdf', sha256 } },
        },
        {},
      ],
    },
  })
})

test('the same file under the same id is there once, and another is refused', async () => {
  const first = await upload('karin', pdf)
  expect(await upload('karin', pdf, first.id)).toMatchObject({ status: 200, body: first.body })
  const other = await refusedWithoutTrace(() => upload('karin', png, first.id))
  expect(other).toMatchObject({ status: 409, body: { code: 'already_exists' } })
  expect(await refusedWithoutTrace(() => upload('erik', pdf, first.id))).toMatchObject({
    status: 409,
  })
  // Both at once: kept once, and both are told the same.
  const id = randomUUID()
  const both = await Promise.all([upload('karin', mail, id), upload('karin', mail, id)])
  expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 201]))

  const requisition = await submitted()
  const command = randomUUID()
  const payload = { attachmentId: id, name: 'Brev.eml', visibility: 'internal' }
  const send = () => as('karin').command('requisition.attach', requisition, null, payload, command)
  const answer = await send()
  expect(answer).toMatchObject({ ok: true })
  expect(await send()).toEqual(answer)
  expect(await attachmentsOf(requisition)).toHaveLength(1)
})

test.each([
  ['nothing', Buffer.alloc(0), 422, { problem: 'empty' }],
  ['a program', Buffer.from('MZ\u0090\0\u0003'), 422, { problem: 'unknown_kind' }],
  [
    'macros',
    zipOf('[Content_Types].xml', 'xl/workbook.xml', 'xl/vbaProject.bin'),
    422,
    { problem: 'macros' },
  ],
  [
    'too much',
    Buffer.concat([pdf, Buffer.alloc(LARGEST_ATTACHMENT)]),
    413,
    { maximum: LARGEST_ATTACHMENT },
  ],
])('a file of %s is not taken', async (_what, content, status, details) => {
  expect(await refusedWithoutTrace(() => upload('karin', content))).toMatchObject({
    status,
    body: { details },
  })
})

test('two files of a person are taken in at a time, and other people’s beside them', async () => {
  const unfinished = Array.from({ length: 3 }, () => {
    const sending = request(`${gateway.url}/api/attachments/${randomUUID()}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${consoles.tokenOf('erik')}`, 'content-length': 1_000 },
    })
    sending.on('error', () => undefined).write('%PDF-')
    return sending
  })
  // Only the one that finds no place is answered.
  const answers = unfinished.map(async (sending) => once(sending, 'response'))
  const [turnedAway] = (await Promise.race(answers)) as [IncomingMessage]
  expect(turnedAway.statusCode).toBe(429)
  expect(await upload('erik', pdf)).toMatchObject({
    headers: { 'retry-after': '10' },
    body: { code: 'too_many_requests', details: { problem: 'others_upload' } },
  })
  expect((await upload('karin', pdf)).status).toBe(201)
  for (const sending of unfinished) sending.destroy()
  await Promise.allSettled(answers)
  await expect.poll(async () => (await upload('erik', pdf)).status).toBe(201)
})

test('a file of the largest size is taken', async () => {
  const content = Buffer.concat([pdf, Buffer.alloc(LARGEST_ATTACHMENT - pdf.length)])
  expect(await upload('karin', content)).toMatchObject({ status: 201 })
})

test('nothing is attached under a wrong name, beyond the limit, or that is not there', async () => {
  const id = await submitted()
  const file = await upload('karin', pdf)
  expect(
    await refusedWithoutTrace(() => attach('karin', id, file.id, { name: 'faktura.exe' })),
  ).toMatchObject({
    error: {
      code: 'attachment_unfit',
      details: { problem: 'misnamed', ending: 'exe', kind: 'pdf' },
    },
  })
  expect(await refusedWithoutTrace(() => attach('karin', id, randomUUID()))).toMatchObject({
    error: { code: 'attachment_unfit', details: { problem: 'not_uploaded' } },
  })
  // What somebody else has sent is theirs to attach.
  expect(await refusedWithoutTrace(() => attach('erik', id, file.id))).toMatchObject({
    error: { details: { problem: 'not_uploaded' } },
  })
  for (let n = 0; n < MOST_ATTACHMENTS; n += 1) await attached(id, 'internal')
  expect(await refusedWithoutTrace(() => attach('karin', id, file.id))).toMatchObject({
    error: { details: { problem: 'too_many', maximum: MOST_ATTACHMENTS } },
  })
})

test('another name and who sees it can be changed, and it can be taken off', async () => {
  const id = await submitted()
  const file = await attached(id, 'internal')
  const { version } = await valueOf(id)
  // Who has not sent it may change it, and the same again is no change.
  const change = { name: 'Ny ritning.pdf', visibility: 'customer' }
  expect(await attach('erik', id, file, { ...change, version })).toMatchObject({
    ok: true,
    version: version + 1,
  })
  expect(await attach('erik', id, file, change)).toMatchObject({ ok: true, version: version + 1 })
  expect(await attachmentsOf(id)).toMatchObject([{ ...change, by: { name: 'Karin' } }])
  expect(await attach('erik', id, file, { version })).toMatchObject({
    error: { code: 'stale_version' },
  })
  // Sent again by whoever attached it first, late.
  expect(await attach('karin', id, file, { onlyNew: true })).toMatchObject({
    ok: true,
    version: version + 1,
  })
  expect(await attachmentsOf(id)).toMatchObject([change])

  const detach = () => as('erik').command('requisition.detach', id, null, { attachmentId: file })
  expect(await detach()).toMatchObject({ ok: true, version: version + 2 })
  expect(await detach()).toMatchObject({ ok: true, version: version + 2 })
  expect(await attachmentsOf(id)).toEqual([])
  expect((await download('karin', id, file)).status).toBe(404)
  const audit = await as('karin').query('audit.of', { aggregateId: id, limit: 2 })
  expect(audit).toMatchObject({
    result: {
      rows: [
        { type: 'requisition.detached', data: { attachment: { name: 'Ny ritning.pdf' } } },
        {
          type: 'requisition.attachment_changed',
          data: {
            attachment: { visibility: 'customer' },
            before: { name: 'Ritning.pdf', visibility: 'internal' },
          },
        },
      ],
    },
  })
})

test('an id in capitals is the same', async () => {
  const id = await submitted()
  const file = randomUUID()
  const shouted = file.toUpperCase()
  expect((await upload('karin', pdf, shouted)).body).toMatchObject({ id: file })
  for (const one of [shouted, file])
    expect(await attach('karin', id, one)).toMatchObject({ ok: true })
  expect(await attachmentsOf(id)).toMatchObject([{ id: file }])
  expect((await download('karin', id, shouted)).status).toBe(200)
  await as('karin').command('requisition.detach', id, null, { attachmentId: shouted })
  expect(await attachmentsOf(id)).toEqual([])
})

test.each([
  // Who, sending, attaching, taking off, fetching.
  ['karin', 201, true, 200],
  ['erik', 201, true, 200],
  ['sara', 201, 'not_found', 404],
  ['adam', 403, 'forbidden', 200],
  ['agneta', 403, 'forbidden', 403],
] as const)('%s', async (name, sending, attaching, fetching) => {
  const id = await submitted()
  const file = await attached(id, 'internal')
  const sent = await upload(name, pdf)
  expect(sent.status).toBe(sending)
  for (const act of [
    () => attach(name, id, sending === 201 ? sent.id : file),
    () => as(name).command('requisition.detach', id, null, { attachmentId: file }),
  ]) {
    // Fetched while it is there.
    expect((await download(name, id, file)).status).toBe(fetching)
    const answer = await act()
    if (attaching === true) expect(answer).toMatchObject({ ok: true })
    else expect(answer).toMatchObject({ ok: false, error: { code: attaching } })
  }
})

test('nobody fetches without a session, nor by another requisition', async () => {
  const [id, other] = [await submitted(), await submitted()]
  const file = await attached(id, 'customer')
  const bare = await fetch(`${gateway.url}/api/requisitions/${id}/attachments/${file}`)
  expect(bare.status).toBe(401)
  expect((await download('karin', other, file)).status).toBe(404)
  expect((await download('karin', id, 'x')).status).toBe(404)
})

test.each([
  ['submitted', true],
  ['in_review', true],
  ['approved', true],
  ['returned', true],
  ['ordered', true],
  ['rejected', false],
  ['withdrawn', false],
  ['expired', false],
] as const)('while it is %s: %s', async (state, may) => {
  const id = await submitted()
  const [shown, hidden] = [await attached(id, 'customer'), await attached(id, 'internal')]
  await setState(id, state)
  const another = await upload('karin', pdf)
  const answers = [
    await attach('karin', id, another.id),
    await attach('karin', id, hidden, { visibility: 'customer' }),
  ]
  for (const answer of answers) {
    if (may) expect(answer).toMatchObject({ ok: true })
    else expect(answer).toMatchObject({ error: { code: 'wrong_state', details: { state } } })
  }
  // What was a mistake can always be taken back.
  expect(await attach('karin', id, shown)).toMatchObject({ ok: true })
  expect(await attachmentsOf(id)).toContainEqual(
    expect.objectContaining({ id: shown, visibility: 'internal' }),
  )
  const detach = { attachmentId: shown }
  expect(await as('karin').command('requisition.detach', id, null, detach)).toMatchObject({
    ok: true,
  })
})

test('it stays through an edit, a new revision of the customer’s, an order, and a split', async () => {
  const documentId = randomUUID()
  const { body } = await shop.send(proposal(documentId))
  const { id } = body['requisition'] as { id: string }
  const file = await attached(id, 'customer')
  const gone = await attached(id, 'customer', png, 'Fel.png')
  await as('karin').command('requisition.detach', id, null, { attachmentId: gone })
  const edit = { revision: 1, changes: { head: { goodsMark: 'Hall 4' } } }
  expect(await as('karin').command('requisition.edit', id, null, edit)).toMatchObject({ ok: true })
  await as('karin').command('requisition.return', id, null, { revision: 2, message: 'Fler?' })
  const lines = [
    { id: '1', article: 'RB-2206', quantity: '14' },
    { id: '2', article: 'IS-0319', quantity: '3' },
  ]
  const again = await shop.send(proposal(documentId, { revision: 3, lines }))
  expect(again.status, JSON.stringify(again.body)).toBe(202)
  const split = { revision: 3, lines: ['1'] }
  const answer = await as('karin').command('requisition.split', id, null, split)
  expect(answer, JSON.stringify(answer)).toMatchObject({ ok: true })
  const { rest } = (answer as unknown as { result: { rest: { id: string } } }).result
  const { version } = await valueOf(id)
  const approved = await as('karin').command('requisition.approve', id, version, { revision: 4 })
  expect(approved, JSON.stringify(approved)).toMatchObject({ ok: true })
  for (const one of [id, rest.id])
    expect(await attachmentsOf(one)).toMatchObject([{ id: file, visibility: 'customer' }])
  // What was taken off stays off both.
  const removed = await gateway.context.db
    .selectFrom('requisition_attachment_removed')
    .select('requisition_id')
    .where('attachment_id', '=', gone)
    .execute()
  expect(new Set(removed.map((row) => row.requisition_id))).toEqual(new Set([id, rest.id]))
  // Each has its own from then on, and what the other still has is kept for it.
  await as('karin').command('requisition.detach', id, null, { attachmentId: file })
  await gateway.context.db
    .updateTable('attachment')
    .set({ uploaded_at: sql`now() - interval '2 days'` })
    .where('id', '=', file)
    .execute()
  await sweepAttachments(gateway.context)
  expect((await download('karin', rest.id, file)).status).toBe(200)
  expect((await download('karin', id, file)).status).toBe(404)
})

test('what nothing names is swept after a day, and what it held with the last of its files', async () => {
  const { db } = gateway.context
  const content = Buffer.from('En rad som ingen annan fil har.\n')
  const sha256 = createHash('sha256').update(content).digest()
  const named = await submitted()
  const [old, recent, kept] = [
    await upload('karin', content),
    await upload('karin', content),
    { id: await attached(named, 'internal', content, 'Rader.txt') },
  ]
  const age = (ids: readonly string[]) =>
    db
      .updateTable('attachment')
      .set({ uploaded_at: sql`now() - interval '25 hours'` })
      .where('id', 'in', ids)
      .execute()
  const ageContent = () =>
    db
      .updateTable('attachment_content')
      .set({ stored_at: sql`now() - interval '25 hours'` })
      .where('sha256', '=', sha256)
      .execute()
  const left = async () =>
    (await db.selectFrom('attachment').select('id').where('sha256', '=', sha256).execute())
      .map(({ id }) => id)
      .sort()
  const pieces = () =>
    db.selectFrom('attachment_piece').select('n').where('sha256', '=', sha256).execute()

  await age([old.id, kept.id])
  await ageContent()
  await sweepAttachments(gateway.context)
  expect(await left()).toEqual([recent.id, kept.id].sort())
  expect(await pieces()).toHaveLength(1)
  expect(await attach('karin', named, old.id, { name: 'Rader.txt' })).toMatchObject({
    error: { details: { problem: 'not_uploaded' } },
  })

  await as('karin').command('requisition.detach', named, null, { attachmentId: kept.id })
  await age([recent.id])
  await sweepAttachments(gateway.context)
  expect(await left()).toEqual([])
  expect(await pieces()).toEqual([])
})

describe('the customer', () => {
  /** A page of theirs about a requisition, and one of its files. */
  async function page(id: string, contactId: string, query = '') {
    const { token } = await makeLink(
      gateway.context.db,
      {
        purpose: 'requisition_status',
        aggregateKind: 'requisition',
        aggregateId: id,
        revision: 1,
        contactId,
      },
      14,
    )
    return fetch(`${gateway.url}/c/${token}${query}`)
  }

  async function ask(documentId: string, id: string, secret = shop.secret) {
    const path = `/storefront/v1/documents/${documentId}/attachments/${id}`
    const [webhookId, at] = [randomUUID(), new Date()]
    return fetch(gateway.url + path, {
      headers: {
        'webhook-id': webhookId,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(secret).sign(webhookId, at, `GET ${path}`),
      },
    })
  }

  test('fetches on their page what is for them, and nothing else', async () => {
    const id = await submitted()
    const [shown, hidden] = [
      await attached(id, 'customer', pdf, 'Måttritning <4>.pdf'),
      await attached(id, 'internal', png, 'Kalkyl.png'),
    ]
    const text = await (await page(id, 'anna')).text()
    expect(text).toContain(`<a href="?attachment=${shown}" download>Måttritning _4_.pdf</a>`)
    expect(text).not.toContain('Kalkyl')
    const fetched = await page(id, 'anna', `?attachment=${shown}`)
    expect(fetched.headers.get('content-disposition')).toContain('attachment;')
    expect(fetched.headers.get('content-security-policy')).toContain('sandbox')
    expect(Buffer.from(await fetched.arrayBuffer()).equals(pdf)).toBe(true)
    expect((await page(id, 'anna', `?attachment=${hidden}`)).status).toBe(404)
    expect((await page(id, 'per', `?attachment=${shown}`)).status).toBe(404)
    const another = await submitted()
    expect((await page(another, 'anna', `?attachment=${shown}`)).status).toBe(404)
    // Made internal again it is gone for them, by a link that they have as well.
    await attach('karin', id, shown, { visibility: 'internal' })
    expect((await page(id, 'anna', `?attachment=${shown}`)).status).toBe(404)
  })

  test('fetches it with the quote that answers what it belongs to', async () => {
    const event = { ...proposal(randomUUID()), type: 'quote.requested' }
    const { body } = await shop.send(event)
    const { id } = body['requisition'] as { id: string }
    const shown = await attached(id, 'customer')
    const hidden = await attached(id, 'internal', png, 'Kalkyl.png')
    const quoteId = randomUUID()
    const from = { kind: 'requisition', requisitionId: id, revision: 1 }
    const step = async (type: string, version: number | null, payload: object) => {
      const answer = await as('karin').command(type, quoteId, version, payload)
      expect(answer, JSON.stringify(answer)).toMatchObject({ ok: true })
    }
    await step('quote.create', null, { from })
    await step('quote.submit_for_review', 1, { revision: 1 })
    await step('quote.send', 2, { revision: 1 })
    const target = { purpose: 'quote_answer', aggregateKind: 'quote', revision: 1 } as const
    const link = { ...target, aggregateId: quoteId, contactId: 'anna' }
    const { token } = await makeLink(gateway.context.db, link, 14)
    const url = `${gateway.url}/c/${token}`
    expect(await (await fetch(url)).text()).toContain(`?attachment=${shown}`)
    expect((await fetch(`${url}?attachment=${shown}`)).status).toBe(200)
    expect((await fetch(`${url}?attachment=${hidden}`)).status).toBe(404)
    // What the requisition has once the offer counts no more is not for whoever has its link.
    await step('quote.withdraw', null, { revision: 1, reason: 'Fel pris' })
    expect(await (await fetch(url)).text()).not.toContain('?attachment=')
    expect((await fetch(`${url}?attachment=${shown}`)).status).toBe(404)
  })

  test('is told of it by their shop, which fetches it', async () => {
    const id = await submitted()
    const { documentId } = (await valueOf(id)).value.shop
    const hidden = await attached(id, 'internal')
    const shown = await attached(id, 'customer', png, 'Bild.png')
    await attach('karin', id, shown, { name: 'Foto.png', visibility: 'customer' })
    await as('karin').command('requisition.detach', id, null, { attachmentId: shown })
    const told = await gateway.context.db
      .selectFrom('storefront_change')
      .select('change')
      .orderBy('id')
      .execute()
    const file = { id: shown, mediaType: 'image/png', size: png.length }
    expect(
      told
        .map(({ change }) => change)
        .filter(({ type, data }) => type === 'requisition.attachments' && data.id === documentId)
        .map(({ data }) => 'attachments' in data && data.attachments),
    ).toMatchObject([[{ ...file, name: 'Bild.png' }], [{ ...file, name: 'Foto.png' }], []])

    expect((await ask(documentId, shown)).status).toBe(404)
    const again = await attached(id, 'customer', png, 'Bild.png')
    const answer = await ask(documentId, again)
    expect(answer.status).toBe(200)
    expect(Buffer.from(await answer.arrayBuffer()).equals(png)).toBe(true)
    expect((await ask(documentId, hidden)).status).toBe(404)
    expect((await ask('%00', again)).status).toBe(404)
    const other = await addTestShop(gateway, 'other')
    expect((await ask(documentId, again, other.secret)).status).toBe(404)
    const stranger = `whsec_${Buffer.alloc(24).toString('base64')}`
    expect((await ask(documentId, again, stranger)).status).toBe(401)
  })
})

describe('a shop', () => {
  /** Which files it was told that the customer of a document may fetch, each time. */
  async function toldOf(documentId: string) {
    const told = await gateway.context.db
      .selectFrom('storefront_change')
      .select('change')
      .orderBy('id')
      .execute()
    return told.flatMap(({ change: { type, data } }) =>
      type === 'requisition.attachments' && data.id === documentId
        ? [data.attachments.map(({ id }) => id)]
        : [],
    )
  }

  async function put(
    bytes: Buffer,
    id: string = randomUUID(),
    { secret = shop.secret, signed = bytes } = {},
  ) {
    const path = `/storefront/v1/attachments/${id}`
    const [webhookId, at] = [randomUUID(), new Date()]
    const digest = createHash('sha256').update(signed).digest('hex')
    const response = await fetch(gateway.url + path, {
      method: 'PUT',
      headers: {
        'webhook-id': webhookId,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(secret).sign(webhookId, at, `PUT ${path} ${digest}`),
        'webhook-digest': digest,
      },
      body: new Uint8Array(bytes),
    })
    const { status, headers } = response
    return { id, status, headers, body: (await response.json()) as { code?: string } }
  }

  test('sends files with a document, and more of them with the next revision', async () => {
    const [drawing, photo] = [await put(pdf), await put(png)]
    expect([drawing.status, photo.status]).toEqual([201, 201])
    expect((await put(pdf, drawing.id)).status).toBe(200)
    const documentId = randomUUID()
    const attachments = [{ id: drawing.id, name: 'Ritning.pdf' }]
    const sent = () => shop.send(proposal(documentId, { attachments }))
    const { status, body } = await sent()
    expect(status, JSON.stringify(body)).toBe(202)
    // Sent once more it is no news.
    expect((await sent()).status).toBe(200)
    const { id } = body['requisition'] as { id: string }
    expect(await attachmentsOf(id)).toMatchObject([
      {
        id: drawing.id,
        name: 'Ritning.pdf',
        visibility: 'customer',
        by: { kind: 'contact', id: 'anna', name: 'Anna Lind' },
      },
    ])
    const own = await attached(id, 'internal')
    await as('karin').command('requisition.return', id, null, { revision: 1, message: 'Foto?' })
    const more = [...attachments, { id: photo.id, name: 'Foto.png' }]
    const next = await shop.send(proposal(documentId, { revision: 2, attachments: more }))
    expect(next.status, JSON.stringify(next.body)).toBe(202)
    expect((await attachmentsOf(id))?.map((one) => one.id)).toEqual([drawing.id, own, photo.id])
    // What its own documents brought is told as well.
    expect(await toldOf(documentId)).toEqual([[drawing.id], [drawing.id, photo.id]])
  })

  test('brings nothing back that the seller has taken off, nor sends more with the same revision', async () => {
    const [wrong, right, late] = [await put(pdf), await put(png), await put(pdf)]
    const attachments = [
      { id: wrong.id, name: 'Fel.pdf' },
      { id: right.id, name: 'Foto.png' },
    ]
    const documentId = randomUUID()
    const { body } = await shop.send(proposal(documentId, { attachments }))
    const { id } = body['requisition'] as { id: string }
    await as('karin').command('requisition.detach', id, null, { attachmentId: wrong.id })
    // It is gone altogether by then.
    await gateway.context.db
      .updateTable('attachment')
      .set({ uploaded_at: new Date(0) })
      .where('id', '=', wrong.id)
      .execute()
    await sweepAttachments(gateway.context)

    expect((await shop.send(proposal(documentId, { attachments }))).status).toBe(200)
    const more = [...attachments, { id: late.id, name: 'Sen.pdf' }]
    const again = await refusedWithoutTrace(() =>
      shop.send(proposal(documentId, { attachments: more })),
    )
    expect(again).toMatchObject({
      status: 409,
      body: { errors: [{ pointer: '/data/attachments', code: 'revision_changed' }] },
    })

    await as('karin').command('requisition.return', id, null, { revision: 1, message: 'Fler?' })
    const next = await shop.send(proposal(documentId, { revision: 2, attachments: more }))
    expect(next.status, JSON.stringify(next.body)).toBe(202)
    expect((await attachmentsOf(id))?.map((one) => one.id)).toEqual([right.id, late.id])
    expect(await toldOf(documentId)).toEqual([
      [wrong.id, right.id],
      [right.id],
      [right.id, late.id],
    ])
  })

  test('is not kept out by files of the seller’s own', async () => {
    const documentId = randomUUID()
    const { body } = await shop.send(proposal(documentId))
    const { id } = body['requisition'] as { id: string }
    for (let n = 0; n < MOST_ATTACHMENTS; n += 1) await attached(id, 'internal')
    await as('karin').command('requisition.return', id, null, { revision: 1, message: 'Foto?' })
    const attachments = [{ id: (await put(png)).id, name: 'Foto.png' }]
    const next = await shop.send(proposal(documentId, { revision: 2, attachments }))
    expect(next.status, JSON.stringify(next.body)).toBe(202)
  })

  test('is refused what is none of its own, or not what its name says', async () => {
    const theirs = await upload('karin', pdf)
    const file = await put(pdf)
    const attachments = [
      { id: theirs.id, name: 'Ritning.pdf' },
      { id: file.id, name: 'bild.png' },
      { id: randomUUID(), name: 'x.pdf' },
    ]
    const answer = await refusedWithoutTrace(() =>
      shop.send(proposal(randomUUID(), { attachments })),
    )
    expect(answer).toMatchObject({
      status: 422,
      body: {
        errors: [
          { pointer: '/data/attachments/0/id', code: 'unknown_attachment' },
          { pointer: '/data/attachments/1/name', code: 'attachment_misnamed' },
          { pointer: '/data/attachments/2/id', code: 'unknown_attachment' },
        ],
      },
    })
    // Nor may one of ours attach what a shop has sent.
    expect(await attach('karin', await submitted(), file.id)).toMatchObject({
      error: { details: { problem: 'not_uploaded' } },
    })
    expect(await put(png, file.id)).toMatchObject({ status: 409 })
    expect(await put(Buffer.from('MZ\0'))).toMatchObject({
      status: 422,
      body: { code: 'attachment_unfit' },
    })
    const stranger = `whsec_${Buffer.alloc(24).toString('base64')}`
    expect(
      (await refusedWithoutTrace(() => put(pdf, randomUUID(), { secret: stranger }))).status,
    ).toBe(401)
    const other = await refusedWithoutTrace(() => put(png, randomUUID(), { signed: pdf }))
    expect(other).toMatchObject({ status: 400, body: { code: 'digest_mismatch' } })
  })

  test('has room for so much that no document names, and waits when there is none', async () => {
    const filler = await put(Buffer.concat([pdf, Buffer.from('waits')]))
    const { db } = gateway.context
    const fill = (size: number) =>
      db.updateTable('attachment').set({ size }).where('id', '=', filler.id).execute()
    await fill(999_999_999)
    const answer = await put(Buffer.concat([pdf, Buffer.from('one more')]))
    await fill(10)
    expect(answer).toMatchObject({ status: 429, body: { code: 'too_many_waiting' } })
    expect(answer.headers.get('retry-after')).toBe('3600')
    expect((await put(Buffer.concat([pdf, Buffer.from('one more')]))).status).toBe(201)
  })

  test('is known before anything of a file is read', async () => {
    const path = `/storefront/v1/attachments/${randomUUID()}`
    const [webhookId, at] = [randomUUID(), new Date()]
    const digest = createHash('sha256').update(pdf).digest('hex')
    const stranger = new Webhook(`whsec_${Buffer.alloc(24).toString('base64')}`)
    const sending = request(gateway.url + path, {
      method: 'PUT',
      headers: {
        'content-length': LARGEST_ATTACHMENT,
        'webhook-id': webhookId,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': stranger.sign(webhookId, at, `PUT ${path} ${digest}`),
        'webhook-digest': digest,
      },
    })
    // What was announced never comes.
    sending.on('error', () => undefined).flushHeaders()
    const [answer] = (await once(sending, 'response')) as [IncomingMessage]
    sending.destroy()
    expect(answer.statusCode).toBe(401)
  })

  test('is told when they are too many', async () => {
    const documentId = randomUUID()
    const files: { id: string; name: string }[] = []
    for (let n = 0; n < MOST_ATTACHMENTS; n += 1)
      files.push({ id: (await put(pdf)).id, name: `Ritning ${n}.pdf` })
    const { body } = await shop.send(proposal(documentId, { attachments: files }))
    const { id } = body['requisition'] as { id: string }
    await as('karin').command('requisition.return', id, null, { revision: 1, message: 'Och?' })
    const attachments = [{ id: (await put(png)).id, name: 'Foto.png' }]
    const next = await shop.send(proposal(documentId, { revision: 2, attachments }))
    expect(next).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/data/attachments', code: 'too_many_attachments' }] },
    })
  })
})

test('a download whose end has gone does not pass for the whole file', async () => {
  const id = await submitted()
  const content = Buffer.concat([pdf, Buffer.alloc(600_000, 0x20)])
  const file = await attached(id, 'internal', content)
  const sha256 = createHash('sha256').update(content).digest()
  const last = gateway.context.db.deleteFrom('attachment_piece').where('n', '=', 2)
  await last.where('sha256', '=', sha256).execute()
  // Where the server says that it has cut the connection.
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const fetched = download('karin', id, file).then(async (answer) => answer.arrayBuffer())
  await expect(fetched).rejects.toThrow()
  said.mockRestore()
  // Nobody else's answers suffer from it.
  expect((await download('karin', id, randomUUID())).status).toBe(404)
})

test('what left every replica is told of again when something is attached to it', async () => {
  const id = await submitted()
  await as('karin').command('requisition.approve', id, null, { revision: 1 })
  const { db } = gateway.context
  await sql`update requisition set finished_at = now() - interval '40 days' where id = ${id}`.execute(
    db,
  )
  await sweepFeed(gateway.context, 0)
  await as('karin').until('its leaving', () => as('karin').get('requisition', id) === null)
  const file = await attached(id, 'internal')
  const [attachment] = await as('karin').until(
    'it again',
    () => as('karin').get('requisition', id)?.value.attachments,
  )
  expect(attachment?.id).toBe(file)
})

test('files are in a backup and come back with it', async () => {
  const id = await submitted()
  // Several pieces, each of them a row of its own in the backup.
  const content = Buffer.concat([pdf, Buffer.alloc(600_000, '\\.\n\t\\')])
  const file = await attached(id, 'customer', content)
  const folder = await mkdtemp(join(tmpdir(), 'kontor-attachments-'))
  const backup = join(folder, 'day.backup')
  const database = await testDatabase({ migrated: false })
  try {
    expect(await backUp({ databaseUrl: gateway.databaseUrl, file: backup })).toMatchObject({
      ok: true,
    })
    const restored = await restore({ databaseUrl: database.url, file: backup })
    expect(restored, JSON.stringify(restored)).toMatchObject({ ok: true })
    const other = await createGateway({
      databaseUrl: database.url,
      log: createLog({ level: 'silent' }),
    })
    try {
      const response = await fetch(`${other.url}/api/requisitions/${id}/attachments/${file}`, {
        headers: { authorization: `Bearer ${consoles.tokenOf('karin')}` },
      })
      expect(Buffer.from(await response.arrayBuffer()).equals(content)).toBe(true)
    } finally {
      await other.close()
    }
  } finally {
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  }
})
