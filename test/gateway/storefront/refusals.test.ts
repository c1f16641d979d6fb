import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { LARGEST_QUANTITY } from '../../../domain/quantity'
import { digestOf } from './digest'
import { event, line, newDocumentId, submitted, withdrawn } from './documents'
import { NOON } from './seller-data'
import { Webshop } from './webshop'

let shop: Webshop
let before: Awaited<ReturnType<typeof digestOf>>
beforeAll(async () => {
  shop = await Webshop.open({ now: () => NOON })
  // What the documents below are measured against.
  await shop.send(submitted({ id: 'open-1' }))
  await shop.send(submitted({ id: 'taken-back' }))
  await shop.send(withdrawn('taken-back'))
  await shop.send(submitted({ id: 'ordered-1', contact: 'olle' }))
})
afterAll(() => shop.close())
beforeEach(async () => {
  before = await digestOf(shop.db)
})

/** How a body is refused, and what that has left behind. */
async function refusalOf(body: unknown) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const { status, headers, body: problem } = await shop.send(text)
  const { type, title, detail, errors } = problem
  const words = [title, detail, ...(errors ?? []).map((error) => error.detail)]
  return {
    status: [status, problem.status],
    mediaType: headers.get('content-type'),
    codes: [problem.code, type.replace('/storefront/v1/problems/', '')],
    errors: errors?.map(({ pointer, code }) => `${pointer} ${code}`) ?? null,
    unworded: words.filter(
      (text) => !/^[A-Z“].{8,}$/s.test(text) || /undefined|\[object|NaN|null/.test(text),
    ),
    sentences: words.slice(1).every((text) => text.endsWith('.')),
    database: await digestOf(shop.db),
    alarms: shop.node.logged.filter(({ level }) => level >= 40),
  }
}

/** Refused with this and nothing else, in words, and not a row of any table is other than it was. */
function refused(status: number, code: string, pointer: string | null) {
  return () => ({
    status: [status, status],
    mediaType: 'application/problem+json',
    codes: [code, code],
    errors: pointer === null ? null : [`${pointer} ${code}`],
    unworded: [],
    sentences: true,
    database: before,
    alarms: [],
  })
}

const oneLine = (overrides: Parameters<typeof line>[0]) => submitted({ lines: [line(overrides)] })
const without = (document: object, key: string) =>
  JSON.parse(JSON.stringify(document, (name, value) => (name === key ? undefined : value)))
const refused422 = (code: string, pointer: string) => refused(422, code, pointer)
const conflict = (code: string, pointer: string) => refused(409, code, pointer)

describe('what cannot be read', () => {
  test.each([
    ['no JSON', '{"type": "list.sent",'],
    ['nothing at all', ''],
    ['a byte order mark', '\ufeff{}'],
  ])('%s', async (_, body) => {
    expect(await refusalOf(body)).toEqual(refused(400, 'malformed_json', null)())
  })

  test('bytes that are no UTF-8', async () => {
    // Signed as bytes: the library would sign them as text.
    const { createHmac } = await import('node:crypto')
    const body = Buffer.from([0x7b, 0xff, 0x7d])
    const key = Buffer.from(shop.secret.slice('whsec_'.length), 'base64')
    const seconds = Math.floor(NOON.getTime() / 1_000)
    const signature = createHmac('sha256', key).update(`raw.${seconds}.`).update(body)
    const answer = await shop.send(body, {
      id: 'raw',
      headers: { 'webhook-signature': `v1,${signature.digest('base64')}` },
    })
    expect(answer).toMatchObject({ status: 400, body: { code: 'malformed_json' } })
    expect(await digestOf(shop.db)).toEqual(before)
  })
})

