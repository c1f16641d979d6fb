import { execFile } from 'node:child_process'
import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { buildIfStale, projectFolder } from '../../scripts/build'
import { digestRows } from '../support/database-rows'
import { started, temporaryFolder as fastFolder, tidyUpAfterEach } from '../support/embedded'
import { testDatabase } from '../support/postgres'
import { nodeOn, startDay } from '../support/restore/day'
import { restoreDrill } from '../support/restore/drill'
import { temporaryFolder } from '../support/temporary-folder'

tidyUpAfterEach()

async function serverDatabase(migrated: boolean): Promise<string> {
  const database = await testDatabase({ migrated })
  onTestFinished(() => database.drop())
  return database.url
}

const embeddedDatabase = async () => (await started({ dataDir: fastFolder() })).url

test('restore: a long working day is backed up under load and goes on elsewhere', async () => {
  await restoreDrill({
    source: await serverDatabase(true),
    targets: [await embeddedDatabase(), await serverDatabase(false)],
    folder: await temporaryFolder(),
    commands: 400,
  })
  await restoreDrill({
    source: await embeddedDatabase(),
    targets: [await serverDatabase(false), await embeddedDatabase()],
    folder: await temporaryFolder(),
    commands: 400,
  })
})

/** Many times what was done in a day, in the tables that grow. */
async function multiply(url: string, times: number): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(`
    insert into audit (type, actor, aggregate_kind, aggregate_id, version, data, origin)
      select type, actor, aggregate_kind, aggregate_id || n, version, data, origin
      from audit, generate_series(1, ${times}) n;
    insert into feed (kind, id, version, company_id, user_id, value, bytes)
      select kind, id || ':' || n, version, company_id, user_id, null, 0
      from feed, generate_series(1, ${times}) n;
    insert into requisition_revision (requisition_id, revision, submitted_at, body)
      select id, 1000 + n, submitted_at, body from requisition, generate_series(1, ${times}) n;
    -- Ids in no order at all, so that every other one falls.
    insert into storefront_change (id, shop_id, change)
      select gen_random_uuid(), shop_id, change from storefront_change, generate_series(1, ${times}) n`)
  await client.end()
}

/** The built command line with little memory; how long it took and the most that it held. */
async function run(databaseUrl: string, ...options: readonly string[]) {
  const probe = join(await temporaryFolder(), 'probe.cjs')
  await writeFile(
    probe,
    `process.on('exit', () => console.error('peak', process.resourceUsage().maxRSS))`,
  )
  const began = performance.now()
  const cli = join(projectFolder, 'out/main/cli.cjs')
  const args = ['--max-old-space-size=64', '--require', probe, cli, ...options]
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, {
    env: { ...process.env, DATABASE_URL: databaseUrl, KONTOR_LOG_LEVEL: 'silent' },
  })
  return {
    said: JSON.parse(stdout) as { rows: number; bytes?: number },
    seconds: (performance.now() - began) / 1_000,
    peakMiB: Number(/peak (\d+)/.exec(stderr)?.[1]) / 1_024,
  }
}

test('restore: a large database in little memory, row by row the same', async () => {
  await buildIfStale()
  const [source, target] = [await embeddedDatabase(), await serverDatabase(false)]
  const day = await startDay(source)
  await day.until(50)
  await day.stop()
  await day.close()
  await multiply(source, 1_000)
  const file = join(await temporaryFolder(), 'large.backup')
  const backup = await run(source, '--backup', file)
  const restored = await run(target, '--restore', file)
  console.info(JSON.stringify({ bytes: (await stat(file)).size, backup, restored }))
  expect(restored.said.rows).toBe(backup.said.rows)
  expect(backup.said.rows).toBeGreaterThan(300_000)
  const [before, after] = [await digestRows(source), await digestRows(target)]
  for (const table of Object.keys(before)) {
    if (table !== 'installation' && table !== 'audit')
      expect([table, after[table]]).toEqual([table, before[table]])
  }
  expect(Math.max(backup.peakMiB, restored.peakMiB)).toBeLessThan(250)
  // A shop reads all of its changes: none has a number that this database has not come to yet.
  const node = await nodeOn(target)
  const { rows } = await sql<{ ahead: number }>`
    select count(*) as ahead from storefront_change
    where xid >= pg_snapshot_xmin(pg_current_snapshot())`.execute(node.context.db)
  expect(rows).toEqual([{ ahead: 0 }])
  await node.close()
})
