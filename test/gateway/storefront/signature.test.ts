import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { isDeepStrictEqual } from 'node:util'
import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { setShopStatus } from '../../../gateway/storefront/manage-shops'
import { digestOf } from './digest'
import { submitted } from './documents'
import { NOON } from './seller-data'
import { Webshop, type Signing } from './webshop'

let shop: Webshop
let before: Awaited<ReturnType<typeof digestOf>>
beforeAll(async () => {
  shop = await Webshop.open({ now: () => NOON })
})
afterAll(() => shop.close())
beforeEach(async () => {
  before = await digestOf(shop.db)
})
afterEach(async () => {
  // Whatever the test was about: nothing was written, and nobody was called.
  const after = await digestOf(shop.db)
  const alarms = shop.node.logged.filter(({ level }) => level >= 40)
  if (!isDeepStrictEqual([after, alarms], [before, []])) throw new Error('It left a trace.')
})

const otherSecret = `whsec_${randomBytes(32).toString('base64')}`

const badSignatures: readonly [string, Signing, number, string][] = [
  ['no id', { headers: { 'webhook-id': null } }, 401, 'signature_missing'],
  ['no timestamp', { headers: { 'webhook-timestamp': null } }, 401, 'signature_missing'],
  ['no signature', { headers: { 'webhook-signature': null } }, 401, 'signature_missing'],
  ['a timestamp of words', { headers: { 'webhook-timestamp': 'now' } }, 401, 'signature_malformed'],
  ['an id with a space', { headers: { 'webhook-id': 'a b' } }, 401, 'signature_malformed'],
  ['another scheme', { headers: { 'webhook-signature': 'v2,AAAA' } }, 401, 'signature_malformed'],
  ['a signature of six minutes ago', { age: -360 }, 401, 'signature_expired'],
  ['a signature of in six minutes', { age: 360 }, 401, 'signature_expired'],
  ['another secret', { secret: otherSecret }, 401, 'signature_invalid'],
  ['a garbled signature', { headers: { 'webhook-signature': 'v1,%%%' } }, 401, 'signature_invalid'],
  ['an id that was not signed', { headers: { 'webhook-id': 'other' } }, 401, 'signature_invalid'],
]

describe('an event', () => {
  test.each(badSignatures)('with %s', async (_, signing, status, code) => {
    const answer = await shop.send(submitted(), signing)
    expect(answer).toMatchObject({ status, body: { status, code } })
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
  })

  test('whose body was changed on the way', async () => {
    const sent = JSON.stringify(submitted())
    const signature = new Webhook(shop.secret).sign('evt', NOON, sent)
    const answer = await shop.send(sent.replace('"rut"', '"olle"'), {
      id: 'evt',
      headers: { 'webhook-signature': signature },
    })
    expect(answer).toMatchObject({ status: 401, body: { code: 'signature_invalid' } })
  })

  test('of a disabled shop', async () => {
    await setShopStatus(shop.db, 'shop', 'disabled')
    const answer = await shop.send(submitted())
    expect(answer).toMatchObject({ status: 403, body: { code: 'shop_disabled' } })
    const read = await shop.changes()
    expect(read).toMatchObject({ status: 403, body: { code: 'shop_disabled' } })
    await setShopStatus(shop.db, 'shop', 'active')
    // Both are in the audit, and nothing else has changed.
    const after = await digestOf(shop.db)
    expect(after.audit?.rows).toBe((before.audit?.rows ?? 0) + 2)
    before = { ...before, audit: after.audit! }
  })
})

describe('a reading of the changes', () => {
  test.each(badSignatures)('with %s', async (_, signing, status, code) => {
    const answer = await shop.changes('', signing)
    expect(answer).toMatchObject({ status, body: { status, code } })
  })

  test('whose question was changed on the way', async () => {
    const signature = new Webhook(shop.secret).sign('evt', NOON, 'GET /storefront/v1/changes')
    const answer = await shop.changes('?limit=500', {
      id: 'evt',
      headers: { 'webhook-signature': signature },
    })
    expect(answer).toMatchObject({ status: 401, body: { code: 'signature_invalid' } })
  })

  test('signed as an event', async () => {
    const signature = new Webhook(shop.secret).sign('evt', NOON, '')
    const answer = await shop.changes('', {
      id: 'evt',
      headers: { 'webhook-signature': signature },
    })
    expect(answer).toMatchObject({ status: 401, body: { code: 'signature_invalid' } })
  })
})

describe('a body', () => {
  test('of 20 MB is refused before it is read', async () => {
    const answer = await shop.send('x'.repeat(20 * 1024 * 1024))
    expect(answer).toMatchObject({ status: 413, body: { code: 'body_too_large' } })
  })

  test('of 20 MB whose length is not announced is refused on the way', async () => {
    const answer = await postInPieces(20)
    expect(answer).toMatchObject({ status: 413, body: { code: 'body_too_large' } })
  })

  test.each([
    ['of another type', { 'content-type': 'text/plain' }],
    ['without a type', { 'content-type': '' }],
    ['in another encoding', { 'content-type': 'application/json; charset=latin1' }],
    ['compressed', { 'content-encoding': 'gzip' }],
  ])('%s', async (_, headers) => {
    const answer = await shop.send(submitted(), { headers })
    expect(answer).toMatchObject({ status: 415, body: { code: 'unsupported_media_type' } })
  })
})

describe('an address', () => {
  test('that does not exist', async () => {
    const answer = await fetch(`${shop.node.url}/storefront/v1/nothing`)
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ code: 'not_found' })
  })

  test('asked by the wrong method', async () => {
    const answer = await fetch(`${shop.node.url}/storefront/v1/events`)
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe('POST')
    expect(await answer.json()).toMatchObject({ code: 'method_not_allowed' })
  })

  test.each([
    [-600, '10 min 0 s behind'],
    [600, '10 min 0 s ahead of'],
    [-86_700, '24 h 5 min behind'],
  ])('that says how far a clock is off by %i s', async (age, how) => {
    const { body } = await shop.send(submitted(), { age })
    expect(body).toMatchObject({ code: 'signature_expired' })
    expect(body.detail).toContain(`The timestamp is ${how} the gateway’s clock`)
  })

  test('that a problem names as its type', async () => {
    const { body } = await shop.send(submitted(), { age: -360 })
    const described = await fetch(new URL(body.type, shop.node.url))
    expect(await described.json()).toEqual({
      code: 'signature_expired',
      status: 401,
      title: body.title,
    })
    const unknown = await fetch(`${shop.node.url}/storefront/v1/problems/constructor`)
    expect(unknown.status).toBe(404)
  })
})

/** So many megabytes in chunks, as a sender does that does not know how long it will be. */
async function postInPieces(megabytes: number) {
  const piece = Buffer.alloc(64 * 1024, ' ')
  return new Promise<{ status: number | undefined; body: unknown }>((resolve, reject) => {
    const id = 'evt-pieces'
    const sending = request(`${shop.node.url}/storefront/v1/events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(NOON.getTime() / 1_000),
        'webhook-signature': new Webhook(shop.secret).sign(id, NOON, ''),
      },
    })
    sending.on('error', reject)
    sending.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (text += chunk))
      response.on('end', () => resolve({ status: response.statusCode, body: JSON.parse(text) }))
    })
    let left = (megabytes * 1024 * 1024) / piece.length
    const write = () => {
      while (left > 0) {
        left -= 1
        if (!sending.write(piece)) {
          sending.once('drain', write)
          return
        }
      }
      sending.end()
    }
    write()
  })
}
