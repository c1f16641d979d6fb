import { expect, onTestFinished, test } from 'vitest'
import { connect } from '../../../gateway/database/connect'
import { followFeed } from '../../../gateway/feed/tail'
import { createLog } from '../../../gateway/log'
import { testDatabase } from '../../support/postgres'

test('a node that stood still does not take its own silence for the database’s', async () => {
  const database = await testDatabase()
  const { db, pool, close } = connect(database.url, { maxConnections: 3, onError: () => undefined })
  let lines = 0
  pool.on('acquire', () => (lines += 1))
  let silences = 0
  const log = createLog({ level: 'silent' })
  const tail = await followFeed({ db, log }, pool, () => (silences += 1))
  onTestFinished(async () => {
    await tail.close()
    await close()
    await database.drop()
  })
  // Until all its lines are open: one that is still being opened is given up after a while, as it should be.
  // The one it begins with, the one it hears on, and the one of its first look.
  await expect.poll(() => lines, { interval: 5 }).toBeGreaterThanOrEqual(3)
  // It asks, and is answered while it cannot hear.
  tail.wake()
  await new Promise((resolve) => setImmediate(resolve))
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 6_000)
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect([tail.healthy(), silences]).toEqual([true, 0])
})
