import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeLink } from '../../../gateway/pages/links'
import { expireQuotes } from '../../../gateway/quotes/expire-quotes'
import { done, openQuoteDesk, type Held, type QuoteDesk } from '../quotes/desk'

let desk: QuoteDesk

beforeAll(async () => {
  desk = await openQuoteDesk()
})
afterAll(() => desk.close())

const linkTo = ({ id }: { readonly id: string }, revision = 1, contactId = 'anna') =>
  makeLink(
    desk.gateway.context.db,
    { purpose: 'quote_answer', aggregateKind: 'quote', aggregateId: id, revision, contactId },
    14,
  )

async function offered() {
  const quote = await desk.sent()
  return { quote, ...(await linkTo(quote)) }
}

async function open(token: string, init: RequestInit = {}) {
  const response = await fetch(`${desk.gateway.url}/c/${token}`, { redirect: 'manual', ...init })
  return { status: response.status, text: (await response.text()).replaceAll('\u00a0', ' ') }
}
const send = (token: string, fields: Record<string, string>) =>
  open(token, { method: 'POST', body: new URLSearchParams(fields) })
const accept = (token: string) => send(token, { action: 'accept' })

const stored = async ({ id }: Pick<Held, 'id'>) => {
  const { body } = await desk.gateway.context.db
    .selectFrom('quote')
    .select('body')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return body
}
const ordersOf = ({ value: { id, requisition } }: Held) =>
  desk.gateway.context.db
    .selectFrom('sales_order')
    .select(['number', 'net', 'source_kind'])
    .where('source_id', 'in', [id, requisition?.id ?? id])
    .execute()
const entriesOf = (id: string, type: string) =>
  desk.gateway.context.db
    .selectFrom('audit')
    .select(['actor', 'origin', 'data'])
    .where('aggregate_id', '=', id)
    .where('type', '=', type)
    .execute()
const isUsed = async (id: string) => {
  const { used_at: usedAt } = await desk.gateway.context.db
    .selectFrom('customer_link')
    .select('used_at')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return usedAt !== null
}

/** Its last day as if so many days ago, by the database's own calendar. */
const endedDaysAgo = ({ id }: Held, days: number) =>
  sql`
    with day as (
      select (clock_timestamp() at time zone time_zone)::date - ${days}::integer as it from seller),
    gone_out as (
      update quote_revision set body = jsonb_set(body, '{validUntil}', to_jsonb(day.it::text))
      from day where quote_id = ${id})
    update quote set valid_until = day.it,
      body = jsonb_set(body, '{validUntil}', to_jsonb(day.it::text))
    from day where id = ${id}`.execute(desk.gateway.context.db)

const setLanguage = (language: 'sv' | 'en') =>
  desk.gateway.context.db
    .updateTable('company')
    .set({ language })
    .where('id', '=', '1001')
    .execute()

test('the offer is shown with its lines, sums, VAT of each rate, last day and what can be answered', async () => {
  const { quote, token } = await offered()
  const { status, text } = await open(token)
  expect(status).toBe(200)
  for (const said of [
    '<html lang="sv">',
    `Offert ${quote.value.number}`,
    'Offerten gäller till och med ',
    'Rörböj 22 mm',
    '12 st',
    '192,00',
    'Summa exkl. moms',
    'Moms 25 %',
    'Summa inkl. moms',
    `Svar på</dt>`,
    quote.value.requisition?.number ?? '-',
    'Anna Lind, Ahlbergs Rör AB',
    'value="accept"',
    'value="counter"',
    'value="decline"',
  ])
    expect(text, said).toContain(said)
  expect((await stored(quote)).state).toBe('sent')
})

test('and in English where the company’s language is', async () => {
  const { quote, token } = await offered()
  await setLanguage('en')
  try {
    const { text } = await open(token)
    for (const said of [
      '<html lang="en">',
      `Quote ${quote.value.number}`,
      'The quote is valid through ',
      'Accept the quote',
      'VAT 25%',
    ])
      expect(text, said).toContain(said)
    const { text: empty } = await send(token, { action: 'counter', message: ' ' })
    expect(empty).toContain('Write what you would like changed.')
  } finally {
    await setLanguage('sv')
  }
})

