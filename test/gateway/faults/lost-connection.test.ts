import { sql, type Kysely } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { connect } from '../../../gateway/database/connect'
import type { Database } from '../../../gateway/database/schema'
import { inTransaction } from '../../../gateway/database/transaction'
import { startFaultProxy } from '../../support/fault-proxy/fault-proxy'
import { testDatabase } from '../../support/postgres'

type Db = Kysely<Database>

test('a connection lost between two statements ends its transaction, not the process', async () => {
  const database = await testDatabase()
  const [ours, another] = [0, 1].map(() =>
    connect(database.url, { maxConnections: 1, onError: () => undefined }),
  )
  onTestFinished(async () => {
    await Promise.all([ours!.close(), another!.close()])
    await database.drop()
  })
  const uncaught: unknown[] = []
  const note = (error: unknown) => void uncaught.push(error)
  process.on('uncaughtException', note)
  onTestFinished(() => void process.off('uncaughtException', note))

  const broken = ours!.db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
    const isThere = () =>
      sql<{ there: boolean }>`
        select exists (select from pg_stat_activity where pid = ${rows[0]?.pid}) as there`
        .execute(another!.db)
        .then((found) => found.rows[0]?.there)
    await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(another!.db)
    await expect.poll(isThere).toBe(false)
    await sql`select 1`.execute(tx)
  })
  await expect(broken).rejects.toThrow(/terminat|connection|EPIPE|ECONNRESET/i)
  // The pool has let go of it, and goes on with another.
  expect((await sql`select 1 as one`.execute(ours!.db)).rows).toEqual([{ one: 1 }])
  expect(uncaught).toEqual([])
})

test.each([
  ['a statement', (db: Db) => sql`select 1`.execute(db)],
  [
    'a transaction’s first statement',
    (db: Db) => inTransaction(db, (tx) => sql`select 1`.execute(tx)),
  ],
] as const)('a connection on which %s was never answered is not used again', async (_what, ask) => {
  const database = await testDatabase()
  const line = await startFaultProxy(database.url)
  const url = new URL(database.url)
  url.port = String(line.port)
  const { db, close } = connect(url.href, {
    maxConnections: 1,
    queryTimeoutMs: 500,
    onError: () => undefined,
  })
  onTestFinished(async () => {
    await close()
    await line.close()
    await database.drop()
  })
  await ask(db)
  line.suffer({ toServer: { swallow: true }, toClient: { swallow: true } })
  await expect(ask(db)).rejects.toThrow()
  // The network is well again; what was open meanwhile stays silent, as behind a router that forgot it.
  line.heal()
  await expect(ask(db)).resolves.toBeDefined()
})
