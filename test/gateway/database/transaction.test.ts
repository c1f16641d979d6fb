import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { record, type AuditEntry } from '../../../gateway/audit/record'
import { connect, type Connection } from '../../../gateway/database/connect'
import { inTransaction, writeAtEnd } from '../../../gateway/database/transaction'
import { publish } from '../../../gateway/feed/publish'
import { startTestGateway, type TestGateway } from '../../support/gateway'
import { countRows } from '../../support/rows'

let gateway: TestGateway
let connection: Connection

beforeAll(async () => {
  gateway = await startTestGateway()
  connection = connect(gateway.databaseUrl, { maxConnections: 1, onError: () => undefined })
})
afterAll(async () => {
  await connection.close()
  await gateway.close()
})

const warehouse = (name: string) =>
  ({
    kind: 'warehouse',
    id: 'W1',
    value: { id: 'W1', name, openToWebshop: true, priority: 1 },
  }) as const
const entry = (aggregateId: string): AuditEntry => ({
  type: 'order.placed',
  actor: { kind: 'system', name: 'test' },
  aggregateKind: 'test',
  aggregateId,
  version: 1,
  data: { of: 'what' },
  origin: { via: 'gateway', task: 'test' },
})

test('what is written at the end is written whole, in order, and the last value of an entity counts', async () => {
  const { db } = gateway.context
  await inTransaction(db, (tx) => {
    record(tx, [entry('first'), entry('second')])
    publish(tx, [warehouse('Early')])
    record(tx, [entry('third')])
    publish(tx, [warehouse('Late')])
  })
  const audit = await db
    .selectFrom('audit')
    .select(['aggregate_id', 'data', 'actor'])
    .where('type', '=', 'order.placed')
    .orderBy('seq')
    .execute()
  expect(audit.map(({ aggregate_id }) => aggregate_id)).toEqual(['first', 'second', 'third'])
  expect(audit[0]).toMatchObject({ data: { of: 'what' }, actor: { kind: 'system', name: 'test' } })
  const row = await db.selectFrom('feed').selectAll().where('id', '=', 'W1').executeTakeFirst()
  expect(row).toMatchObject({ version: 1, value: { name: 'Late' } })
})

test('nothing is written of a transaction that fails, wherever it does', async () => {
  const { db } = gateway.context
  const before = await countRows(db)
  await expect(
    inTransaction(db, (tx) => {
      record(tx, [entry('never')])
      throw new Error('failed at work')
    }),
  ).rejects.toThrow('failed at work')
  await expect(
    inTransaction(db, (tx) => {
      record(tx, [entry('never')])
      writeAtEnd(tx, { statement: () => sql`insert into no_such_table values (1)` }, [1])
    }),
  ).rejects.toThrow('no_such_table')
  expect(await countRows(db)).toEqual(before)
})

test('a transaction of another making takes nothing', async () => {
  await expect(
    gateway.context.db.transaction().execute((tx) => {
      record(tx, [entry('never')])
      return Promise.resolve()
    }),
  ).rejects.toThrow('Nothing can be written at the end')
})

test('plans that a new schema has outdated are made anew, within the same call', async () => {
  const { db } = connection
  await sql`create table changing (id integer)`.execute(db)
  await sql`insert into changing values (1)`.execute(db)
  const read = () => sql`select * from changing where id = ${1}`.execute(db)
  expect((await read()).rows).toEqual([{ id: 1 }])
  await sql`alter table changing add column name text default 'x'`.execute(db)
  const { rows } = await inTransaction(db, (tx) =>
    sql`select * from changing where id = ${1}`.execute(tx),
  )
  expect(rows).toEqual([{ id: 1, name: 'x' }])
})
