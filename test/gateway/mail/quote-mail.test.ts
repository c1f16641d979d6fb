import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { expireQuotes } from '../../../gateway/quotes/expire-quotes'
import { mailBy, mailHistory, mailsOf } from '../../support/mail-desk'
import { openMailServer, type MailServer } from '../../support/mail-server'
import { done, openQuoteDesk, type Held, type QuoteDesk } from '../quotes/desk'

let server: MailServer
let desk: QuoteDesk

beforeEach(async () => {
  server = await openMailServer()
  desk = await openQuoteDesk({ mail: mailBy(server.port) })
})
afterEach(async () => {
  await desk.close()
  await server.close()
})

/** The machine may be busy with others. */
const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000 })
const ofQuotes = async () =>
  (await mailsOf(desk.gateway.context)).filter(({ kind }) => kind !== 'requisition.received')
/** Until so many mails have been dealt with, those that something has come in not counted. */
const settled = (count: number) =>
  eventually(async () =>
    expect((await ofQuotes()).filter(({ state }) => state !== 'queued')).toHaveLength(count),
  )
const mailAbout = (subject: string) => {
  const found = server.received.filter(({ parsed }) => parsed.subject === subject)
  expect(found.map(({ parsed }) => parsed.subject)).toEqual([subject])
  const [{ to, parsed }] = found as [(typeof found)[number]]
  return {
    to,
    files: parsed.attachments,
    text: (parsed.text ?? '').replaceAll('\u00a0', ' '),
    html: (parsed.html ?? '').replaceAll('\u00a0', ' '),
  }
}
const tokenOf = (text: string) => /\/c\/([\w-]{43})/.exec(text)?.[1] ?? ''
const post = (token: string, fields: Record<string, string>) =>
  fetch(`${desk.gateway.url}/c/${token}`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(fields),
  })

/** One that has gone out with a message. */
async function sent(validDays = 30): Promise<Held> {
  const { id } = await desk.drafted('erik', {
    lines: [
      { id: '1', article: 'RB-2206', quantity: '12' },
      { id: '2', article: 'KA-1000', quantity: '6' },
    ],
  })
  const { rows } = await sql<{ day: string }>`
    select ((now() at time zone time_zone)::date + ${validDays}::integer)::text as day from seller
  `.execute(desk.gateway.context.db)
  const head = { message: 'Hej!\nSå här <b>tänkte</b> vi.', validUntil: rows[0]?.day }
  done(await desk.on('karin', id, 'quote.edit', { head }))
  await desk.held('karin', id, 2)
  done(await desk.on('karin', id, 'quote.submit_for_review'))
  // Whoever began it has what it answers.
  await desk.held('erik', id, 3)
  done(await desk.on('erik', id, 'quote.send'))
  return desk.held('karin', id, 4)
}

test('the contact is mailed the offer once, accepts it by the link, and is mailed the order once', async () => {
  const quote = await sent()
  await settled(1)
  const offer = mailAbout(`Offert ${quote.value.number}`)
  expect(offer.to).toEqual(['anna@ahlbergs.example'])
  for (const said of [
    'Den gäller till och med ',
    '> Hej!\n> Så här <b>tänkte</b> vi.\n\nErik, ',
    'Läs och svara: https://kontor.grossisten.example/c/',
    'Rörböj 22 mm (RB-2206)\n  12 st × 16,00  = 192,00',
    'Summa exkl. moms: 726,00 kr\nMoms 25 %: 48,00 kr\nMoms 12 %: 64,08 kr\nSumma inkl. moms: 838,08 kr',
  ])
    expect(offer.text).toContain(said)
  expect(offer.html).toContain('Hej!<br>Så här &lt;b&gt;tänkte&lt;/b&gt; vi.')
  expect(offer.html).toContain('838,08 kr')
  const [file, ...others] = offer.files
  expect(others).toEqual([])
  expect(file).toMatchObject({
    filename: `${quote.value.number}-v1.pdf`,
    mimeType: 'application/pdf',
  })
  const start = Buffer.from(file?.content as ArrayBuffer).subarray(0, 5)
  expect(start.toString('latin1')).toBe('%PDF-')

  expect((await post(tokenOf(offer.text), { action: 'accept' })).status).toBe(303)
  await settled(2)
  const [row] = await desk.gateway.context.db.selectFrom('sales_order').select('number').execute()
  const order = mailAbout(`Er order ${row?.number}`)
  expect(order.text).toContain(
    `Tack! Offert ${quote.value.number} är accepterad och vi har lagt order ${row?.number}.`,
  )
  expect(order.files).toEqual([])
  expect(order.text).toContain('Kan levereras ')
  // The requisition became the order too, and its sender has heard of it.
  expect((await ofQuotes()).map(({ kind, state }) => [kind, state])).toEqual([
    ['quote.sent', 'sent'],
    ['quote.ordered', 'sent'],
  ])
  expect(
    (await mailHistory(desk.gateway.context, quote.id)).map(({ type, data }) => [
      type,
      data['kind'],
      data['contactId'],
    ]),
  ).toEqual([
    ['mail.sent', 'quote.sent', 'anna'],
    ['mail.sent', 'quote.ordered', 'anna'],
  ])
})

