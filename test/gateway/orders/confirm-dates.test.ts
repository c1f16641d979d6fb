import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { addDays, todayIn } from '../../../domain/calendar'
import { mailBy, mailHistory } from '../../support/mail-desk'
import { openMailServer, type MailServer } from '../../support/mail-server'
import { done, openQuoteDesk, type QuoteDesk } from '../quotes/desk'

let server: MailServer
let desk: QuoteDesk
beforeAll(async () => {
  server = await openMailServer()
  desk = await openQuoteDesk({ mail: mailBy(server.port) })
})
afterAll(async () => {
  await desk?.close()
  await server?.close()
})

const today = () => todayIn('Europe/Stockholm', new Date().toISOString())
const soon = (days: number) => addDays(today(), days)
const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000 })

/** An order of Anna's of two lines, made of what she sent, as a console has it. */
async function placed(name = 'karin') {
  const { id, version } = await desk.requested()
  done(await desk.as('karin').command('requisition.approve', id, version, { revision: 1 }))
  return orderOf(id, name)
}
type Held = Awaited<ReturnType<typeof placed>>

function orderOf(sourceId: string, name: string) {
  const client = desk.as(name)
  return client.until('the order', () =>
    client.all('order').find(({ value }) => value.source.id === sourceId),
  )
}

function held(name: string, id: string, version: number) {
  return desk.as(name).until(`order ${id} from version ${version}`, () => {
    const found = desk.as(name).get('order', id)
    return found && found.version >= version ? { id, ...found } : null
  })
}

const confirm = (
  name: string,
  { id, version }: Pick<Held, 'id' | 'version'>,
  dates: Readonly<Record<string, string | null>>,
) =>
  desk.as(name).command('order.confirm_dates', id, version, {
    lines: Object.entries(dates).map(([line, confirmedDate]) => ({ id: line, confirmedDate })),
  })

const told = async (number: string) => {
  const rows = await desk.gateway.context.db
    .selectFrom('storefront_change')
    .select('change')
    .orderBy('id')
    .execute()
  return rows.flatMap(({ change }) =>
    change.type === 'order.confirmed' && change.data.number === number ? [change] : [],
  )
}
const mailsAbout = (number: string) =>
  server.received
    .map(({ parsed, to }) => ({
      to,
      subject: parsed.subject ?? '',
      text: (parsed.text ?? '').replaceAll('\u00a0', ' '),
    }))
    .filter(({ subject }) => /leveransdatum|delivery dates/i.test(subject))
    .filter(({ subject }) => subject.includes(number))
const audit = (id: string) =>
  desk.gateway.context.db
    .selectFrom('audit')
    .select(['version', 'data', 'actor'])
    .where('aggregate_id', '=', id)
    .where('type', '=', 'order.dates_confirmed')
    .orderBy('seq')
    .execute()

