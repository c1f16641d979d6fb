import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type {
  ApprovalRule,
  Condition,
  StepDemand,
  StepTaker,
} from '../../../domain/approval/policy'
import { openConsoles, type Consoles } from '../../support/consoles'
import { addTestShop, addUser, startTestGateway, type TestGateway } from '../../support/gateway'
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
  const people = [
    { username: 'karin', roles: ['approver'], approvalLimit: null },
    { username: 'lars', roles: ['approver'], approvalLimit: 10_000 },
    { username: 'erik', roles: ['rep'], approvalLimit: null },
    { username: 'adam', roles: ['admin'], approvalLimit: null },
  ] as const
  consoles = await openConsoles(gateway, people)
})
afterAll(async () => {
  consoles.close()
  await gateway.close()
})

const always: Condition = { all: [] }
const demand = (tier: number, by: StepTaker, when = always): StepDemand => ({ tier, by, when })
const users = (need: 'any' | 'all', ...names: string[]): StepTaker => ({
  kind: 'users',
  userIds: names.map((name) => idOf(name)),
  need,
})
const rule = (id: string, when: Condition, ...demands: StepDemand[]): ApprovalRule => ({
  id,
  name: `Rule ${id}`,
  isOn: true,
  when,
  demands,
})
const over = (value: number): Condition => ({ fact: 'net', is: 'over', value, currency: 'SEK' })

let version = 0
async function setRules(...rules: readonly ApprovalRule[]): Promise<void> {
  const answer = await as('adam').command('policy.set', 'approval', version, { rules })
  expect(answer, JSON.stringify(answer)).toMatchObject({ ok: true, version: version + 1 })
  version += 1
}
beforeEach(() => setRules())

/** A new document as Karin's console has it. */
async function submitted(overrides: Record<string, unknown> = {}) {
  const documentId = randomUUID()
  const { status, body } = await shop.send(proposal(documentId, overrides))
  expect(status, JSON.stringify(body)).toBe(202)
  return as('karin').until('the requisition', () =>
    as('karin')
      .all('requisition')
      .find(({ value }) => value.shop.documentId === documentId),
  )
}

async function approve(name: string, id: string) {
  const { value, version: at } = await as(name).until(id, () => as(name).get('requisition', id))
  const answer = await as(name).command('requisition.approve', id, at, { revision: value.revision })
  if (answer.ok) {
    await as('karin').until('the change', () => {
      const now = as('karin').get('requisition', id)
      return now && now.version >= answer.version
    })
    for (const client of consoles.all) {
      if (client === as('adam')) continue
      await client.until('the change', () => {
        const now = client.get('requisition', id)
        return now && now.version >= answer.version
      })
    }
  }
  return answer
}

const ordersOf = (id: string) =>
  gateway.context.db.selectFrom('sales_order').select('id').where('source_id', '=', id).execute()

test('a rule’s step is added with its reason, and what no rule asks has no steps', async () => {
  await setRules(
    rule(
      'margin',
      { fact: 'margin', is: 'under', value: 990_000 },
      demand(1, { kind: 'approvers' }),
    ),
    rule('dear', over(100_000_000), demand(1, users('any', 'karin'))),
    { ...rule('off', always, demand(1, users('any', 'karin'))), isOn: false },
  )
  const { value } = await submitted()
  expect(value.steps).toEqual([
    {
      tier: 1,
      by: { kind: 'approvers' },
      approvals: [],
      because: [
        {
          ruleId: 'margin',
          name: 'Rule margin',
          findings: [
            { test: { fact: 'margin', is: 'under', value: 990_000 }, actual: expect.any(Number) },
          ],
        },
      ],
    },
  ])
  await setRules()
  expect(await submitted().then(({ value: { steps } }) => steps)).toBe(undefined)
})

test('what would be ordered at once waits where a rule demands a step, and is ordered where none does', async () => {
  const small = { contact: 'olle', lines: [{ id: '1', article: 'RB-2206', quantity: '1' }] }
  const free = await submitted(small)
  expect(free.value.state).toBe('ordered')
  await setRules(
    rule(
      'group',
      { fact: 'customerGroup', is: 'one_of', values: ['ORDER'] },
      demand(1, { kind: 'deciders' }),
    ),
  )
  const held = await submitted(small)
  expect(held.value).toMatchObject({ state: 'submitted', reasons: [] })
  expect(await ordersOf(held.id)).toEqual([])
  expect(await approve('erik', held.id)).toMatchObject({ ok: true })
  expect(await ordersOf(held.id)).toHaveLength(1)
})

test('tiers are taken one after the other, and only the last makes the order', async () => {
  await setRules(
    rule('two', always, demand(1, { kind: 'deciders' }), demand(2, users('any', 'karin'))),
  )
  const { id } = await submitted()
  const first = await approve('erik', id)
  expect(first).toMatchObject({ ok: true, result: {} })
  expect(as('karin').get('requisition', id)?.value).toMatchObject({
    state: 'in_review',
    claimedBy: null,
    outcome: null,
    steps: [{ approvals: [{ by: { id: idOf('erik') } }] }, { approvals: [] }],
  })
  expect(await ordersOf(id)).toEqual([])
  expect(await approve('erik', id)).toMatchObject({ error: { code: 'not_your_step' } })
  const last = await approve('karin', id)
  expect(last).toMatchObject({ ok: true, result: { orderNumber: expect.any(String) } })
  expect(as('erik').get('requisition', id)?.value).toMatchObject({
    state: 'ordered',
    steps: [{ approvals: [{ by: { name: 'Erik' } }] }, { approvals: [{ by: { name: 'Karin' } }] }],
  })
})

