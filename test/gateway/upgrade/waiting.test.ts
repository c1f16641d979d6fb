import { Client } from 'pg'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { migrationLock } from '../../../gateway/backup/session'
import { createGateway } from '../../../gateway/create-gateway'
import { createLog } from '../../../gateway/log'
import { testDatabase } from '../../support/postgres'

afterEach(() => vi.useRealTimers())

test('a gateway waits for an upgrade or a backup under way for as long as it takes', async () => {
  const database = await testDatabase()
  onTestFinished(() => database.drop())
  const other = new Client({ connectionString: database.url })
  await other.connect()
  await other.query(`select pg_advisory_lock(${migrationLock})`)
  // The time runs as it does, and an hour is put in on the way.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true })

  let settled = false
  const starting = createGateway({
    databaseUrl: database.url,
    log: createLog({ level: 'silent' }),
  }).finally(() => (settled = true))
  const waiting = async () => {
    const { rows } = await other.query<{ count: number }>(`
      select count(*)::int as count from pg_locks
      where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())`)
    return rows[0]?.count
  }
  while (!settled && (await waiting()) === 0) await new Promise((resolve) => setImmediate(resolve))
  await vi.advanceTimersByTimeAsync(3_600_000)
  expect([settled, await waiting()]).toEqual([false, 1])

  await other.end()
  const gateway = await starting
  expect((await fetch(`${gateway.url}/livez`)).status).toBe(200)
  vi.useRealTimers()
  await gateway.close()
})
