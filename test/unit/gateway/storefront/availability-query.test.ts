import { expect, test } from 'vitest'
import { parseAvailabilityQuery } from '../../../../gateway/storefront/availability-query'

const parse = (query: string) => parseAvailabilityQuery(new URLSearchParams(query))

test('articles come with their quantities, one where none is said', () => {
  expect(parse('sku=A&sku=B:120&sku=A:0.5&contact=anna&language=en')).toEqual({
    ok: true,
    query: {
      asked: [
        { article: 'A', quantity: 1_000, sent: 'A' },
        { article: 'B', quantity: 120_000, sent: 'B:120' },
        { article: 'A', quantity: 500, sent: 'A:0.5' },
      ],
      contact: 'anna',
      language: 'en',
    },
  })
  expect(parse('sku=A')).toMatchObject({ query: { contact: null, language: null } })
})

test('an article number may hold anything, also a colon', () => {
  expect(parse('sku=1%2F2%22+R%C3%B6r%3A2%3A3')).toMatchObject({
    query: { asked: [{ article: '1/2" Rör:2', quantity: 3_000 }] },
  })
})

test.each([
  ['', 'invalid_parameter', 'sku', undefined],
  ['sku=', 'invalid_parameter', 'sku', ''],
  ['sku=A:', 'invalid_parameter', 'sku', 'A:'],
  ['sku=A:many', 'invalid_parameter', 'sku', 'A:many'],
  ['sku=A:1,5', 'invalid_parameter', 'sku', 'A:1,5'],
  ['sku=A:NaN', 'invalid_parameter', 'sku', 'A:NaN'],
  ['sku=A:-1', 'quantity_not_positive', 'sku', 'A:-1'],
  ['sku=A:0', 'quantity_not_positive', 'sku', 'A:0'],
  ['sku=A:0.0001', 'quantity_precision', 'sku', 'A:0.0001'],
  ['sku=A:10000001', 'quantity_too_large', 'sku', 'A:10000001'],
  [`sku=A:${'9'.repeat(40)}`, 'quantity_too_large', 'sku', `A:${'9'.repeat(40)}`],
  ['sku=A&contact=', 'invalid_parameter', 'contact', undefined],
  ['sku=A&contact=a&contact=b', 'invalid_parameter', 'contact', undefined],
  ['sku=A&language=de', 'invalid_parameter', 'language', undefined],
  ['sku=A&quantity=2', 'invalid_parameter', 'quantity', undefined],
])('%s is refused as %s of %s', (query, code, parameter, value) => {
  expect(parse(query)).toEqual({
    ok: false,
    errors: [
      { code, parameter, ...(value !== undefined && { value }), detail: expect.any(String) },
    ],
  })
})

test('all that is wrong is told', () => {
  const parsed = parse('sku=A:x&sku=B&sku=C:-2&language=de')
  expect(parsed.ok ? [] : parsed.errors.map(({ value, parameter }) => value ?? parameter)).toEqual([
    'A:x',
    'C:-2',
    'language',
  ])
})

test('two hundred may be asked about, and no more', () => {
  const many = (count: number) => Array.from({ length: count }, (_, at) => `sku=A${at}`).join('&')
  expect(parse(many(200)).ok).toBe(true)
  expect(parse(many(201))).toMatchObject({ ok: false, errors: [{ code: 'too_many_articles' }] })
})