test('whose turn it is not is refused without a trace', async () => {
  await setRules(rule('named', always, demand(1, users('any', 'karin'))))
  const { id } = await submitted()
  const before = await countRows(gateway.context.db)
  expect(await approve('lars', id)).toMatchObject({
    ok: false,
    error: { code: 'not_your_step', details: { pending: [{ by: { userIds: [idOf('karin')] } }] } },
  })
  expect(await countRows(gateway.context.db)).toEqual(before)
})

test('a step that needs all of several waits for each of them, in any order', async () => {
  await setRules(rule('all', always, demand(1, users('all', 'karin', 'erik'))))
  const { id } = await submitted()
  expect(await approve('karin', id)).toMatchObject({ ok: true, result: {} })
  expect(await approve('karin', id)).toMatchObject({ error: { code: 'not_your_step' } })
  expect(await ordersOf(id)).toEqual([])
  expect(await approve('erik', id)).toMatchObject({ ok: true })
  expect(await ordersOf(id)).toHaveLength(1)
})

test('a rule lets nobody past their own limit: somebody whose limit reaches has to join', async () => {
  // Lars may approve 100 kr; this is 200 and more.
  await setRules(rule('named', always, demand(1, users('any', 'lars', 'karin'))))
  const { id } = await submitted()
  expect(await approve('lars', id)).toMatchObject({ ok: true, result: {} })
  expect(await ordersOf(id)).toEqual([])
  expect(await approve('lars', id)).toMatchObject({ error: { code: 'above_limit' } })
  expect(await approve('karin', id)).toMatchObject({ ok: true })
  expect(await ordersOf(id)).toHaveLength(1)
  await setRules(
    rule('two', always, demand(1, users('any', 'karin')), demand(2, users('any', 'lars'))),
  )
  const second = await submitted()
  expect(await approve('karin', second.id)).toMatchObject({ ok: true })
  expect(await approve('lars', second.id)).toMatchObject({ ok: true })
  expect(await ordersOf(second.id)).toHaveLength(1)
})

test('a step whose people have gone is any approver’s', async () => {
  const name = `temp-${randomUUID().slice(0, 8)}`
  const gone = await addUser(gateway, { username: name, roles: ['approver'] })
  await setRules(rule('gone', always, demand(1, { kind: 'users', userIds: [gone], need: 'any' })))
  const { id } = await submitted()
  expect(await approve('karin', id)).toMatchObject({ error: { code: 'not_your_step' } })
  await gateway.context.db
    .updateTable('app_user')
    .set({ status: 'disabled' })
    .where('id', '=', gone)
    .execute()
  expect(await approve('erik', id)).toMatchObject({ error: { code: 'not_your_step' } })
  expect(await approve('karin', id)).toMatchObject({ ok: true })
  expect(await ordersOf(id)).toHaveLength(1)
})

test('what came in before the rules were changed is judged as it was', async () => {
  await setRules(rule('named', always, demand(1, users('any', 'karin'))))
  const { id } = await submitted()
  await setRules(rule('other', always, demand(1, users('any', 'erik'))))
  expect(await approve('erik', id)).toMatchObject({ error: { code: 'not_your_step' } })
  expect(await approve('karin', id)).toMatchObject({ ok: true })
})

test('a new revision is judged anew, and earlier approvals count no more', async () => {
  await setRules(
    rule('two', always, demand(1, { kind: 'deciders' }), demand(2, users('any', 'karin'))),
  )
  const { id, value } = await submitted()
  await approve('erik', id)
  const now = as('karin').get('requisition', id)
  await as('karin').command('requisition.return', id, now?.version ?? 0, {
    revision: 1,
    message: 'Vilken färg?',
  })
  const { status } = await shop.send(proposal(value.shop.documentId, { revision: 2 }))
  expect(status).toBe(202)
  const second = await as('karin').until('the second', () => {
    const found = as('karin').get('requisition', id)
    return found?.value.revision === 2 && found
  })
  expect(second.value.steps?.map(({ approvals }) => approvals)).toEqual([[], []])
})

test('two who take the two tiers at once make one order', async () => {
  await setRules(rule('all', always, demand(1, users('all', 'karin', 'erik'))))
  const { id, version: at } = await submitted()
  await as('erik').until(id, () => as('erik').get('requisition', id))
  const both = await Promise.all(
    ['karin', 'erik'].map((name) =>
      as(name).command('requisition.approve', id, at, { revision: 1 }),
    ),
  )
  // The second has not seen the first, and looks again.
  expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  expect(both.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'stale_version' } })
  const loser = both[0]?.ok ? 'erik' : 'karin'
  await as(loser).until('the other’s', () => (as(loser).get('requisition', id)?.version ?? 0) > at)
  expect(await approve(loser, id)).toMatchObject({ ok: true })
  expect(await ordersOf(id)).toHaveLength(1)
})