test('the page of what it answers points to it, and lets nothing else be done', async () => {
  const { quote } = await offered()
  const { id = '' } = quote.value.requisition ?? {}
  const { token } = await makeLink(
    desk.gateway.context.db,
    {
      purpose: 'requisition_status',
      aggregateKind: 'requisition',
      aggregateId: id,
      revision: 1,
      contactId: 'anna',
    },
    14,
  )
  const { text } = await open(token)
  expect(text).toContain(`Vi har svarat med offert ${quote.value.number}`)
  expect(text).not.toContain('<form')
})

test('accepting makes the one order of it, and the audit has the contact and the link', async () => {
  const { quote, token, id: link } = await offered()
  expect((await accept(token)).status).toBe(303)
  const [order, ...more] = await ordersOf(quote)
  expect(more).toEqual([])
  expect(order).toMatchObject({ source_kind: 'quote', net: quote.value.totals.net })
  const by = {
    actor: { kind: 'contact', id: 'anna', name: 'Anna Lind' },
    origin: { via: 'link', link, address: '127.0.0.1' },
  }
  for (const type of ['quote.accepted', 'quote.ordered'])
    expect(await entriesOf(quote.id, type)).toMatchObject([by])
  expect(await entriesOf(quote.value.requisition?.id ?? '', 'requisition.ordered')).toMatchObject([
    by,
  ])
  const { status, text } = await open(token)
  expect(status).toBe(200)
  expect(text).toContain(`Order ${order?.number} är lagd`)
  expect(text).toContain('Anna Lind accepterade offerten i dag')
  expect(text).not.toContain('<form')
  const again = await accept(token)
  expect(again.status).toBe(409)
  expect(again.text).toContain('Svaret har redan kommit fram.')
  expect(await ordersOf(quote)).toHaveLength(1)
})

test('however many accept at once, by two links and through the shop, it is one order', async () => {
  for (let round = 0; round < 4; round += 1) {
    const { quote, token } = await offered()
    const { token: second } = await linkTo(quote, 1, 'olle')
    const acts = [
      async () => (await accept(token)).status === 303,
      async () => (await desk.answer('accepted', quote.value)).status === 202,
      async () => (await accept(token)).status === 303,
      async () => (await accept(second)).status === 303,
    ]
    const turned = [...acts.slice(round), ...acts.slice(0, round)]
    const took = await Promise.all(turned.map((act) => act()))
    expect(took.filter(Boolean)).toHaveLength(1)
    expect(await ordersOf(quote)).toHaveLength(1)
    expect(await entriesOf(quote.id, 'quote.accepted')).toHaveLength(1)
  }
})

test('that the shop has accepted meanwhile is said, with the order’s number', async () => {
  const { quote, token, id } = await offered()
  expect((await desk.answer('accepted', quote.value)).status).toBe(202)
  const { status, text } = await accept(token)
  const [order] = await ordersOf(quote)
  expect(status).toBe(409)
  expect(text).toContain('Det hann ändras innan ert svar kom fram.')
  expect(text).toContain(`Order ${order?.number} är lagd`)
  expect(await isUsed(id)).toBe(false)
})

test('of accepting and declining at once one counts', async () => {
  const { quote, token } = await offered()
  const [yes, no] = await Promise.all([
    accept(token),
    send(token, { action: 'decline', reason: '' }),
  ])
  expect([yes.status, no.status].sort((a, b) => a - b)).toEqual([303, 409])
  const isAccepted = yes.status === 303
  expect((await stored(quote)).state).toBe(isAccepted ? 'ordered' : 'declined')
  expect(await ordersOf(quote)).toHaveLength(isAccepted ? 1 : 0)
})

