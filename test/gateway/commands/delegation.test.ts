import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openConsoles, type Consoles } from '../../support/consoles'
import { addTestShop, startTestGateway, type TestGateway } from '../../support/gateway'
import { countRows } from '../../support/rows'
import { load, proposal, smallSeller } from '../../support/small-seller'

let gateway: TestGateway
let shop: Awaited<ReturnType<typeof addTestShop>>
let consoles: Consoles
const as = (name: string) => consoles.as(name)
const idOf = (name: string) => consoles.idOf(name)

beforeAll(async () => {
  gateway = await startTestGateway()
  await load(gateway, smallSeller)
  shop = await addTestShop(gateway)
  consoles = await openConsoles(gateway, [
    { username: 'karin', roles: ['approver'] },
    { username: 'lars', roles: ['approver'] },
    { username: 'erik', roles: ['rep'] },
    { username: 'agneta', roles: ['agent'] },
    { username: 'adam', roles: ['admin'] },
  ])
  const { ok } = await as('adam').command('policy.set', 'approval', 0, {
    rules: [
      {
        id: 'karin',
        name: 'Karin ska se allt',
        isOn: true,
        when: { all: [] },
        demands: [
          {
            tier: 1,
            by: { kind: 'users', userIds: [idOf('karin')], need: 'any' },
            when: { all: [] },
          },
        ],
      },
    ],
  })
  expect(ok).toBe(true)
})
afterAll(async () => {
  consoles.close()
  await gateway.close()
})

const day = (offset: number) =>
  new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
const handOver = (by: string, from: string, to: string, over: object = {}, id = randomUUID()) =>
  as(by).command('delegation.create', id, null, {
    fromUserId: idOf(from),
    toUserId: idOf(to),
    from: day(-1),
    until: day(7),
    reason: 'Semester',
    ...over,
  })

async function submitted() {
  const documentId = randomUUID()
  await shop.send(proposal(documentId))
  return as('lars').until('the requisition', () =>
    as('lars')
      .all('requisition')
      .find(({ value }) => value.shop.documentId === documentId),
  )
}

test('days that have not begun count for nothing yet', async () => {
  const id = randomUUID()
  const later = { from: day(3), until: day(9) }
  expect(await handOver('karin', 'karin', 'lars', later, id)).toMatchObject({ ok: true })
  const next = await submitted()
  expect(
    await as('lars').command('requisition.approve', next.id, next.version, { revision: 1 }),
  ).toMatchObject({ error: { code: 'not_your_step' } })
  await as('lars').command('delegation.end', id, 1)
})

test('standing in opens no customers that one does not see oneself', async () => {
  const id = randomUUID()
  expect(await handOver('karin', 'karin', 'erik', {}, id)).toMatchObject({ ok: true })
  // Erik has Ahlbergs, and not Bergvalla.
  const theirs = randomUUID()
  await shop.send(proposal(theirs, { contact: 'per' }))
  const foreign = await as('lars').until('the requisition', () =>
    as('lars')
      .all('requisition')
      .find(({ value }) => value.shop.documentId === theirs),
  )
  expect(
    await as('erik').command('requisition.approve', foreign.id, foreign.version, { revision: 1 }),
  ).toMatchObject({ error: { code: 'not_found' } })
  const own = await submitted()
  expect(
    await as('erik').command('requisition.approve', own.id, own.version, { revision: 1 }),
  ).toMatchObject({ ok: true })
  // Who was given the steps may give them back.
  expect(await as('erik').command('delegation.end', id, 1)).toMatchObject({ ok: true })
})

test.each([
  ['for another, without being an admin', 'lars', 'karin', 'erik', {}, 'forbidden'],
  ['by somebody who decides nothing', 'agneta', 'agneta', 'lars', {}, 'forbidden'],
  ['to somebody who decides nothing', 'karin', 'karin', 'agneta', {}, 'delegation_impossible'],
  ['to oneself', 'karin', 'karin', 'karin', {}, 'delegation_impossible'],
  ['of an admin, who has no steps', 'adam', 'adam', 'lars', {}, 'delegation_impossible'],
  [
    'for days that are over',
    'karin',
    'karin',
    'lars',
    { from: day(-9), until: day(-3) },
    'delegation_impossible',
  ],
  ['on a day there is not', 'karin', 'karin', 'lars', { until: '2027-02-30' }, 'invalid'],
])('handing over %s is refused without a trace', async (_what, by, from, to, over, code) => {
  const before = await countRows(gateway.context.db)
  expect(await handOver(by, from, to, over)).toMatchObject({ ok: false, error: { code } })
  expect(await countRows(gateway.context.db)).toEqual(before)
})

test('two who hand over to each other at once: one does, the other is told of the circle', async () => {
  const both = await Promise.all([
    handOver('karin', 'karin', 'lars', { from: day(20), until: day(25) }),
    handOver('lars', 'lars', 'karin', { from: day(22), until: day(28) }),
  ])
  const ends = both.map((answer) => (answer.ok ? 'ok' : String(answer.error.details['kind'])))
  expect(ends.sort()).toEqual(['in_circle', 'ok'])
})

test('an admin hands over for somebody who has left already', async () => {
  const id = randomUUID()
  expect(await handOver('adam', 'karin', 'erik', {}, id)).toMatchObject({ ok: true })
  expect(await as('adam').command('delegation.end', id, 1)).toMatchObject({ ok: true })
})
