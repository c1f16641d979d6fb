import { describe, expect, it } from 'vitest'
import type { StorefrontEventInput } from '../../../../contract/storefront'
import { createShopClient } from '../../../../demo/shop/client'
import { openShopGateway, secret } from './shop-gateway'

const otherSecret = 'whsec_' + Buffer.alloc(32, 7).toString('base64')

const event: StorefrontEventInput = {
  type: 'requisition.submitted',
  timestamp: '2026-11-23T13:05:00.000Z',
  data: {
    id: 'I-1',
    contact: '10001-A',
    currency: 'SEK',
    comment: 'Åäö — “citat”, 22 mm²',
    lines: [{ id: '1', article: 'RB-2206', quantity: '120' }],
  },
}

const page = {
  changes: [
    {
      id: 'chg_1',
      change: {
        type: 'requisition.rejected',
        timestamp: '2026-11-23T13:06:00.000Z',
        data: {
          id: 'I-1',
          number: 'K-20418',
          revision: 1,
          company: '10001',
          contact: '10001-A',
          decidedBy: 'Karin Åberg',
          reason: 'Slut för säsongen',
        },
      },
    },
  ],
  cursor: 'e1/42',
  more: false,
}

describe('sending', () => {
  it('is signed so that the reference implementation agrees, whatever the letters', async () => {
    const gateway = await openShopGateway()
    const sent = await createShopClient({ url: gateway.url, secret }).send(event, 'msg_1')
    expect(sent).toMatchObject({
      ok: true,
      value: { webhookId: 'msg_1', status: 202, receipt: { requisition: { number: 'K-20418' } } },
    })
    expect(gateway.received[0]?.event.data).toMatchObject({ comment: 'Åäö — “citat”, 22 mm²' })
  })

  it('may be repeated under its id, and has one of its own otherwise', async () => {
    const gateway = await openShopGateway()
    const client = createShopClient({ url: `${gateway.url}/`, secret })
    expect(await client.send(event, 'msg_1')).toMatchObject({ value: { status: 202 } })
    expect(await client.send(event, 'msg_1')).toMatchObject({ value: { status: 200 } })
    await client.send(event)
    await client.send(event)
    expect(new Set(gateway.received.map(({ webhookId }) => webhookId)).size).toBe(3)
  })

  it('tells of a wrong secret and of a clock that is off', async () => {
    const gateway = await openShopGateway()
    const refused = { ok: false, error: { code: 'refused', status: 401 } }
    const stranger = createShopClient({ url: gateway.url, secret: otherSecret })
    expect(await stranger.send(event)).toMatchObject(refused)
    const late = createShopClient({
      url: gateway.url,
      secret,
      now: () => new Date(Date.now() - 6 * 60_000),
    })
    expect(await late.send(event)).toMatchObject(refused)
    expect(gateway.received).toEqual([])
  })

  it('hands on the problem document, with where in the body it points', async () => {
    const problem = {
      type: '/problems/unknown_article',
      title: 'The article is not known',
      status: 422,
      detail: 'There is no article “X”.',
      code: 'unknown_article',
      errors: [{ pointer: '/data/lines/0/article', code: 'unknown_article', detail: 'Unknown' }],
    }
    const gateway = await openShopGateway({
      refuse: () => ({ status: 422, body: JSON.stringify(problem) }),
    })
    const sent = await createShopClient({ url: gateway.url, secret }).send(event)
    expect(sent).toEqual({ ok: false, error: { code: 'refused', status: 422, problem } })
  })

  it('makes nothing of answers that are not a gateway’s', async () => {
    const teapot = await openShopGateway({
      refuse: () => ({ status: 418, body: '<h1>teapot</h1>' }),
    })
    expect(await createShopClient({ url: teapot.url, secret }).send(event)).toEqual({
      ok: false,
      error: { code: 'refused', status: 418, problem: null },
    })
    const page = await openShopGateway({ refuse: () => ({ status: 200, body: '<h1>hello</h1>' }) })
    expect(await createShopClient({ url: page.url, secret }).send(event)).toMatchObject({
      ok: false,
      error: { code: 'unexpected_answer', status: 200 },
    })
  })

  it('says when nobody answers', async () => {
    const gateway = await openShopGateway()
    const free = gateway.url.replace(/\d+$/, '1')
    const sent = await createShopClient({ url: free, secret }).send(event)
    expect(sent).toMatchObject({ ok: false, error: { code: 'unreachable', url: free } })
  })

  it('wants a secret that is one', () => {
    expect(() => createShopClient({ url: 'http://127.0.0.1:1', secret: 'whsec_' })).toThrow(
      /secret/i,
    )
  })
})

describe('fetching changes', () => {
  it('signs method, path and query as they are sent, and verifies the answer', async () => {
    const gateway = await openShopGateway({ page })
    const client = createShopClient({ url: gateway.url, secret })
    expect(await client.changes('e1/7 å&b')).toEqual({ ok: true, value: page })
    expect(await client.changes()).toEqual({ ok: true, value: page })
    expect(gateway.fetched).toEqual([
      '/storefront/v1/changes?since=e1%2F7+%C3%A5%26b',
      '/storefront/v1/changes',
    ])
  })

  it('does not believe an answer that somebody else signed', async () => {
    const gateway = await openShopGateway({ page, signWith: otherSecret })
    expect(await createShopClient({ url: gateway.url, secret }).changes()).toMatchObject({
      ok: false,
      error: { code: 'unexpected_answer', detail: expect.stringContaining('signature') },
    })
  })

  it('does not believe a signed answer of another shape', async () => {
    const gateway = await openShopGateway({ page: { ...page, cursor: 7 } })
    expect(await createShopClient({ url: gateway.url, secret }).changes()).toMatchObject({
      ok: false,
      error: { code: 'unexpected_answer', detail: expect.stringContaining('cursor') },
    })
  })
})
