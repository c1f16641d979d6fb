import { afterEach, expect, test } from 'vitest'
import { loadSeed, type Seed } from '../../gateway/seed'
import { addUser, startTestGateway, type TestGateway } from '../support/gateway'
import { countRows } from '../support/rows'
import { proposal, smallSeller } from '../support/small-seller'

const gateways: TestGateway[] = []
afterEach(async () => {
  for (const gateway of gateways.splice(0)) await gateway.close()
})
async function start(): Promise<TestGateway> {
  const gateway = await startTestGateway()
  gateways.push(gateway)
  return gateway
}

const seed: Seed = {
  seller: {
    name: 'Frö AB',
    currency: 'SEK',
    timeZone: 'Europe/Stockholm',
    vatMode: 'per_row',
    syncedPriceMaxAgeHours: null,
  },
  users: [
    { username: 'admin', displayName: 'Ada', roles: ['admin'], team: null, approvalLimit: null },
    {
      username: 'karin',
      displayName: 'Karin',
      roles: ['approver'],
      team: null,
      approvalLimit: null,
    },
  ],
  rules: [
    {
      id: 'all',
      name: 'Allt',
      isOn: true,
      when: { all: [] },
      demands: [{ tier: 1, by: { kind: 'approvers' }, when: { all: [] } }],
    },
  ],
  batches: Object.entries(smallSeller).map(([kind, rows]) => ({ kind, rows })) as Seed['batches'],
  events: [{ id: 'event-1', event: proposal('seeded') }],
}

test('a seed is loaded once; the second time only its own people get new passwords', async () => {
  const gateway = await start()
  const first = await loadSeed(gateway.context, () => seed)
  expect(first).toMatchObject({
    isNew: true,
    accounts: [{ username: 'karin' }, { username: 'admin' }],
  })
  // Its rules are there before anything comes in.
  const { body } = await gateway.context.db
    .selectFrom('requisition')
    .select('body')
    .executeTakeFirstOrThrow()
  expect(body.steps).toMatchObject([{ because: [{ ruleId: 'all' }] }])
  await addUser(gateway, { username: 'own', roles: ['rep'] })
  const ownHash = () =>
    gateway.context.db
      .selectFrom('app_user')
      .select('password_hash')
      .where('username', '=', 'own')
      .executeTakeFirstOrThrow()
  const before = { rows: await countRows(gateway.context.db), hash: await ownHash() }
  const second = await loadSeed(gateway.context, () => seed)
  expect(second).toMatchObject({ isNew: false, shop: first.shop })
  expect(second.accounts.map(({ username }) => username)).toEqual(['karin', 'admin'])
  expect({ rows: await countRows(gateway.context.db), hash: await ownHash() }).toEqual(before)
})

test('one that broke off is carried on', async () => {
  const gateway = await start()
  const broken = {
    ...seed,
    events: [{ id: 'event-1', event: proposal('seeded', { contact: 'nobody' }) }],
  }
  await expect(loadSeed(gateway.context, () => broken)).rejects.toThrow('refused')
  expect(await loadSeed(gateway.context, () => seed)).toMatchObject({ isNew: true })
})

test('a database with somebody’s own data is left alone', async () => {
  const gateway = await start()
  await addUser(gateway, { username: 'ada', roles: ['admin'] })
  const before = await countRows(gateway.context.db)
  await expect(loadSeed(gateway.context, () => seed)).rejects.toMatchObject({ code: 'not_empty' })
  expect(await countRows(gateway.context.db)).toEqual(before)
})
