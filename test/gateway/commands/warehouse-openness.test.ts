import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AvailabilityAnswer } from '../../../contract/availability'
import type { CommandPayload } from '../../../contract/commands'
import { openConsoles, type Consoles } from '../../support/consoles'
import { addTestShop, startTestGateway, type TestGateway } from '../../support/gateway'
import { load, proposal, smallSeller } from '../../support/small-seller'

let gateway: TestGateway
let shop: Awaited<ReturnType<typeof addTestShop>>
let consoles: Consoles
beforeAll(async () => {
  gateway = await startTestGateway()
  await load(gateway, smallSeller)
  shop = await addTestShop(gateway)
  consoles = await openConsoles(gateway, [
    { username: 'adam', roles: ['admin'] },
    { username: 'karin', roles: ['approver'] },
  ])
})
afterAll(async () => {
  consoles.close()
  await gateway.close()
})
beforeEach(async () => {
  await sourceSays(true)
  const { version, value } = held()
  if (value.set) await follow(version)
})

const adam = () => consoles.as('adam')
function held() {
  const found = adam().get('warehouse', 'STH')
  if (!found) throw new Error('The console has no warehouse.')
  return found
}
const atVersion = (version: number) =>
  adam().until(`version ${version}`, () => (held().version >= version ? held() : undefined))
const set = (
  payload: Partial<CommandPayload<'warehouse.set_open'>>,
  version: number | null = held().version,
  by = adam(),
) => by.command('warehouse.set_open', 'STH', version, { openToWebshop: true, ...payload })
const follow = async (version: number | null = held().version) => {
  const answer = await adam().command('warehouse.follow_source', 'STH', version, {})
  if (answer.ok) await atVersion(answer.version)
  return answer
}
async function opened(payload: Partial<CommandPayload<'warehouse.set_open'>>) {
  const answer = await set(payload)
  if (!answer.ok) throw new Error(answer.error.message)
  return atVersion(answer.version)
}
async function sourceSays(openToWebshop: boolean, name = 'Stockholm') {
  await load(gateway, { warehouse: [{ id: 'STH', name, openToWebshop, priority: 1 }] })
  const { version } = await gateway.context.db
    .selectFrom('feed')
    .select('version')
    .where('kind', '=', 'warehouse')
    .where('id', '=', 'STH')
    .executeTakeFirstOrThrow()
  await atVersion(version)
}
async function offered(contact?: string): Promise<readonly string[]> {
  const whose = contact === undefined ? '' : `&contact=${contact}`
  const response = await shop.get(`/storefront/v1/availability?sku=RB-2206${whose}`)
  const { articles } = (await response.json()) as AvailabilityAnswer
  return (articles[0]?.warehouses ?? []).map(({ warehouse }) => warehouse)
}