test('it is declined with the reason or without one', async () => {
  const { quote, token, id: link } = await offered()
  const reason = 'För dyrt <b>i år</b>.\r\nTack ändå!'
  expect((await send(token, { action: 'decline', reason })).status).toBe(303)
  expect(await entriesOf(quote.id, 'quote.declined')).toMatchObject([
    {
      actor: { kind: 'contact', id: 'anna' },
      origin: { via: 'link', link },
      data: { from: 'sent', to: 'declined', outcome: { kind: 'declined', reason } },
    },
  ])
  const { text } = await open(token)
  expect(text).toContain('Ni har tackat nej')
  expect(text).toContain('För dyrt &lt;b&gt;i år&lt;/b&gt;.<br>Tack ändå!')
  expect(await ordersOf(quote)).toEqual([])

  const other = await offered()
  expect((await send(other.token, { action: 'decline', reason: '' })).status).toBe(303)
  expect(await stored(other.quote)).toMatchObject({ outcome: { kind: 'declined', reason: null } })
})

test('a counter-offer says what is wanted otherwise, and its answer is the next version', async () => {
  const { quote, token, id: link } = await offered()
  const empty = await send(token, { action: 'counter', message: ' \r\n' })
  expect(empty.status).toBe(422)
  expect(empty.text).toContain('Skriv vad ni vill ha annorlunda.')
  const long = await send(token, { action: 'counter', message: 'x'.repeat(1_001) })
  expect(long.status).toBe(422)
  expect(long.text).toContain('Skriv högst 1000 tecken.')
  expect(long.text).toContain('x'.repeat(1_001))
  expect((await stored(quote)).state).toBe('sent')
  expect(await isUsed(link)).toBe(false)

  const message = '10 % rabatt, så slår vi till.'
  expect((await send(token, { action: 'counter', message })).status).toBe(303)
  expect(await entriesOf(quote.id, 'quote.countered')).toMatchObject([
    { actor: { id: 'anna' }, origin: { via: 'link', link }, data: { outcome: { message } } },
  ])
  const answered = await open(token)
  for (const said of ['Vi har fått ert svar', message, 'Anna Lind, Ahlbergs Rör AB'])
    expect(answered.text).toContain(said)
  expect((await accept(token)).status).toBe(409)

  await desk.held('karin', quote.id, quote.version + 1)
  done(await desk.on('karin', quote.id, 'quote.new_version'))
  const drafted = await open(token)
  expect(drafted.status).toBe(200)
  expect(drafted.text).toContain('Den här versionen gäller inte längre')
  expect((await accept(token)).text).toContain('Den här versionen gäller inte längre')

  const { version } = await desk.held('karin', quote.id, quote.version + 2)
  done(await desk.on('karin', quote.id, 'quote.submit_for_review'))
  await desk.held('karin', quote.id, version + 1)
  done(await desk.on('karin', quote.id, 'quote.send'))
  const old = await open(token)
  expect(old.text).toContain('Det finns en nyare version')
  expect(old.text).not.toContain('<form')
  const { token: stale } = await linkTo(quote, 1)
  const late = await accept(stale)
  expect(late.status).toBe(409)
  expect(late.text).toContain('Öppna länken i mejlet om den nya versionen')
  expect(await ordersOf(quote)).toEqual([])
  const { token: next } = await linkTo(quote, 2)
  expect((await open(next)).text).toContain(`Offert ${quote.value.number}, version 2`)
  expect((await accept(next)).status).toBe(303)
  expect(await ordersOf(quote)).toHaveLength(1)
})