test('line by line until the order is confirmed: both consoles, history, shop and customer hear of it', async () => {
  const order = await placed()
  expect(order.value).toMatchObject({ state: 'placed' })
  const { number } = order.value
  done(await confirm('karin', order, { '1': soon(3) }))
  const some = await held('erik', order.id, 2)
  expect(some.value).toMatchObject({
    state: 'placed',
    confirmation: { by: { name: 'Karin' } },
    lines: [
      { id: '1', confirmedDate: soon(3) },
      { id: '2', confirmedDate: null },
    ],
  })
  expect({ ...some.value, confirmation: null, lines: [] }).toEqual({
    ...order.value,
    confirmation: null,
    lines: [],
  })
  await eventually(() => expect(mailsAbout(number)).toHaveLength(1))

  expect(done(await confirm('erik', some, { '2': soon(7) })).result).toEqual({ state: 'confirmed' })
  const whole = await held('karin', order.id, 3)
  expect(whole.value).toMatchObject({
    state: 'confirmed',
    confirmation: { by: { name: 'Erik' } },
    lines: [{ confirmedDate: soon(3) }, { confirmedDate: soon(7) }],
  })
  const row = await desk.gateway.context.db
    .selectFrom('sales_order')
    .select(['state', 'version', 'body'])
    .where('id', '=', order.id)
    .executeTakeFirstOrThrow()
  expect(row).toEqual({ state: 'confirmed', version: 3, body: whole.value })

  expect(await audit(order.id)).toMatchObject([
    {
      version: 2,
      actor: { name: 'Karin' },
      data: {
        from: 'placed',
        to: 'placed',
        lines: [{ id: '1', articleId: 'RB-2206', before: null, after: soon(3) }],
      },
    },
    {
      version: 3,
      actor: { name: 'Erik' },
      data: { from: 'placed', to: 'confirmed', lines: [{ id: '2', after: soon(7) }] },
    },
  ])
  const document = await desk.gateway.context.db
    .selectFrom('requisition')
    .select('document_id')
    .where('id', '=', order.value.source.id)
    .executeTakeFirstOrThrow()
  expect((await told(number)).map(({ data }) => data)).toEqual(
    [
      { state: 'placed', confirmedBy: 'Karin', second: null },
      { state: 'confirmed', confirmedBy: 'Erik', second: soon(7) },
    ].map(({ second, ...told }) => ({
      ...told,
      id: order.id,
      number,
      document: document.document_id,
      company: '1001',
      contact: 'anna',
      lines: [
        { id: '1', confirmedDate: soon(3) },
        { id: '2', confirmedDate: second },
      ],
    })),
  )

  await eventually(() => expect(mailsAbout(number)).toHaveLength(2))
  const [first, second] = mailsAbout(number)
  expect(first).toMatchObject({
    to: ['anna@ahlbergs.example'],
    subject: `Leveransdatum för order ${number} är delvis bekräftade`,
  })
  expect(first?.text).toContain('leveransdatum för 1 av 2 rader')
  expect(second?.subject).toBe(`Leveransdatum för order ${number} är bekräftade`)
  expect(second?.text.match(/Bekräftad leverans /g)).toHaveLength(2)
  // The page behind the mail shows them as well.
  const token = /\/c\/([\w-]{43})/.exec(second?.text ?? '')?.[1]
  const page = await (await fetch(`${desk.gateway.url}/c/${token}`)).text()
  expect(page.match(/Bekräftad leverans /g)).toHaveLength(2)
  expect(page).toContain('Alla rader har ett bekräftat leveransdatum.')
  await eventually(async () =>
    expect(
      (await mailHistory(desk.gateway.context, order.id)).map(({ type, version }) => [
        type,
        version,
      ]),
    ).toEqual([
      ['mail.sent', 2],
      ['mail.sent', 3],
    ]),
  )
})

test('a date is moved and taken back, and the order stays confirmed', async () => {
  const order = await placed()
  done(await confirm('karin', order, { '1': soon(1), '2': soon(1) }))
  done(await confirm('karin', { ...order, version: 2 }, { '1': soon(2), '2': null }))
  expect((await held('karin', order.id, 3)).value).toMatchObject({
    state: 'confirmed',
    lines: [{ confirmedDate: soon(2) }, { confirmedDate: null }],
  })
  done(await confirm('karin', { ...order, version: 3 }, { '1': null }))
  const { number } = order.value
  // Told of only once where it is not sent before it has changed again, and as it is then.
  await eventually(() =>
    expect(mailsAbout(number).at(-1)?.subject).toBe(
      `Leveransdatum för order ${number} är inte längre bekräftade`,
    ),
  )
  expect(await told(number)).toHaveLength(3)
})

test('two at once: the second is refused, told who was first, and nothing of theirs is written', async () => {
  const order = await placed()
  const answers = await Promise.all([
    confirm('karin', order, { '1': soon(3) }),
    confirm('erik', order, { '1': soon(4) }),
  ])
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  const name = answers[0].ok ? 'Karin' : 'Erik'
  expect(answers.find(({ ok }) => !ok)).toMatchObject({
    error: {
      code: 'stale_version',
      details: { currentVersion: 2, state: 'placed', madeBy: { kind: 'user', by: name } },
    },
  })
  expect(await audit(order.id)).toHaveLength(1)
  expect(await told(order.value.number)).toHaveLength(1)
})

test('the same command once more gives the first answer, and is told once', async () => {
  const order = await placed()
  const command = {
    id: randomUUID(),
    type: 'order.confirm_dates',
    aggregateId: order.id,
    expectedVersion: order.version,
    payload: { lines: [{ id: '1', confirmedDate: soon(3) }] },
  }
  const first = await desk.as('karin').send(command)
  expect(first).toMatchObject({ ok: true, version: 2 })
  expect(await desk.as('karin').send(command)).toEqual(first)
  const { number } = order.value
  await eventually(() => expect(mailsAbout(number)).toHaveLength(1))
  expect(await told(number)).toHaveLength(1)
  const mails = await desk.gateway.context.db
    .selectFrom('mail')
    .select('state')
    .where('aggregate_id', '=', order.id)
    .execute()
  expect(mails).toHaveLength(1)
})