describe('what an admin sets', () => {
  test('is in force and told, with who has set it and what the source says', async () => {
    const { version } = held()
    const { value } = await opened({ customerGroups: ['ORDER', 'LISTOR', 'ORDER'] })
    expect(value).toMatchObject({
      name: 'Stockholm',
      openToWebshop: true,
      customerGroups: ['LISTOR', 'ORDER'],
      set: { by: 'Adam', source: true },
    })
    const audit = await adam().query('audit.of', { aggregateId: 'STH' })
    expect(audit).toMatchObject({
      result: {
        rows: expect.arrayContaining([
          expect.objectContaining({
            type: 'warehouse.openness_set',
            version: version + 1,
            data: {
              name: 'Stockholm',
              before: { openToWebshop: true, customerGroups: [] },
              after: { openToWebshop: true, customerGroups: ['LISTOR', 'ORDER'] },
            },
          }),
        ]),
      },
    })
  })

  test('outlives what the source says, which is taken up when it is followed again', async () => {
    const { version } = await opened({ customerGroups: ['ORDER'] })
    await sourceSays(false, 'Stockholm syd')
    const { value } = await atVersion(version + 1)
    expect(value).toMatchObject({
      name: 'Stockholm syd',
      openToWebshop: true,
      customerGroups: ['ORDER'],
      set: { source: false },
    })
    await follow()
    expect(held().value).toEqual({
      id: 'STH',
      name: 'Stockholm syd',
      openToWebshop: false,
      priority: 1,
    })
    expect(await follow()).toMatchObject({ ok: false, error: { code: 'wrong_state' } })
  })

  test('is refused on an older version, of an unknown group, and to whoever may not', async () => {
    const { version } = held()
    expect(await set({}, version - 1)).toMatchObject({ error: { code: 'stale_version' } })
    expect(await set({ customerGroups: ['ORDER', 'NOPE'] })).toMatchObject({
      error: { code: 'invalid', details: { issues: [{ message: expect.stringMatching('NOPE') }] } },
    })
    expect(await set({}, null, consoles.as('karin'))).toMatchObject({
      error: { code: 'forbidden' },
    })
    expect(
      await adam().command('warehouse.set_open', 'X', null, { openToWebshop: true }),
    ).toMatchObject({ error: { code: 'not_found' } })
    expect(held().version).toBe(version)
  })
})

describe('a warehouse that is open to some groups', () => {
  beforeEach(async () => {
    await opened({ customerGroups: ['ORDER'] })
  })

  test('is shown to their customers alone', async () => {
    expect(await offered('olle')).toEqual(['STH', 'GBG'])
    // Of the company's group.
    expect(await offered('anna')).toEqual(['GBG'])
    expect(await offered()).toEqual(['GBG'])
    await opened({ customerGroups: ['FORSLAG'] })
    expect(await offered('anna')).toEqual(['STH', 'GBG'])
    await opened({ openToWebshop: false })
    expect(await offered('olle')).toEqual(['GBG'])
  })

  test('delivers to nobody else', async () => {
    const line = { id: '1', article: 'RB-2206', quantity: '5' }
    const own = await shop.send(proposal('own', { contact: 'olle', lines: [line] }))
    const { orderNumber } = (own.body as { requisition: { orderNumber: string } }).requisition
    const warehousesOf = async (number: string) =>
      gateway.context.db
        .selectFrom('sales_order_line')
        .innerJoin('sales_order', 'sales_order.id', 'sales_order_line.order_id')
        .select('warehouse_id')
        .where('number', '=', number)
        .execute()
    expect(await warehousesOf(orderNumber)).toEqual([{ warehouse_id: 'STH' }])

    await opened({ customerGroups: ['LISTOR'] })
    const other = await shop.send(proposal('other', { contact: 'olle', lines: [line] }))
    const number = (other.body as { requisition: { orderNumber: string } }).requisition.orderNumber
    expect(await warehousesOf(number)).toEqual([{ warehouse_id: 'GBG' }])
  })

  test('cannot be wished for, nor chosen by an approver, for anybody else', async () => {
    const line = { id: '1', article: 'RB-2206', quantity: '5', warehouse: 'STH' }
    const wished = await shop.send(proposal('wished', { lines: [line] }))
    expect(wished).toMatchObject({ status: 422, body: { code: 'warehouse_not_open' } })

    const taken = await shop.send(proposal('taken', { lines: [{ ...line, warehouse: 'GBG' }] }))
    const { id } = (taken.body as { requisition: { id: string } }).requisition
    const karin = consoles.as('karin')
    const { value, version } = await karin.until('it', () => karin.get('requisition', id))
    const approved = await karin.command('requisition.approve', id, version, {
      revision: 1,
      warehouses: { '1': 'STH' },
      seen: { net: value.totals.net, lines: {} },
    })
    expect(approved).toMatchObject({
      error: {
        code: 'invalid',
        details: { issues: [{ pointer: '/payload/warehouses/1' }] },
      },
    })
  })
})
