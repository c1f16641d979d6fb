import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  addTestShop,
  addUser,
  signInAs,
  startTestGateway,
  type TestGateway,
} from '../support/gateway'
import { ConsoleClient } from '../support/console-client'
import { load, proposal, smallSeller } from '../support/small-seller'

let gateway: TestGateway
let shop: Awaited<ReturnType<typeof addTestShop>>

beforeAll(async () => {
  gateway = await startTestGateway()
  await load(gateway, smallSeller)
  shop = await addTestShop(gateway)
  await addUser(gateway, { username: 'karin', roles: ['approver'] })
})
afterAll(() => gateway.close())

test('a signed proposal shows on the console, is approved and becomes one order', async () => {
  const token = await signInAs(gateway, 'karin')
  const karin = await ConsoleClient.open(gateway.url, token)
  const watching = await ConsoleClient.open(gateway.url, token)

  const received = await shop.send(proposal('doc-1'))
  expect(received, JSON.stringify(received.body)).toMatchObject({ status: 202 })
  const row = await karin.until('the requisition', () => karin.all('requisition')[0])
  expect(row.value).toMatchObject({
    state: 'submitted',
    companyId: '1001',
    contactId: 'anna',
    kind: 'proposal',
  })
  expect(row.value.lines[0]).toMatchObject({
    articleId: 'RB-2206',
    quantity: 12_000,
    rowAmount: 19_200,
  })
  expect(row.value.totals).toMatchObject({ net: 22_750, gross: 28_438 })

  const answer = await karin.command('requisition.approve', row.id, row.version, { revision: 1 })
  expect(answer).toMatchObject({
    ok: true,
    version: row.version + 1,
    result: { orderNumber: expect.stringMatching(/^O-\d+$/) },
  })
  const order = await watching.until('the order', () => watching.all('order')[0])
  expect(order.value).toMatchObject({
    number: answer.ok && answer.result['orderNumber'],
    state: 'placed',
  })
  await watching.until(
    'the requisition is ordered',
    () => watching.get('requisition', row.id)?.value.state === 'ordered',
  )
  await watching.until('the commitment', () => watching.all('commitment').length === 1)

  const again = await karin.command('requisition.approve', row.id, row.version, { revision: 1 })
  expect(again).toMatchObject({
    ok: false,
    error: { code: 'already_decided', message: expect.stringContaining('Karin') },
  })
  karin.close()
  watching.close()
})

test('a contact with a group of their own is priced as their company is', async () => {
  await load(gateway, {
    price_list: [{ id: 'DYR', name: 'Dyr', currency: 'SEK' }],
    customer_group: [
      { id: 'EGEN', name: 'Egen', orderingRight: 'requisition', priceList: 'DYR', currency: 'SEK' },
    ],
    contact: [
      {
        id: 'egon',
        company: '1002',
        name: 'Egon Egen',
        email: 'egon@bergvalla.example',
        customerGroup: 'EGEN',
      },
    ],
    price_list_price: [
      { id: 'D-1', priceList: 'DYR', article: 'RB-2206', price: '99', currency: 'SEK' },
    ],
  })
  const karin = await ConsoleClient.open(gateway.url, await signInAs(gateway, 'karin'))
  await shop.send(proposal('own-group', { contact: 'egon' }))
  const row = await karin.until('the requisition', () =>
    karin.all('requisition').find(({ value }) => value.shop.documentId === 'own-group'),
  )
  expect(row.value.lines[0]?.resolved).toMatchObject({
    kind: 'priced',
    source: { kind: 'list_price' },
  })
  karin.close()
})