describe('what has the wrong shape', () => {
  test.each([
    ['no object', [], refused422('wrong_type', '')],
    ['no type', without(submitted(), 'type'), refused422('missing_field', '/type')],
    [
      'another type',
      { ...submitted(), type: 'list.burnt' },
      refused422('unknown_event_type', '/type'),
    ],
    ['no data', without(submitted(), 'data'), refused422('missing_field', '/data')],
    ['no contact', without(submitted(), 'contact'), refused422('missing_field', '/data/contact')],
    ['a field too many', { ...submitted(), 'x/y': 1 }, refused422('unknown_field', '/x~1y')],
    [
      'lines that are no list',
      submitted({ lines: {} as never }),
      refused422('wrong_type', '/data/lines'),
    ],
    ['no lines', submitted({ lines: [] }), refused422('no_lines', '/data/lines')],
    [
      'a line that is none',
      submitted({ lines: [7 as never] }),
      refused422('wrong_type', '/data/lines/0'),
    ],
    [
      'a number for a text',
      oneLine({ article: 7 as never }),
      refused422('wrong_type', '/data/lines/0/article'),
    ],
    [
      'a list for a quantity',
      oneLine({ quantity: [] as never }),
      refused422('wrong_type', '/data/lines/0/quantity'),
    ],
    [
      'words for a quantity',
      oneLine({ quantity: 'two' }),
      refused422('invalid_value', '/data/lines/0/quantity'),
    ],
    [
      'four decimals',
      oneLine({ quantity: '0.0001' }),
      refused422('invalid_value', '/data/lines/0/quantity'),
    ],
    [
      'an exponent',
      oneLine({ quantity: 1e21 }),
      refused422('invalid_value', '/data/lines/0/quantity'),
    ],
    [
      'a price below zero',
      oneLine({ price: { amount: '-1' } }),
      refused422('invalid_value', '/data/lines/0/price/amount'),
    ],
    [
      'a rebate above 100',
      oneLine({ price: { amount: 1, rebate: 101 } }),
      refused422('invalid_value', '/data/lines/0/price/rebate'),
    ],
    [
      'another basis',
      oneLine({ price: { amount: 1, basis: 'free' as never } }),
      refused422('invalid_value', '/data/lines/0/price/basis'),
    ],
    [
      'no date',
      oneLine({ requestedDate: '2026-02-30' }),
      refused422('invalid_value', '/data/lines/0/requestedDate'),
    ],
    [
      'no time',
      { ...submitted(), timestamp: 'yesterday' },
      refused422('invalid_value', '/timestamp'),
    ],
    ['no currency', submitted({ currency: 'kr' }), refused422('invalid_value', '/data/currency')],
    ['revision 0', submitted({ revision: 0 }), refused422('invalid_value', '/data/revision')],
    ['half a revision', submitted({ revision: 1.5 }), refused422('wrong_type', '/data/revision')],
    ['a control character', submitted({ id: 'a\u0000b' }), refused422('invalid_value', '/data/id')],
    [
      'half a character',
      submitted({ comment: 'a\ud800' }),
      refused422('invalid_value', '/data/comment'),
    ],
    [
      'an endless comment',
      submitted({ comment: 'x'.repeat(4_001) }),
      refused422('invalid_value', '/data/comment'),
    ],
    [
      'half an address',
      submitted({
        deliveryAddress: { name: 'x', street: 'y', postalCode: 'z', city: 'å' } as never,
      }),
      refused422('missing_field', '/data/deliveryAddress/country'),
    ],
    [
      'a number for an address',
      submitted({ deliveryAddress: 7 as never }),
      refused422('wrong_type', '/data/deliveryAddress'),
    ],
    [
      'lines of a withdrawal',
      { ...withdrawn('x'), data: { id: 'x', contact: 'rut', lines: [] } },
      refused422('unknown_field', '/data/lines'),
    ],
  ])('%s', async (_, body, expected) => {
    expect(await refusalOf(body)).toEqual(expected())
  })

  test('10,001 lines, and every one of them broken besides', async () => {
    const lines = Array.from({ length: 10_001 }, () => ({}) as never)
    expect(await refusalOf(submitted({ lines }))).toEqual(
      refused422('too_many_lines', '/data/lines')(),
    )
  })
})

describe('who sends it', () => {
  test.each([
    ['an unknown contact', { contact: 'nobody' }, 'unknown_contact'],
    ['a disabled contact', { contact: 'gone' }, 'contact_disabled'],
    ['a blocked company', { contact: 'bo' }, 'company_blocked'],
    ['a closed company', { contact: 'sune' }, 'company_closed'],
    ['too low an ordering right', { contact: 'lena' }, 'ordering_right_too_low'],
  ])('%s', async (_, overrides, code) => {
    expect(await refusalOf(submitted(overrides))).toEqual(refused422(code, '/data/contact')())
  })
})

