import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { noDeadlines, type Deadlines } from '../../../domain/approval/deadlines'
import { keepDeadlines } from '../../../gateway/jobs/keep-deadlines'
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
  const people = [
    { username: 'karin', roles: ['approver'] },
    { username: 'lars', roles: ['approver'] },
    { username: 'erik', roles: ['rep'] },
    { username: 'adam', roles: ['admin'] },
  ] as const
  consoles = await openConsoles(gateway, people)
})
afterAll(async () => {
  consoles.close()
  await gateway.close()
})

let version = 0
async function setDeadlines(change: Partial<Deadlines>): Promise<void> {
  const payload = { ...noDeadlines, ...change }
  const answer = await as('adam').command('deadlines.set', 'deadlines', version, payload)
  expect(answer, JSON.stringify(answer)).toMatchObject({ ok: true, version: version + 1 })
  version += 1
}
let rulesVersion = 0
async function demand(...names: readonly string[]): Promise<void> {
  const demands = names.map((name, at) => ({
    tier: at + 1,
    by:
      name === 'approvers'
        ? { kind: 'approvers' }
        : { kind: 'users', userIds: [idOf(name)], need: 'any' },
    when: { all: [] },
  }))
  const rules = [{ id: 'all', name: 'All', isOn: true, when: { all: [] }, demands }]
  const answer = await as('adam').command('policy.set', 'approval', rulesVersion, {
    rules: names.length > 0 ? rules : [],
  })
  expect(answer, JSON.stringify(answer)).toMatchObject({ ok: true })
  rulesVersion += 1
}
beforeEach(async () => {
  await demand()
  await setDeadlines({})
})

/** A new document, as it stands once it has come in so many days ago. */
async function waitingFor(days: number): Promise<string> {
  const documentId = randomUUID()
  const { status, body } = await shop.send(proposal(documentId))
  expect(status, JSON.stringify(body)).toBe(202)
  const { id } = (body as { requisition: { id: string } }).requisition
  await sql`
    update requisition set look_at = now(), body = jsonb_set(body, '{receivedAt}',
      to_jsonb(to_char((now() - make_interval(days => ${days})) at time zone 'UTC',
        'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
    where id = ${id}`.execute(gateway.context.db)
  return id
}