test('dates that change again before the mail can go are told once, as they are then', async () => {
  const order = await placed()
  server.onRecipient = () => 451
  done(await confirm('karin', order, { '1': soon(3) }))
  done(await confirm('karin', { ...order, version: 2 }, { '1': soon(4), '2': soon(4) }))
  server.onRecipient = () => undefined
  const { number } = order.value
  const mails = () =>
    desk.gateway.context.db
      .selectFrom('mail')
      .select(['version', 'state', 'last_error'])
      .where('aggregate_id', '=', order.id)
      .orderBy('version')
      .execute()
  await eventually(async () =>
    expect(await mails()).toEqual([
      { version: 2, state: 'skipped', last_error: 'overtaken' },
      { version: 3, state: 'sent', last_error: null },
    ]),
  )
  expect(mailsAbout(number).map(({ subject }) => subject)).toEqual([
    `Leveransdatum för order ${number} är bekräftade`,
  ])
})

test('whoever does not decide for the company confirms nothing', async () => {
  const order = await placed()
  const dates = { '1': soon(3) }
  // Sara has other accounts, Gun and Adam decide nothing.
  expect(await confirm('sara', order, dates)).toMatchObject({ error: { code: 'not_found' } })
  expect(await confirm('gun', order, dates)).toMatchObject({ error: { code: 'forbidden' } })
  expect(await confirm('adam', order, dates)).toMatchObject({ error: { code: 'forbidden' } })
  expect(await confirm('karin', { id: randomUUID(), version: 1 }, dates)).toMatchObject({
    error: { code: 'not_found' },
  })
  expect(await confirm('karin', { id: 'x', version: 1 }, dates)).toMatchObject({
    error: { code: 'not_found' },
  })
  expect(await audit(order.id)).toEqual([])
})

test.each(['delivered', 'cancelled'] as const)(
  'nothing of what is %s is promised',
  async (state) => {
    const order = await placed()
    await sql`
    update sales_order set state = ${state}, body = jsonb_set(body, '{state}', to_jsonb(${state}::text))
    where id = ${order.id}`.execute(desk.gateway.context.db)
    expect(await confirm('karin', { ...order, version: 9 }, { '1': soon(3) })).toMatchObject({
      ok: false,
      error: { code: 'wrong_state', details: { state } },
    })
  },
)

test('what cannot be kept is refused with its place', async () => {
  const order = await placed()
  const issues = async (...lines: readonly (readonly [string, unknown])[]) => {
    const answer = await desk.as('karin').command('order.confirm_dates', order.id, order.version, {
      lines: lines.map(([id, confirmedDate]) => ({ id, confirmedDate })),
    })
    if (answer.ok) expect.fail('It was confirmed.')
    const { issues: found } = answer.error.details as {
      issues?: { pointer: string; code?: string; lineId?: string }[]
    }
    return [answer.error.code, ...(found ?? []).map((one) => `${one.pointer} ${one.code ?? ''}`)]
  }
  expect(await issues(['1', soon(1)], ['9', soon(1)], ['1', soon(-1)])).toEqual([
    'edit_unsound',
    '/payload/lines/1/id unknown_line',
    '/payload/lines/2/id duplicate_line_id',
    '/payload/lines/2/confirmedDate date_past',
  ])
  expect(await issues(['1', '0000-01-01'])).toEqual([
    'edit_unsound',
    '/payload/lines/0/confirmedDate date_out_of_range',
  ])
  expect(await issues(['1', null])).toEqual(['edit_unsound', '/payload/lines nothing_changed'])
  expect(await issues(['1', '2027-02-29'])).toEqual(['invalid', '/payload/lines/0/confirmedDate '])
  expect(await issues()).toEqual(['invalid', '/payload/lines '])
})

test('of an order that a quote became the customer is mailed the quote’s page, in English too', async () => {
  await desk.gateway.context.db.updateTable('company').set({ language: 'en' }).execute()
  const quote = await desk.sent()
  expect((await desk.answer('accepted', quote.value)).status).toBe(202)
  const order = await orderOf(quote.id, 'erik')
  done(await confirm('erik', order, { '1': soon(3), '2': soon(3) }))
  const { number } = order.value
  await eventually(() => expect(mailsAbout(number)).toHaveLength(1))
  const [mail] = mailsAbout(number)
  expect(mail?.subject).toBe(`Delivery dates for order ${number} are confirmed`)
  const token = /\/c\/([\w-]{43})/.exec(mail?.text ?? '')?.[1]
  const page = await (await fetch(`${desk.gateway.url}/c/${token}`)).text()
  expect(page).toContain(number)
  expect(page.match(/Confirmed delivery /g)).toHaveLength(2)
  expect(await told(number)).toMatchObject([
    { data: { document: quote.value.requisition?.documentId, state: 'confirmed' } },
  ])
  await desk.gateway.context.db.updateTable('company').set({ language: 'sv' }).execute()
})
