import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decimal,
  flag,
  idList,
  identifier,
  integer,
  moment,
  text,
  translated,
} from '../../../../../gateway/connectors/prestashop/wire'
import { resources } from '../../../../../gateway/connectors/prestashop/resources'
import { address, combination, customer, product, specificPrice } from './facts'

describe('casts', () => {
  test.each([
    ['5', 5],
    [5, 5],
    ['-12', -12],
    ['0', 0],
    ['', 0],
    [null, 0],
    [false, 0],
  ])('%j is the whole number %d', (sent, read) => {
    expect(integer.parse(sent)).toBe(read)
  })

  test.each(['5.5', 'five', ' 5', '1e3', '99999999999999999999', {}, [], true, undefined, NaN])(
    '%j is no whole number',
    (sent) => {
      expect(integer.safeParse(sent).success).toBe(false)
    },
  )

  test.each(['0', '', null, '-3'])('%j is no id', (sent) => {
    expect(identifier.safeParse(sent).success).toBe(false)
  })

  test.each([
    ['1', true],
    [1, true],
    [true, true],
    ['0', false],
    [0, false],
    ['', false],
    [null, false],
    [false, false],
  ])('%j is %s', (sent, read) => {
    expect(flag.parse(sent)).toBe(read)
  })

  test.each(['2', 'yes', 'true', {}, undefined])('%j is neither yes nor no', (sent) => {
    expect(flag.safeParse(sent).success).toBe(false)
  })

  test.each([
    ['23.900000', '23.9'],
    ['-1.000000', '-1'],
    ['0.000000', '0'],
    ['-0.000000', '0'],
    ['20.000', '20'],
    [10, '10'],
    [0.2, '0.2'],
    ['', '0'],
    [null, '0'],
  ])('%j is %s', (sent, read) => {
    expect(decimal.parse(sent)).toBe(read)
  })

  test.each(['1,5', '1e3', 1e-9, '0.1234567', 'NaN', '1.', {}, undefined])(
    '%j is no decimal',
    (sent) => {
      expect(decimal.safeParse(sent).success).toBe(false)
    },
  )

  test.each([
    ['2026-11-23 14:50:25', '2026-11-23 14:50:25'],
    ['2026-11-23', '2026-11-23 00:00:00'],
    ['0000-00-00 00:00:00', null],
    ['0000-00-00', null],
    ['', null],
    [null, null],
  ])('%j is the moment %s', (sent, read) => {
    expect(moment.parse(sent)).toBe(read)
  })

  test.each(['2026-02-30 00:00:00', '2026-11-23T14:50:25Z', '23/11/2026', 20261123, undefined])(
    '%j is no moment',
    (sent) => {
      expect(moment.safeParse(sent).success).toBe(false)
    },
  )

  test('text is trimmed; nothing is an empty one', () => {
    expect(text.parse('Paris ')).toBe('Paris')
    expect(text.parse(false)).toBe('')
    expect(text.parse(75002)).toBe('75002')
    expect(text.safeParse(undefined).success).toBe(false)
  })

  test('translations come by language, or as the text of the only one', () => {
    const sent = [
      { id: '1', value: 'Mug' },
      { id: 2, value: null },
    ]
    expect(translated.parse(sent)).toEqual({ 1: 'Mug', 2: '' })
    expect(translated.parse('Mugg ')).toEqual({ '': 'Mugg' })
    expect(translated.parse('')).toEqual({})
    expect(translated.safeParse([{ value: 'Mug' }]).success).toBe(false)
    expect(translated.safeParse(5).success).toBe(false)
  })

  test('associations are absent when empty', () => {
    expect(idList.parse([{ id: '3' }, { id: 4, quantity: '1' }])).toEqual([3, 4])
    expect(idList.parse(undefined)).toEqual([])
    expect(idList.safeParse([{ nr: 1 }]).success).toBe(false)
    expect(customer(1, { associations: undefined }).groups).toEqual([])
    expect(combination(1, 1, { associations: {} }).product_option_values).toEqual([])
  })

  test('a field that is missing is an error, not nothing', () => {
    const { price: _, ...row } = product(1)
    expect(resources.products.schema.safeParse(row).success).toBe(false)
  })
})

describe('properties', { timeout: 30_000 }, () => {
  const casts = { integer, flag, decimal, text, moment, translated, idList }

  test.each(Object.entries(casts))('%s takes what it gives, and never throws', (_, schema) => {
    const sent = fc.oneof(
      fc.integer(),
      fc.double(),
      fc.constantFrom('', '0', '1', null, false, true, undefined, '0000-00-00 00:00:00'),
      fc.tuple(fc.integer(), fc.nat(999_999)).map(([a, b]) => `${a}.${b}`),
      fc.string(),
      fc.array(fc.record({ id: fc.nat().map(String), value: fc.string() })),
      fc.dictionary(fc.string(), fc.string()),
      fc.anything(),
    )
    fc.assert(
      fc.property(sent, (value) => {
        const once = schema.safeParse(value)
        if (!once.success) return
        expect(schema.parse(once.data)).toEqual(once.data)
        // It is kept as JSON in between.
        expect(schema.parse(JSON.parse(JSON.stringify(once.data)))).toEqual(once.data)
      }),
      { numRuns: 500, seed: 821 },
    )
  })

  test('six decimals are kept to the last', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (micro) => {
        const digits = String(Math.abs(micro)).padStart(7, '0')
        const sent = `${micro < 0 ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`
        const read = decimal.parse(sent)
        expect(BigInt(read.replace(/\..*/, '').replace('-', ''))).toBe(BigInt(digits.slice(0, -6)))
        expect((read.split('.')[1] ?? '').padEnd(6, '0')).toBe(digits.slice(-6))
        expect(read.startsWith('-')).toBe(micro < 0)
      }),
      { numRuns: 500, seed: 821 },
    )
  })

  test('records are taken back as they were kept', () => {
    const kept = [
      ['products', product(1, { name: [{ id: '1', value: 'Vara' }] })],
      [
        'combinations',
        combination(2, 1, { associations: { product_option_values: [{ id: '7' }] } }),
      ],
      ['customers', customer(3)],
      ['addresses', address(4, 3)],
      ['specific_prices', specificPrice(5, { from: '2026-01-01 00:00:00', reduction: '0.2' })],
    ] as const
    for (const [resource, one] of kept) {
      expect(resources[resource].schema.parse(JSON.parse(JSON.stringify(one)))).toEqual(one)
    }
  })
})