const keep = () => keepDeadlines(gateway.context)
const now = async (id: string) => {
  const {
    body,
    progress,
    version: at,
  } = await gateway.context.db
    .selectFrom('requisition')
    .select(['body', 'progress', 'version'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return { ...body, ...progress, version: at }
}
const auditOf = async (id: string) => {
  const rows = await gateway.context.db
    .selectFrom('audit')
    .select(['type', 'actor', 'origin'])
    .where('aggregate_id', '=', id)
    .orderBy('seq')
    .execute()
  return rows.map(({ type, actor }) => `${type} by ${actor.name}`)
}

describe('time', () => {
  test('reminds once of what waits, and every console sees it', async () => {
    const id = await waitingFor(7)
    await setDeadlines({ remindDays: 1 })
    await Promise.all([keep(), keep()])
    await keep()
    const { reminder, version: at } = await now(id)
    expect(reminder).toMatchObject({ by: null })
    expect(await auditOf(id)).toEqual([
      expect.stringMatching(/^requisition\.submitted by /),
      'requisition.reminded by Kontor',
    ])
    await as('karin').until('the reminder', () => {
      const held = as('karin').get('requisition', id)
      return held?.version === at && held.value.reminder !== undefined
    })
  })

  test('gives a step that waits for somebody to any approver', async () => {
    await demand('erik', 'approvers')
    const id = await waitingFor(7)
    const before = await now(id)
    const approval = () =>
      now(id).then(({ version: at, revision }) =>
        as('karin').command('requisition.approve', id, at, { revision }),
      )
    expect(await approval()).toMatchObject({ ok: false, error: { code: 'not_your_step' } })
    await setDeadlines({ escalateDays: 2 })
    await keep()
    const after = await now(id)
    expect(after.steps).toEqual([
      { ...before.steps?.[0], escalatedAt: expect.any(String) },
      before.steps?.[1],
    ])
    expect(await approval()).toMatchObject({ ok: true })
    expect((await now(id)).steps?.[0]?.approvals).toMatchObject([
      { by: { id: idOf('karin') }, for: { id: idOf('erik') } },
    ])
  })

  test('lets a claim go that nothing came of', async () => {
    const id = await waitingFor(0)
    const { version: at } = await now(id)
    expect(await as('karin').command('requisition.claim', id, at, {})).toMatchObject({ ok: true })
    await setDeadlines({ releaseHours: 1 })
    await keep()
    expect((await now(id)).claimedBy).not.toBeNull()
    await sql`
      update requisition set look_at = now(),
        progress = jsonb_set(progress, '{claimedBy,at}', '"2026-01-01T00:00:00.000Z"')
      where id = ${id}`.execute(gateway.context.db)
    await keep()
    expect(await now(id)).toMatchObject({ claimedBy: null, state: 'in_review' })
    expect((await auditOf(id)).at(-1)).toBe('requisition.released by Kontor')
  })

  test('ends what nobody has finished; the shop hears of it, and no order comes of it', async () => {
    const id = await waitingFor(31)
    const young = await waitingFor(29)
    await setDeadlines({ expireDays: 30, remindDays: 1 })
    await Promise.all([keep(), keep()])
    const ended = await now(id)
    expect(ended).toMatchObject({ state: 'expired', outcome: { kind: 'expired' }, claimedBy: null })
    expect((await now(young)).state).toBe('submitted')
    expect((await auditOf(id)).slice(1)).toEqual(['requisition.expired by Kontor'])
    const told = await gateway.context.db
      .selectFrom('storefront_change')
      .select('change')
      .where(sql<boolean>`change->>'type' = 'requisition.expired'`)
      .execute()
    expect(told.map(({ change }) => change.data)).toMatchObject([
      { id: ended.shop.documentId, decidedBy: null },
    ])
    const answer = await as('karin').command('requisition.approve', id, null, { revision: 1 })
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'already_decided', details: { state: 'expired' } },
    })
  })

  test('what is approved at the same moment is either ordered or expired', async () => {
    await setDeadlines({ expireDays: 30 })
    for (let round = 0; round < 12; round += 1) {
      const id = await waitingFor(31)
      const approving = as('karin').command('requisition.approve', id, null, { revision: 1 })
      const [answer] = await Promise.all([approving, keep(), keep()])
      const { state } = await now(id)
      const orders = await gateway.context.db
        .selectFrom('sales_order')
        .select('id')
        .where('source_id', '=', id)
        .execute()
      expect(state).toBe(answer.ok ? 'ordered' : 'expired')
      expect(orders).toHaveLength(answer.ok ? 1 : 0)
    }
  })

  test('what has expired is taken up again as a new revision, of which nothing is approved yet', async () => {
    await demand('erik', 'approvers')
    const id = await waitingFor(31)
    const first = await now(id)
    const approveBy = async (name: string) => {
      const { version: at, revision } = await now(id)
      return as(name).command('requisition.approve', id, at, { revision })
    }
    const revive = async (payload = { revision: 1 }) =>
      as('karin').command('requisition.revive', id, (await now(id)).version, payload)
    expect(await approveBy('erik')).toMatchObject({ ok: true })
    expect(await revive()).toMatchObject({ ok: false, error: { code: 'wrong_state' } })
    await setDeadlines({ expireDays: 30 })
    // Its last step was taken today: as long ago as it came in.
    await sql`
      update requisition set look_at = now(), progress = jsonb_set(progress, '{steps,0,approvals,0,at}',
        '"2020-01-01T00:00:00.000Z"') where id = ${id}`.execute(gateway.context.db)
    await keep()
    expect((await now(id)).state).toBe('expired')
    expect(await revive({ revision: 2 })).toMatchObject({
      ok: false,
      error: { code: 'stale_version', details: { revision: 1 } },
    })

    const [price] = smallSeller.contract_price ?? []
    if (!price) throw new Error('There is no contract price.')
    await load(gateway, { contract_price: [{ ...price, price: '17.00' }] })
    expect(await revive()).toMatchObject({ ok: true, result: { revision: 2 } })
    const revived = await now(id)
    expect([first, revived].map(({ lines }) => lines[0]?.rowAmount)).toEqual([19_200, 20_400])
    expect(revived).toMatchObject({
      state: 'submitted',
      revision: 2,
      outcome: null,
      claimedBy: null,
      lines: first.lines.map(({ id: line, articleId, quantity, shown }) => ({
        id: line,
        articleId,
        quantity,
        shown,
      })),
    })
    expect(revived.steps?.map(({ approvals }) => approvals)).toEqual([[], []])
    // Time begins anew.
    await keep()
    expect((await now(id)).state).toBe('submitted')
    expect((await auditOf(id)).at(-1)).toBe('requisition.revived by Karin')
    const told = await gateway.context.db
      .selectFrom('storefront_change')
      .select('change')
      .where(sql<boolean>`change->'data'->>'id' = ${first.shop.documentId}`)
      .orderBy('xid')
      .execute()
    expect(
      told.map(({ change: { type, data } }) => [type, 'revision' in data && data.revision]),
    ).toEqual([
      ['requisition.received', 1],
      ['requisition.expired', 1],
      ['requisition.received', 2],
    ])

    expect(await approveBy('karin')).toMatchObject({ ok: false, error: { code: 'not_your_step' } })
    expect(await approveBy('erik')).toMatchObject({ ok: true })
    expect(await approveBy('karin')).toMatchObject({
      ok: true,
      result: { orderId: expect.any(String) },
    })
    expect(await revive({ revision: 2 })).toMatchObject({
      ok: false,
      error: { code: 'wrong_state' },
    })
    await load(gateway, { contract_price: [price] })
  })

  test('of two who take it up at once one does', async () => {
    await setDeadlines({ expireDays: 30 })
    const id = await waitingFor(31)
    await keep()
    const { version: at } = await now(id)
    const answers = await Promise.all(
      ['karin', 'lars', 'erik'].map((name) =>
        as(name).command('requisition.revive', id, at, { revision: 1 }),
      ),
    )
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect((await now(id)).revision).toBe(2)
  })

  test('does not look again at what has nothing to come', async () => {
    const id = await waitingFor(3)
    await setDeadlines({ remindDays: 1 })
    await keep()
    await keep()
    const lookAt = () =>
      gateway.context.db
        .selectFrom('requisition')
        .select('look_at')
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
    expect(await lookAt()).toEqual({ look_at: null })
    // Other deadlines may have something in store for it.
    await setDeadlines({ remindDays: 1, expireDays: 30 })
    await keep()
    const { look_at } = await lookAt()
    expect((look_at?.getTime() ?? 0) - Date.now()).toBeGreaterThan(26 * 86_400_000)
  })
})