test('a link to an offer lasts as long as the offer, also where others end sooner', async () => {
  const links = () =>
    desk.gateway.context.db
      .selectFrom('customer_link')
      .select([
        'purpose',
        sql<number>`extract(day from expires_at - created_at)::integer`.as('days'),
      ])
      .execute()
  // Told at its leisure that something has come in: of one that is answered meanwhile nobody is told.
  await desk.requested()
  await eventually(async () =>
    expect(await links()).toEqual([{ purpose: 'requisition_status', days: 14 }]),
  )
  await sent(60)
  await settled(1)
  expect(await links()).toContainEqual({ purpose: 'quote_answer', days: 61 })
})

test('who sent what the quote answers is told of the order, where that is somebody else', async () => {
  const quote = await sent()
  await settled(1)
  const asked = quote.value.requisition?.id ?? ''
  await sql`
    update requisition set contact_id = 'olle', body = jsonb_set(body, '{contactId}', '"olle"')
    where id = ${asked}`.execute(desk.gateway.context.db)
  expect((await desk.answer('accepted', quote.value)).status).toBe(202)
  await settled(3)
  expect(
    (await ofQuotes()).map(({ kind, contact_id: contact }) => [kind, contact]).slice(1),
  ).toEqual([
    ['quote.ordered', 'anna'],
    ['requisition.ordered', 'olle'],
  ])
})

test('that it was withdrawn or is over is told, in English too; what the customer said is not', async () => {
  await desk.gateway.context.db.updateTable('company').set({ language: 'en' }).execute()
  const [withdrawn, over, declined, countered] = [
    await sent(),
    await sent(),
    await sent(),
    await sent(),
  ]
  await settled(4)
  expect(mailAbout(`Quote ${over.value.number}`).text).toContain('It is valid through ')
  await sql`
    update quote set valid_until = '2020-01-31', body = jsonb_set(body, '{validUntil}', '"2020-01-31"')
    where id = ${over.id}`.execute(desk.gateway.context.db)
  await expireQuotes(desk.gateway.context)
  done(await desk.on('karin', withdrawn.id, 'quote.withdraw', { reason: 'Prices have gone up.' }))
  await desk.answer('declined', declined.value)
  await desk.answer('countered', countered.value, { message: 'Less' })
  await settled(6)
  const { text } = mailAbout(`Quote ${withdrawn.value.number} is no longer valid`)
  expect(text).toContain('> Prices have gone up.\n\nKarin, ')
  expect(mailAbout(`Quote ${over.value.number} has expired`).text).toContain('was valid through ')
  expect(await ofQuotes()).toHaveLength(6)
})

test('a draft that is put away is nobody’s to hear of', async () => {
  const draft = await desk.drafted()
  done(await desk.on('karin', draft.id, 'quote.withdraw', { reason: 'Fel kund' }))
  await desk.held('karin', draft.id, draft.version + 1)
  expect(await ofQuotes()).toEqual([])
})

test('an offer that was overtaken while the mail server took nothing is not sent', async () => {
  server.onRecipient = () => 451
  const quote = await sent()
  await eventually(async () => expect(await ofQuotes()).toMatchObject([{ attempts: 1 }]))
  done(await desk.on('karin', quote.id, 'quote.withdraw', { reason: null }))
  server.onRecipient = () => undefined
  await settled(2)
  expect((await ofQuotes()).map(({ kind, state }) => [kind, state])).toEqual([
    ['quote.sent', 'skipped'],
    ['quote.withdrawn', 'sent'],
  ])
  expect(
    (await mailHistory(desk.gateway.context, quote.id)).find(({ type }) => type === 'mail.skipped')
      ?.data,
  ).toMatchObject({ kind: 'quote.sent', why: 'overtaken' })
})
