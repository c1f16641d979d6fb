import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { querySchemas } from '../../../contract/queries'
import { todayIn } from '../../../domain/calendar'
import { ask as askDatabase } from '../../../gateway/database/together'
import { inTransaction } from '../../../gateway/database/transaction'
import { partiesLocked, usedInPeriod } from '../../../gateway/requisitions/intake-facts'
import { ConsoleClient } from '../../support/console-client'
import {
  addTestShop,
  addUser,
  signInAs,
  startTestGateway,
  type TestGateway,
} from '../../support/gateway'
import { load, proposal, smallSeller } from '../../support/small-seller'

let gateway: TestGateway
let shop: Awaited<ReturnType<typeof addTestShop>>
const consoles = new Map<string, ConsoleClient>()
/** In Stockholm it is half past midnight on the first of December, in UTC still November. */
const now = new Date('2026-11-30T23:30:00.000Z')
/** Whether it is that moment for the gateway; what shops sign is not older than their own clock. */
let isTurned = true
/** 12 bends at 16 kr and 2.5 m at 14.20 kr. */
const net = 22_750

beforeAll(async () => {
  gateway = await startTestGateway({ now: () => (isTurned ? now : new Date()) })
  await load(gateway, smallSeller)
  await load(gateway, {
    customer_group: [
      {
        id: 'AR',
        name: 'Årsvis',
        orderingRight: 'order',
        limitPerPeriod: 90_000,
        period: 'year',
        currency: 'SEK',
      },
      {
        id: 'EURO',
        name: 'Euro',
        orderingRight: 'order',
        limitPerPeriod: 90_000,
        currency: 'EUR',
      },
      { id: 'FRI', name: 'Fri', orderingRight: 'order', currency: 'SEK' },
      {
        id: 'FORESLAR',
        name: 'Föreslår',
        orderingRight: 'requisition',
        limitPerPeriod: 500,
        currency: 'SEK',
      },
    ],
    contact: [
      contact('vera', 'AR'),
      contact('eva', 'EURO'),
      contact('frida', 'FRI'),
      contact('frans', 'FORESLAR'),
      { ...contact('dag', 'ORDER'), status: 'disabled' },
    ],
  })
  shop = await addTestShop(gateway)
  await addUser(gateway, { username: 'karin', roles: ['approver'] })
  await addUser(gateway, { username: 'erik', roles: ['rep'] })
  await addUser(gateway, { username: 'sara', roles: ['rep'] })
  await addUser(gateway, { username: 'agnes', roles: ['agent'] })
  for (const name of ['karin', 'erik', 'sara', 'agnes']) {
    consoles.set(name, await ConsoleClient.open(gateway.url, await signInAs(gateway, name)))
  }
})
afterAll(async () => {
  for (const console of consoles.values()) console.close()
  await gateway.close()
})
beforeEach(() => sql`delete from sales_order_line`.execute(gateway.context.db))
beforeEach(() => sql`delete from sales_order`.execute(gateway.context.db))

function contact(id: string, customerGroup: string) {
  return { id, company: '1001', name: id, email: `${id}@ahlbergs.example`, customerGroup }
}

const allowances = (username: string, companyId = '1001') =>
  consoles.get(username)!.query('company.allowances', { companyId })

/** What each has used, as the gateway tells it, and as a decision would count it. */
async function used(): Promise<Record<string, number>> {
  const answer = await allowances('karin')
  if (!answer.ok) throw new Error(answer.error.message)
  const { contacts, today } = querySchemas['company.allowances'].result.parse(answer.result)
  expect(today).toBe('2026-12-01')
  for (const { contactId, used: told } of contacts) {
    const counted = await inTransaction(gateway.context.db, async (tx) => {
      const parties = await askDatabase(tx, partiesLocked(tx, contactId))
      const day = todayIn('Europe/Stockholm', now.toISOString())
      return askDatabase(tx, usedInPeriod(tx, parties!, day, 'Europe/Stockholm'))
    })
    expect(told, contactId).toBe(counted)
  }
  return Object.fromEntries(contacts.map(({ contactId, used: told }) => [contactId, told]))
}

/** An order of theirs, as if it had been placed then. */
async function order(by: string, placedAt: string): Promise<string> {
  const documentId = randomUUID()
  isTurned = false
  const { status, body } = await shop.send(proposal(documentId, { contact: by }))
  isTurned = true
  expect(status, JSON.stringify(body)).toBe(202)
  const { id } = await gateway.context.db
    .updateTable('sales_order')
    .set({ placed_at: new Date(placedAt) })
    .where('contact_id', '=', by)
    .where('source_id', '=', (from) =>
      from.selectFrom('requisition').select('id').where('document_id', '=', documentId),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

test('only those who may order within a limit for a period are told of', async () => {
  expect(await used()).toEqual({ eva: 0, olle: 0, vera: 0 })
  const answer = await allowances('karin')
  expect(answer).toMatchObject({
    result: {
      at: now.toISOString(),
      contacts: [
        { contactId: 'eva', period: 'month', currency: 'EUR' },
        { contactId: 'olle', period: 'month', currency: 'SEK' },
        { contactId: 'vera', period: 'year', currency: 'SEK' },
      ],
    },
  })
})

test('a month and a year begin at midnight where the seller is, and a cancelled order gives back', async () => {
  await order('olle', '2026-11-30T22:59:59.000Z')
  await order('vera', '2026-11-30T22:59:59.000Z')
  await order('vera', '2025-12-31T22:59:59.000Z')
  expect(await used()).toEqual({ eva: 0, olle: 0, vera: net })
  const first = await order('olle', '2026-11-30T23:00:00.000Z')
  await order('vera', '2025-12-31T23:00:00.000Z')
  await order('frida', '2026-11-30T23:10:00.000Z')
  expect(await used()).toEqual({ eva: 0, olle: net, vera: 2 * net })
  await gateway.context.db
    .updateTable('sales_order')
    .set({ state: 'cancelled' })
    .where('id', '=', first)
    .execute()
  expect(await used()).toEqual({ eva: 0, olle: 0, vera: 2 * net })
})

test('an order counts for whom it is charged to, and in the limit’s currency', async () => {
  const id = await order('frida', '2026-11-30T23:10:00.000Z')
  const charge = (contactId: string) =>
    gateway.context.db
      .updateTable('sales_order')
      .set({ charged_to: contactId })
      .where('id', '=', id)
      .execute()
  await charge('olle')
  expect(await used()).toEqual({ eva: 0, olle: net, vera: 0 })
  await charge('eva')
  expect(await used()).toEqual({ eva: 0, olle: 0, vera: 0 })
})

test('a rep is told of own accounts only, an agent of none', async () => {
  expect(await allowances('erik')).toMatchObject({ ok: true })
  const notFound = { ok: false, error: { code: 'not_found' } }
  expect(await allowances('sara')).toMatchObject(notFound)
  expect(await allowances('erik', '1002')).toMatchObject(notFound)
  expect(await allowances('karin', 'none')).toMatchObject(notFound)
  expect(await allowances('agnes')).toMatchObject({ ok: false, error: { code: 'forbidden' } })
})