describe('what it says', () => {
  test.each([
    [
      'another currency',
      submitted({ currency: 'EUR' }),
      refused422('wrong_currency', '/data/currency'),
    ],
    [
      'an unknown address',
      submitted({ deliveryAddress: 'nowhere' }),
      refused422('unknown_address', '/data/deliveryAddress'),
    ],
    [
      'another company’s address',
      submitted({ deliveryAddress: 'alm-yard' }),
      refused422('unknown_address', '/data/deliveryAddress'),
    ],
    [
      'a date before the calendar',
      submitted({ requestedDate: '0000-01-01' }),
      refused422('date_out_of_range', '/data/requestedDate'),
    ],
    [
      'the same on a line',
      oneLine({ requestedDate: '0000-01-01' }),
      refused422('date_out_of_range', '/data/lines/0/requestedDate'),
    ],
    [
      'a time long past',
      { ...submitted(), timestamp: '0000-01-01T00:00:00Z' },
      refused422('timestamp_out_of_range', '/timestamp'),
    ],
    [
      'a time to come',
      { ...submitted(), timestamp: '2026-11-25T00:00:00Z' },
      refused422('timestamp_out_of_range', '/timestamp'),
    ],
    [
      'an unknown article',
      oneLine({ article: 'NONE' }),
      refused422('unknown_article', '/data/lines/0/article'),
    ],
    [
      'quantity 0',
      oneLine({ quantity: 0 }),
      refused422('quantity_not_positive', '/data/lines/0/quantity'),
    ],
    [
      'a negative quantity',
      oneLine({ quantity: '-1' }),
      refused422('quantity_not_positive', '/data/lines/0/quantity'),
    ],
    [
      'a negative quantity of nothing known',
      submitted({ lines: [line(), line({ id: '2', quantity: -1 })] }),
      refused422('quantity_not_positive', '/data/lines/1/quantity'),
    ],
    [
      'half a valve',
      oneLine({ quantity: '1.5' }),
      refused422('quantity_precision', '/data/lines/0/quantity'),
    ],
    [
      'centimetres of a hose',
      oneLine({ article: 'HOSE', quantity: '1.25' }),
      refused422('quantity_precision', '/data/lines/0/quantity'),
    ],
    [
      'a broken pack',
      oneLine({ article: 'BOLT', quantity: 25 }),
      refused422('quantity_not_pack_multiple', '/data/lines/0/quantity'),
    ],
    [
      'less than the minimum',
      oneLine({ article: 'BOLT', quantity: 10 }),
      refused422('quantity_below_minimum', '/data/lines/0/quantity'),
    ],
    [
      'more than anyone has',
      oneLine({ quantity: LARGEST_QUANTITY / 1_000 + 1 }),
      refused422('quantity_too_large', '/data/lines/0/quantity'),
    ],
    [
      'the same line id twice',
      submitted({ lines: [line(), line()] }),
      refused422('duplicate_line_id', '/data/lines/1/id'),
    ],
    [
      'an unknown warehouse',
      oneLine({ warehouse: 'moon' }),
      refused422('unknown_warehouse', '/data/lines/0/warehouse'),
    ],
    [
      'a warehouse kept to ourselves',
      oneLine({ warehouse: 'back' }),
      refused422('warehouse_not_open', '/data/lines/0/warehouse'),
    ],
    [
      'more money than there is',
      oneLine({ quantity: 9_999_999, price: { amount: '9000000000' } }),
      refused422('amount_too_large', '/data/lines/0'),
    ],
  ])('%s', async (_, body, expected) => {
    expect(await refusalOf(body)).toEqual(expected())
  })

  test('sums that cannot be counted exactly', async () => {
    const price = { amount: '9000000' }
    const lines = [1, 2].map((id) => line({ id: String(id), quantity: 5_500_000, price }))
    expect(await refusalOf(submitted({ lines }))).toEqual(
      refused422('amount_too_large', '/data/lines')(),
    )
  })
})

