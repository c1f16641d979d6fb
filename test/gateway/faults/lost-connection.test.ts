import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { connect } from '../../../gateway/database/connect'
import { testDatabase } from '../../support/postgres'

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
  await expect(broken).rejects.toThrow(/terminat|connection/i)
  // The pool has let go of it, and goes on with another.
  expect((await sql`select 1 as one`.execute(ours!.db)).rows).toEqual([{ one: 1 }])
  expect(uncaught).toEqual([])
})
