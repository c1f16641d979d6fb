import { afterAll, beforeAll, expect, test } from 'vitest'
import { countRows } from '../../support/rows'
import { done, line, openQuoteDesk, type QuoteDesk } from './desk'

let desk: QuoteDesk
beforeAll(async () => {
  desk = await openQuoteDesk()
})
afterAll(() => desk.close())

test('a price by hand beyond one’s own limits is refused and leaves nothing behind', async () => {
  const { id } = await desk.drafted('karin')
  await desk.held('nils', id)
  const rebated = (rebate: number) => ({
    ...line('2', 'IS-0319', 2.5),
    price: { amount: 14_200_000, basis: 'net', rebate } as const,
  })
  const before = await countRows(desk.gateway.context.db)
  const lines = [line('1', 'RB-2206', 12), rebated(990_000)]
  expect(await desk.on('nils', id, 'quote.edit', { lines })).toMatchObject({
    ok: false,
    error: {
      code: 'beyond_price_limit',
      details: {
        lines: [
          {
            pointer: '/payload/lines/1/price',
            lineId: '2',
            articleId: 'IS-0319',
            limit: 'discount',
            value: 990_000,
            allowed: 50_000,
          },
          { lineId: '2', limit: 'margin', allowed: 300_000 },
        ],
      },
    },
  })
  expect(await countRows(desk.gateway.context.db)).toEqual(before)
  expect((await desk.held('nils', id)).version).toBe(1)

  done(await desk.on('nils', id, 'quote.edit', { lines: [rebated(50_000)] }))
  expect((await desk.held('nils', id, 2)).value.editedBy).toEqual([
    { id: desk.idOf('nils'), name: 'Nils' },
  ])
  // Within one's limits it is ready by itself, as before.
  done(await desk.on('nils', id, 'quote.submit_for_review'))
  expect((await desk.held('nils', id, 3)).value.state).toBe('ready')
})

test('a colleague’s price stands where only the rest of its line is written, and is then theirs too', async () => {
  const { id } = await desk.drafted('karin')
  done(await desk.on('karin', id, 'quote.edit', { lines: [line('2', 'IS-0319', 2.5, 10)] }))
  await desk.held('nils', id, 2)
  // A word to the customer makes nobody its writer.
  done(await desk.on('nils', id, 'quote.edit', { head: { message: 'Hej' } }))
  expect((await desk.held('nils', id, 3)).value.editedBy).toMatchObject([{ name: 'Karin' }])
  // The same price on another article is another price.
  expect(
    await desk.on('nils', id, 'quote.edit', { lines: [line('2', 'RB-2206', 2, 10)] }),
  ).toMatchObject({ ok: false, error: { code: 'beyond_price_limit' } })
  done(await desk.on('nils', id, 'quote.edit', { lines: [line('2', 'IS-0319', 4, 10)] }))
  expect((await desk.held('nils', id, 4)).value.editedBy).toMatchObject([
    { name: 'Karin' },
    { name: 'Nils' },
  ])

  done(await desk.on('nils', id, 'quote.submit_for_review'))
  expect((await desk.held('nils', id, 5)).value).toMatchObject({
    state: 'in_review',
    review: null,
    steps: [{ by: { kind: 'deciders' }, approvals: [] }],
  })
  expect(await desk.on('nils', id, 'quote.approve')).toMatchObject({
    ok: false,
    error: { code: 'own_work', details: { limit: 'discount', allowed: 50_000 } },
  })
  await desk.held('erik', id, 5)
  done(await desk.on('erik', id, 'quote.approve'))
  expect((await desk.held('erik', id, 6)).value).toMatchObject({
    state: 'ready',
    review: { automatic: false, by: { name: 'Erik' } },
  })
})

test('a counter-offer’s prices are taken over within one’s own limits alone', async () => {
  const sent = await desk.sent()
  const countered = await desk.answer('countered', sent.value, {
    message: 'Billigare',
    lines: [{ id: '1', price: { amount: '9' } }],
  })
  expect(countered.status, JSON.stringify(countered.body)).toBe(202)
  await desk.held('nils', sent.id, 4)
  expect(await desk.on('nils', sent.id, 'quote.new_version', { withCounter: true })).toMatchObject({
    ok: false,
    error: {
      code: 'beyond_price_limit',
      details: { lines: [{ pointer: '/payload/withCounter', lineId: '1' }, { limit: 'margin' }] },
    },
  })
  await desk.held('karin', sent.id, 4)
  done(await desk.on('karin', sent.id, 'quote.new_version', { withCounter: true }))
  expect((await desk.held('karin', sent.id, 5)).value).toMatchObject({
    lines: [{ byHand: { unitPrice: { amount: 9_000_000 } } }, {}],
    editedBy: [{ name: 'Karin' }],
  })
})