test('what is over by the database’s day says so and is not answered, before the job has come to it too', async () => {
  const { quote, token } = await offered()
  const lasting = await offered()
  await endedDaysAgo(quote, 1)
  await endedDaysAgo(lasting.quote, 0)
  const shown = await open(token)
  expect(shown.status).toBe(200)
  expect(shown.text).toContain('Offerten har gått ut')
  expect(shown.text).toMatch(/Den gällde till och med [a-zåäö]{3} \d+ [a-z]{3}\. Hör av er/)
  expect(shown.text).not.toContain('<form')
  for (const action of ['accept', 'decline', 'counter'] as const) {
    const fields = action === 'counter' ? { action, message: 'Nu då?' } : { action }
    const { status, text } = await send(token, fields)
    expect([action, status]).toEqual([action, 409])
    expect(text).toContain('Offerten har gått ut')
  }
  expect((await stored(quote)).state).toBe('sent')
  await expireQuotes(desk.gateway.context)
  expect((await open(token)).text).toContain('Offerten har gått ut')
  expect((await accept(token)).status).toBe(409)
  expect(await ordersOf(quote)).toEqual([])
  expect((await accept(lasting.token)).status).toBe(303)
})

test('what was withdrawn says why, and nothing of a version that never went out', async () => {
  const { quote, token } = await offered()
  const reason = 'Priset har ändrats.'
  done(await desk.on('karin', quote.id, 'quote.withdraw', { reason }))
  for (const { status, text } of [await open(token), await accept(token)]) {
    expect([200, 409]).toContain(status)
    expect(text).toContain('Offerten gäller inte längre')
    expect(text).toContain(reason)
    expect(text).toContain('Karin, ')
    expect(text).not.toContain('<form')
  }
  await desk.held('karin', quote.id, quote.version + 1)
  done(await desk.on('karin', quote.id, 'quote.new_version'))
  const { version } = await desk.held('karin', quote.id, quote.version + 2)
  done(
    await desk.on('karin', quote.id, 'quote.edit', {
      lines: [],
      removed: ['2'],
      head: { message: 'Bara mellan oss' },
    }),
  )
  await desk.held('karin', quote.id, version + 1)
  done(await desk.on('karin', quote.id, 'quote.withdraw', { reason: null }))
  const { token: second } = await linkTo(quote, 2)
  for (const { text } of [await open(token), await open(second)]) {
    expect(text).toContain('Offerten gäller inte längre')
    expect(text).toContain('Isolering 19 mm')
    expect(text).not.toContain('Bara mellan oss')
  }
})

test('a company that may not buy is told to be in touch, and the offer stands', async () => {
  const { quote, token, id } = await offered()
  const setStatus = (status: 'blocked' | 'active') =>
    desk.gateway.context.db
      .updateTable('company')
      .set({ status })
      .where('id', '=', '1001')
      .execute()
  await setStatus('blocked')
  try {
    const { status, text } = await accept(token)
    expect(status).toBe(409)
    expect(text).toContain('Offerten går inte att acceptera som det är nu. Hör av er till oss.')
  } finally {
    await setStatus('active')
  }
  expect((await stored(quote)).state).toBe('sent')
  expect(await isUsed(id)).toBe(false)
  expect((await accept(token)).status).toBe(303)
})

test('what was tampered with does nothing', async () => {
  const { quote, token } = await offered()
  const wrong = await accept(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)
  expect(wrong.status).toBe(404)
  const fields: readonly Record<string, string>[] = [
    {},
    { action: 'order' },
    { action: 'accept', net: '1' },
    { action: 'accept', version: '1' },
    { action: 'decline', reason: '', quote: quote.id },
    { action: 'counter', message: 'x', lines: '[]' },
    { action: 'withdraw', reason: '' },
  ]
  for (const one of fields) expect((await send(token, one)).status, JSON.stringify(one)).toBe(400)
  expect((await send(token, { action: 'decline', reason: 'a\u0000b' })).status).toBe(422)
  // Of another company's quote, or of one that there is none of, there is nothing to see.
  const { token: foreign } = await linkTo({ id: '019a0000-0000-7000-8000-000000000000' })
  expect((await open(foreign)).status).toBe(410)
  expect((await accept(foreign)).status).toBe(410)
  const draft = await desk.drafted()
  const { token: early } = await linkTo(draft)
  expect((await open(early)).status).toBe(410)
  expect((await accept(early)).status).toBe(410)
  expect((await stored(quote)).state).toBe('sent')
  expect((await stored(draft)).state).toBe('draft')
})