describe('what has happened before', () => {
  test.each([
    [
      'revision 2 of nothing',
      submitted({ revision: 2 }),
      conflict('revision_not_next', '/data/revision'),
    ],
    [
      'revision 3 of one',
      submitted({ id: 'open-1', revision: 3 }),
      conflict('revision_not_next', '/data/revision'),
    ],
    [
      'the next revision unasked',
      submitted({ id: 'open-1', revision: 2 }),
      conflict('not_returned', '/data/revision'),
    ],
    [
      'the same revision, changed',
      submitted({ id: 'open-1', lines: [line({ quantity: 3 })] }),
      conflict('revision_changed', '/data/revision'),
    ],
    [
      'the same as another kind',
      event('list.sent', { id: 'open-1' }),
      conflict('revision_changed', '/data/revision'),
    ],
    [
      'another company’s document',
      submitted({ id: 'open-1', contact: 'alma' }),
      conflict('document_of_other_company', '/data/contact'),
    ],
  ])('%s', async (_, body, expected) => {
    expect(await refusalOf(body)).toEqual(expected())
  })
})

describe('a withdrawal', () => {
  test.each([
    ['of nothing', withdrawn('never-sent'), conflict('unknown_document', '/data/id')],
    ['of what was ordered', withdrawn('ordered-1'), conflict('already_decided', '/data/id')],
    [
      'by an unknown contact',
      withdrawn('open-1', { contact: 'nobody' }),
      refused422('unknown_contact', '/data/contact'),
    ],
    [
      'by a disabled contact',
      withdrawn('open-1', { contact: 'gone' }),
      refused422('contact_disabled', '/data/contact'),
    ],
    [
      'by another company',
      withdrawn('open-1', { contact: 'alma' }),
      conflict('document_of_other_company', '/data/contact'),
    ],
    [
      'of another company’s, once withdrawn',
      withdrawn('taken-back', { contact: 'alma' }),
      conflict('document_of_other_company', '/data/contact'),
    ],
  ])('%s', async (_, body, expected) => {
    expect(await refusalOf(body)).toEqual(expected())
  })
})

describe('several mistakes', () => {
  test('are told together, in the order of the document', async () => {
    const answer = await shop.send(
      submitted({
        contact: 'lena',
        currency: 'EUR',
        deliveryAddress: 'nowhere',
        lines: [
          line({ article: 'NONE', quantity: 0 }),
          line({ article: 'BOLT', quantity: '15' }),
          line({ id: '2', warehouse: 'moon' }),
        ],
      }),
    )
    expect(answer.status).toBe(422)
    expect(answer.body.code).toBe('ordering_right_too_low')
    expect(answer.body.detail).toMatch(/8 more errors are listed\.$/)
    expect(answer.body.errors?.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/data/contact ordering_right_too_low',
      '/data/currency wrong_currency',
      '/data/deliveryAddress unknown_address',
      '/data/lines/0/article unknown_article',
      '/data/lines/0/quantity quantity_not_positive',
      '/data/lines/1/id duplicate_line_id',
      '/data/lines/1/quantity quantity_below_minimum',
      '/data/lines/1/quantity quantity_not_pack_multiple',
      '/data/lines/2/warehouse unknown_warehouse',
    ])
    expect(await digestOf(shop.db)).toEqual(before)
  })

  test('are listed up to a hundred, and the rest counted', async () => {
    const lines = Array.from({ length: 250 }, (_, id) => line({ id: `${id}`, article: 'NONE' }))
    const { body } = await shop.send(submitted({ lines }))
    expect(body.errors).toHaveLength(100)
    expect(body.detail).toMatch(/99 more errors are listed, and there are 150 besides\.$/)
  })

  test('of shape are told together as well', async () => {
    const { body } = await shop.send(
      submitted({ contact: 7 as never, lines: [line({ quantity: 'x' }), {} as never] }),
    )
    expect(body.errors?.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/data/contact wrong_type',
      '/data/lines/0/quantity invalid_value',
      '/data/lines/1/id missing_field',
      '/data/lines/1/article missing_field',
      '/data/lines/1/quantity missing_field',
    ])
  })
})

test('a refused id may be used again, mended', async () => {
  const id = newDocumentId()
  const first = await shop.send(submitted({ id, lines: [line({ quantity: 0 })] }), {
    id: 'evt-mend',
  })
  expect(first.status).toBe(422)
  const taken = await shop.send(submitted({ id }), { id: 'evt-mend' })
  expect(taken.status).toBe(202)
})
