import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Connection } from '../../../gateway/database/connect'
import { answered, ask, question, together } from '../../../gateway/database/together'
import { ChangedMeanwhile, inTransaction, sqlState } from '../../../gateway/database/transaction'
import { startTestGateway, type TestGateway } from '../../support/gateway'

let gateway: TestGateway
let connection: Connection

beforeAll(async () => {
  gateway = await startTestGateway()
  connection = connect(gateway.databaseUrl, { maxConnections: 2, onError: () => undefined })
  await sql`create table counted (id integer primary key, n integer not null)`.execute(
    connection.db,
  )
  await sql`insert into counted values (1, 0)`.execute(connection.db)
})
afterAll(async () => {
  await connection.close()
  await gateway.close()
})

const isOpen = question(
  sql<{ open: boolean }>`select now() <> statement_timestamp() as open`,
  ([row]) => row?.open,
)
const counted = question(sql<{ n: number }>`select n from counted where id = 1`, ([row]) => row?.n)
const locked = question(
  sql<{ n: number }>`select n from counted where id = 1 for update`,
  ([row]) => row?.n,
)

test('each answer is read by its own question, also of questions within questions', async () => {
  const asked = together(
    counted,
    together(
      question(sql<{ x: number }>`select 1 as x union select 2 order by x`, (rows) => rows.length),
    ),
    answered('known'),
    counted,
  )
  expect(await ask(connection.db, asked)).toEqual([0, [2], 'known', 0])
})

test('a statement sees what was committed while the one before waited for its lock', async () => {
  const { db } = connection
  let release = () => {}
  const released = new Promise<void>((resolve) => (release = resolve))
  let isHeld = () => {}
  const held = new Promise<void>((resolve) => (isHeld = resolve))
  const holder = inTransaction(db, async (tx) => {
    await sql`update counted set n = n + 1 where id = 1`.execute(tx)
    isHeld()
    await released
  })
  await held
  const waiting = inTransaction(db, (tx) => ask(tx, together(counted, locked, counted)))
  await waitUntilSomeoneWaits()
  release()
  await holder
  expect(await waiting).toEqual([0, 1, 1])
})

test('what is asked together is in the transaction from its first statement, and fails as a whole', async () => {
  const { db } = connection
  expect(await inTransaction(db, (tx) => ask(tx, together(isOpen, isOpen)))).toEqual([true, true])
  const failing = question(sql`select 1 / (n - n) from counted`, (rows) => rows.length)
  const raise = question(
    sql<{ n: number }>`update counted set n = 100 where id = 1 returning n`,
    ([row]) => row?.n,
  )
  const failed = inTransaction(db, (tx) => ask(tx, together(raise, failing, counted)))
  expect(sqlState(await failed.catch((error: unknown) => error))).toBe('22012')
  expect(await ask(db, counted)).toBe(1)
})

test('statements that do not go together are asked again, a few times', async () => {
  let tries = 0
  const work = () => {
    tries += 1
    if (tries < 3) throw new ChangedMeanwhile('not yet')
    return tries
  }
  expect(await inTransaction(connection.db, work)).toBe(3)
  const never = inTransaction(connection.db, () => {
    throw new ChangedMeanwhile('never')
  })
  await expect(never).rejects.toThrow('never')
})

async function waitUntilSomeoneWaits(): Promise<void> {
  await expect
    .poll(
      async () =>
        (
          await sql`select from pg_stat_activity where wait_event_type = 'Lock'`.execute(
            gateway.context.db,
          )
        ).rows.length,
    )
    .toBeGreaterThan(0)
}