describe('deadlines', () => {
  test('are set by admins alone, on what they saw, and told to everybody', async () => {
    const payload = { ...noDeadlines, remindDays: 3 }
    for (const name of ['karin', 'erik']) {
      expect(await as(name).command('deadlines.set', 'deadlines', version, payload)).toMatchObject({
        ok: false,
        error: { code: 'forbidden' },
      })
    }
    expect(
      await as('adam').command('deadlines.set', 'deadlines', version - 1, payload),
    ).toMatchObject({ ok: false, error: { code: 'stale_version' } })
    await setDeadlines({ remindDays: 3 })
    await as('erik').until('the deadlines', () => {
      const seller = as('erik').get('seller', 'seller')?.value
      return seller?.deadlines?.remindDays === 3 && seller.deadlinesVersion === version
    })
  })

  test.each([
    ['nought', { ...noDeadlines, remindDays: 0 }, '/payload/remindDays'],
    ['a part of an hour', { ...noDeadlines, releaseHours: 0.5 }, '/payload/releaseHours'],
    ['ages', { ...noDeadlines, expireDays: 4_000 }, '/payload/expireDays'],
    ['not all of them', { remindDays: 1 }, '/payload/releaseHours'],
  ])('of %s are refused, and nothing is written', async (_what, payload, pointer) => {
    const before = await countRows(gateway.context.db)
    const answer = await as('adam').command('deadlines.set', 'deadlines', version, payload)
    expect(answer).toMatchObject({
      ok: false,
      error: {
        code: 'invalid',
        details: { issues: expect.arrayContaining([expect.objectContaining({ pointer })]) },
      },
    })
    expect(await countRows(gateway.context.db)).toEqual(before)
  })
})

describe('somebody', () => {
  test('reminds those whom it waits for, and not twice within the hour', async () => {
    await demand('erik', 'approvers')
    const id = await waitingFor(0)
    const { version: at } = await now(id)
    expect(await as('karin').command('requisition.remind', id, at, { revision: 1 })).toMatchObject({
      ok: true,
    })
    expect((await now(id)).reminder).toMatchObject({ by: { id: idOf('karin') } })
    expect(await as('lars').command('requisition.remind', id, null, { revision: 1 })).toMatchObject(
      {
        ok: false,
        error: { code: 'reminded_lately' },
      },
    )
    expect(await as('adam').command('requisition.remind', id, null, { revision: 1 })).toMatchObject(
      {
        ok: false,
        error: { code: 'forbidden' },
      },
    )
  })

  test('lets a step go and says why; what is left is still asked for', async () => {
    await demand('erik', 'approvers')
    const id = await waitingFor(0)
    const skip = (name: string, step: number, reason = 'Erik är på semester.') =>
      now(id).then(({ version: at }) =>
        as(name).command('requisition.skip_step', id, at, { revision: 1, step, reason }),
      )
    expect(await skip('erik', 0)).toMatchObject({
      ok: false,
      error: { code: 'cannot_skip', details: { problem: 'not_approver' } },
    })
    expect(await skip('karin', 1)).toMatchObject({
      ok: false,
      error: { details: { problem: 'not_pending' } },
    })
    expect(await skip('karin', 0, '  ')).toMatchObject({ ok: false, error: { code: 'invalid' } })
    expect(await skip('karin', 0)).toMatchObject({ ok: true })
    const { state, steps } = await now(id)
    expect(state).toBe('in_review')
    expect(steps?.[0]).toMatchObject({
      approvals: [],
      skipped: { by: { id: idOf('karin') }, reason: 'Erik är på semester.' },
    })
    expect(await skip('karin', 1)).toMatchObject({
      ok: false,
      error: { details: { problem: 'not_named' } },
    })
    const { version: at } = await now(id)
    expect(await as('karin').command('requisition.approve', id, at, { revision: 1 })).toMatchObject(
      {
        ok: true,
        result: { orderNumber: expect.any(String) },
      },
    )
    expect(await auditOf(id)).toContainEqual(
      expect.stringMatching(/^requisition\.step_skipped by /),
    )
  })
})
