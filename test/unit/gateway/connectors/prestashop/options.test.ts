import { describe, expect, test } from 'vitest'
import { prestashopOptionsSchema } from '../../../../../gateway/connectors/prestashop/options'

const key = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ123456'
const parse = (changes: object) =>
  prestashopOptionsSchema.safeParse({ url: 'https://shop.example', key, ...changes })

describe('the address', () => {
  test.each([
    ['https://shop.example', 'https://shop.example'],
    ['https://shop.example/', 'https://shop.example'],
    ['https://shop.example/butik/api/', 'https://shop.example/butik'],
    ['https://shop.example:8443/butik', 'https://shop.example:8443/butik'],
    ['http://localhost:8089', 'http://localhost:8089'],
    ['http://127.0.0.1/shop/', 'http://127.0.0.1/shop'],
    ['http://[::1]:80', 'http://[::1]'],
  ])('%s', (url, kept) => {
    expect(parse({ url })).toMatchObject({ success: true, data: { url: kept } })
  })

  test.each([
    'http://shop.example',
    'http://localhost.example',
    'ftp://shop.example',
    'shop.example',
    'https://key@shop.example',
    'https://shop.example/?ws_key=1',
    'https://shop.example/#x',
    '',
  ])('not %s', (url) => {
    expect(parse({ url }).success).toBe(false)
  })
})

test.each(['short', `${key}7`, key.replace('A', ':'), key.replace('A', ' ')])(
  'the key is 32 characters, not %j',
  (wrong) => {
    expect(parse({ key: wrong }).success).toBe(false)
  },
)

test('what is not said has its default', () => {
  expect(parse({}).data).toMatchObject({
    keyPrefix: 'ps',
    source: 'prestashop',
    warehouse: { id: 'webshop' },
    orderingRights: {},
    unit: 'st',
    backorderLeadTimeDays: null,
    readSpecificPrices: true,
  })
})

test('ordering rights are by group number', () => {
  expect(parse({ orderingRights: { 4: 'order' } }).success).toBe(true)
  expect(parse({ orderingRights: { 4: 'everything' } }).success).toBe(false)
  expect(parse({ orderingRights: { buyers: 'order' } }).success).toBe(false)
})
