import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  addShop,
  rotateShopSecret,
  setShopPushUrl,
  setShopStatus,
} from '../../../gateway/storefront/manage-shops'
import { isPushUrl } from '../../../gateway/storefront/push-url'
import { digestOf } from './digest'
import { submitted } from './documents'
import { Webshop } from './webshop'

let shop: Webshop
beforeAll(async () => {
  shop = await Webshop.open()
})
afterAll(() => shop.close())

test('a shop is given a secret of 256 bits, and another one when it is changed', async () => {
  const added = await addShop(shop.db, {
    id: 'b',
    name: ' Butik B ',
    pushUrl: 'https://b.example/k',
  })
  if (!added.ok) throw new Error(added.error.message)
  expect(added.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  const sent = submitted()
  expect((await shop.send(sent, { secret: added.secret })).status).toBe(202)

  const rotated = await rotateShopSecret(shop.db, 'b')
  if (!rotated.ok) throw new Error(rotated.error.message)
  expect(rotated.secret).not.toBe(added.secret)
  const old = await shop.send(submitted(), { secret: added.secret })
  expect(old).toMatchObject({ status: 401, body: { code: 'signature_invalid' } })
  expect((await shop.send(submitted(), { secret: rotated.secret })).status).toBe(202)

  const audit = await shop.db
    .selectFrom('audit')
    .select(['type', 'data'])
    .where('aggregate_id', '=', 'b')
    .orderBy('seq')
    .execute()
  expect(audit).toEqual([
    { type: 'shop.added', data: { name: 'Butik B', pushUrl: 'https://b.example/k' } },
    { type: 'shop.secret_rotated', data: {} },
  ])
  // Secrets are nowhere but in their own column.
  expect(JSON.stringify(audit)).not.toContain('whsec_')
})

describe('refused, and nothing written', () => {
  test.each([
    ['an id that is taken', { id: 'shop', name: 'X', pushUrl: null }, 'shop_exists'],
    ['no id', { id: '', name: 'X', pushUrl: null }, 'invalid_shop'],
    ['no name', { id: 'x', name: ' ', pushUrl: null }, 'invalid_shop'],
    ['an open address', { id: 'x', name: 'X', pushUrl: 'http://x.example/' }, 'invalid_push_url'],
  ] as const)('%s', async (_, wanted, code) => {
    const before = await digestOf(shop.db)
    expect(await addShop(shop.db, wanted)).toMatchObject({ ok: false, error: { code } })
    expect(await digestOf(shop.db)).toEqual(before)
  })

  test.each([
    ['a secret', () => rotateShopSecret(shop.db, 'nobody')],
    ['an address', () => setShopPushUrl(shop.db, 'nobody', 'https://x.example/')],
    ['a status', () => setShopStatus(shop.db, 'nobody', 'disabled')],
  ])('%s for nobody', async (_, change) => {
    const before = await digestOf(shop.db)
    expect(await change()).toMatchObject({ ok: false, error: { code: 'unknown_shop' } })
    expect(await digestOf(shop.db)).toEqual(before)
  })
})

test.each([
  ['https://shop.example/hook', true],
  ['http://localhost:8080/hook', true],
  ['http://127.0.0.1/hook', true],
  ['http://[::1]:1234/', true],
  ['http://shop.example/hook', false],
  ['http://127.0.0.1.shop.example/', false],
  ['http://127.evil.example/', false],
  ['https://user:word@shop.example/', false],
  ['ftp://shop.example/', false],
  ['file:///etc/passwd', false],
  ['shop.example', false],
])('pushing to %s: %s', (url, allowed) => {
  expect(isPushUrl(url)).toBe(allowed)
})
