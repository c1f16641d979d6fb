import { afterAll, beforeAll, expect, test } from 'vitest'
import { done, openQuoteDesk, type QuoteDesk } from './desk'

let desk: QuoteDesk
beforeAll(async () => {
  desk = await openQuoteDesk()
})
afterAll(() => desk.close())

/** A quote of Erik's that is ready to be sent. */
async function ready() {
  const { id } = await desk.drafted()
  await desk.held('erik', id)
  done(await desk.on('erik', id, 'quote.submit_for_review'))
  const held = await desk.held('erik', id, 2)
  await desk.held('karin', id, 2)
  return { ...held, requisitionId: held.value.requisition?.id ?? '' }
}

/** Karin takes over from Erik what his quote answers. */
async function takenOver(requisitionId: string) {
  const karin = desk.as('karin')
  const claimOf = (name: string) =>
    karin.until(`the claim of ${name}`, () => {
      const found = karin.get('requisition', requisitionId)
      return found?.value.claimedBy?.name === name ? found : null
    })
  const { version } = await claimOf('Erik')
  done(await karin.command('requisition.claim', requisitionId, version, {}))
  return claimOf('Karin')
}

/** What the quote answers, as it stands. */
async function requisitionOf(id: string) {
  const { body, progress } = await desk.gateway.context.db
    .selectFrom('requisition')
    .select(['body', 'progress'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return { ...body, ...progress }
}

test('a quote that was written to another revision than the customer’s last is not sent', async () => {
  const { id, value, requisitionId } = await ready()
  expect(value.requisition).toMatchObject({ revision: 1 })
  const { version } = await takenOver(requisitionId)
  done(
    await desk
      .as('karin')
      .command('requisition.return', requisitionId, version, {
        revision: 1,
        message: 'Hur många?',
      }),
  )
  await desk.resubmitted(value)
  expect(await desk.on('erik', id, 'quote.send')).toMatchObject({
    ok: false,
    error: { code: 'stale_version', details: { revision: 2 } },
  })
  expect(await requisitionOf(requisitionId)).toMatchObject({ revision: 2, state: 'submitted' })
  expect((await desk.held('erik', id)).value.state).toBe('ready')
})

test('what a colleague has taken over is theirs to answer', async () => {
  const { id, requisitionId } = await ready()
  expect(await desk.on('karin', id, 'quote.send')).toMatchObject({
    ok: false,
    error: { code: 'claimed_by_other', details: { by: 'Erik' } },
  })
  await takenOver(requisitionId)
  expect(await desk.on('erik', id, 'quote.send')).toMatchObject({
    ok: false,
    error: { code: 'claimed_by_other', details: { by: 'Karin' } },
  })
  done(await desk.on('karin', id, 'quote.send'))
  expect(await requisitionOf(requisitionId)).toMatchObject({ state: 'returned' })
})
