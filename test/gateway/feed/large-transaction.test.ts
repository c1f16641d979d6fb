import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Change } from '../../../contract/feed'
import { inTransaction } from '../../../gateway/database/transaction'
import { publish } from '../../../gateway/feed/publish'
import { ConsoleClient } from '../../support/console-client'
import { addUser, signInAs, startTestGateway, type TestGateway } from '../../support/gateway'

const count = 120
/** All of it together is far more than a console takes in one message (32 MiB). */
const nameLength = 400_000

let gateway: TestGateway
let token: string

beforeAll(async () => {
  gateway = await startTestGateway()
  await addUser(gateway, { username: 'karin', roles: ['approver'] })
  token = await signInAs(gateway, 'karin')
  await inTransaction(gateway.context.db, (tx) =>
    publish(
      tx,
      Array.from({ length: count }, (_, at) => {
        const id = `W${String(at).padStart(3, '0')}`
        const name = id.padEnd(nameLength, 'x')
        return {
          kind: 'warehouse' as const,
          id,
          value: { id, name, openToWebshop: true, priority: at },
        }
      }),
    ),
  )
  gateway.context.wake()
})
afterAll(() => gateway.close())

const warehousesIn = (changes: readonly Change[]) =>
  changes.filter(({ kind }) => kind === 'warehouse').map(({ id }) => id)

test('a transaction larger than a message comes in pieces, all under one number', async () => {
  let largest = 0
  const console = new ConsoleClient(gateway.url, token)
  console.socket.on('changes', (bytes: Buffer) => {
    largest = Math.max(largest, bytes.length)
  })
  await console.until('everything', () => console.caughtUp, 30_000)
  expect(new Set(warehousesIn(console.changes)).size).toBe(count)
  const ofOne = console.changes.filter(({ kind }) => kind === 'warehouse')
  expect(new Set(ofOne.map(({ seq }) => seq)).size).toBe(1)
  expect(largest).toBeLessThan(2 * 1024 * 1024)
  console.close()
})

test('a line cut within it goes on before it, and nothing is missing', async () => {
  const first = new ConsoleClient(gateway.url, token)
  await first.until('a part', () => warehousesIn(first.changes).length > count / 3, 30_000)
  first.close()
  expect(warehousesIn(first.changes).length).toBeLessThan(count)
  const second = await ConsoleClient.resume(gateway.url, token, first)
  expect(second.welcomes).toMatchObject([{ reset: false }])
  expect(second.all('warehouse')).toHaveLength(count)
  second.close()
})

test('a console that follows gets it too', async () => {
  const console = await ConsoleClient.open(gateway.url, token)
  await inTransaction(gateway.context.db, (tx) =>
    publish(
      tx,
      Array.from({ length: count }, (_, at) => {
        const id = `W${String(at).padStart(3, '0')}`
        const name = `again ${id}`.padEnd(nameLength, 'y')
        return {
          kind: 'warehouse' as const,
          id,
          value: { id, name, openToWebshop: true, priority: at },
        }
      }),
    ),
  )
  gateway.context.wake()
  await console.until(
    'the new names',
    () => console.all('warehouse').every(({ value }) => value.name.startsWith('again')),
    30_000,
  )
  console.close()
})
