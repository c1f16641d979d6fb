import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  addShop,
  rotateShopSecret,
  setShopPushUrl,
  setShopStatus,
} from '../../../gateway/storefront/manage-shops'
import { isPushUrl } from '../../../gateway/storefront/push-url'
import { changeShop } from '../../../gateway/storefront/shop-change'
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

  const rotated = await rotateShopSecret(shop.db, 'b', { now: new Date(), atOnce: true })
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
    { type: 'shop.secret_rotated', data: { formerUntil: null } },
  ])
  // Secrets are nowhere but in their own column.
  expect(JSON.stringify(audit)).not.toContain('whsec_')
})

test('the secret before signs for another day, and the one before that no more', async () => {
  const added = await addShop(shop.db, { id: 'c', name: 'Butik C', pushUrl: null })
  if (!added.ok) throw new Error(added.error.message)
  const statusWith = async (secret: string) => (await shop.send(submitted(), { secret })).status
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000)
  const rotate = async (now: Date) => {
    const rotated = await rotateShopSecret(shop.db, 'c', { now })
    if (!rotated.ok) throw new Error(rotated.error.message)
    return rotated
  }
  const second = await rotate(hoursAgo(23))
  expect(second.formerUntil?.getTime()).toBeGreaterThan(Date.now())
  expect([await statusWith(added.secret), await statusWith(second.secret)]).toEqual([202, 202])
  const third = await rotate(hoursAgo(22))
  expect(await statusWith(added.secret)).toBe(401)
  expect([await statusWith(second.secret), await statusWith(third.secret)]).toEqual([202, 202])
  await shop.db
    .updateTable('shop')
    .set({ former_secret_until: hoursAgo(0.01) })
    .where('id', '=', 'c')
    .execute()
  expect([await statusWith(second.secret), await statusWith(third.secret)]).toEqual([401, 202])
})

test('an operator changes several things of a shop at once, and a mistake changes none', async () => {
  await addShop(shop.db, { id: 'd', name: 'Butik D', pushUrl: 'https://d.example/k' })
  const now = new Date('2026-11-23T12:00:00Z')
  const before = await digestOf(shop.db)
  expect(
    await changeShop(shop.db, 'd', { pushUrl: 'http://d.example/', rotate: 'at_once' }, now),
  ).toMatchObject({ ok: false, error: { code: 'invalid_push_url' } })
  expect(await digestOf(shop.db)).toEqual(before)
  expect(
    await changeShop(shop.db, 'd', { pushUrl: null, status: 'disabled', rotate: 'in_a_day' }, now),
  ).toEqual({
    ok: true,
    said: {
      shop: 'd',
      pushUrl: null,
      status: 'disabled',
      secret: expect.stringMatching(/^whsec_/),
      formerSecretUntil: '2026-11-24T12:00:00.000Z',
    },
  })
  const row = await shop.db
    .selectFrom('shop')
    .select(['push_url', 'status'])
    .where('id', '=', 'd')
    .executeTakeFirst()
  expect(row).toEqual({ push_url: null, status: 'disabled' })
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
    ['a secret', () => rotateShopSecret(shop.db, 'nobody', { now: new Date() })],
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
