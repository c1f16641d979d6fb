import { open, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Anchor } from '../../../gateway/audit/anchor'
import { beWritable } from '../../../gateway/audit/anchor-file'
import { waitForLock } from '../../../gateway/audit/lock'
import { verifyAudit } from '../../../gateway/audit/verify'
import { inTransaction } from '../../../gateway/database/transaction'
import { startSealing } from '../../../gateway/jobs/seal-audit'
import { createMetrics } from '../../../gateway/metrics'
import { auditDatabase, newAnchor, sealInSteps, writeEntries } from '../../support/audit'
import { startTestGateway } from '../../support/gateway'
import { makeNamedPipe } from '../../support/named-pipe'
import { load, smallSeller } from '../../support/small-seller'
import { temporaryFolder } from '../../support/temporary-folder'

let database: Awaited<ReturnType<typeof auditDatabase>>
let anchor: Anchor
beforeEach(async () => {
  database = await auditDatabase()
  anchor = { ...(await newAnchor()), file: join(await temporaryFolder(), 'audit', 'anchor.jsonl') }
  await beWritable(anchor.file)
})
afterEach(() => database.drop())

/** The job as a gateway runs it, with what it logs and counts. */
function start(delayMs: number, patienceMs = 10_000) {
  const said: { level: number; msg: string }[] = []
  const log = pino({ level: 'info' }, { write: (line: string) => void said.push(JSON.parse(line)) })
  const listeners = new Set<() => void>()
  const metrics = createMetrics({ pools: {}, isReady: () => true })
  const context = { db: database.db, log, now: () => new Date(), wake: () => undefined }
  const onMove = (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  const options = { anchor, delayMs, patienceMs, lastRoundMs: 20_000 }
  const job = startSealing(context, { onMove }, metrics, options)
  const figure = async (name: string) => {
    const text = await metrics.registry.getSingleMetricAsString(name)
    return Number(text.trim().split('\n').at(-1)?.split(' ').at(-1))
  }
  return { said, figure, stop: () => job.stop(), move: () => listeners.forEach((tell) => tell()) }
}

/** Long enough for a machine that is busy with other tests. */
const patience = { timeout: 20_000 }
const check = () => verifyAudit(database.db, [anchor], { anchorLagMs: 0 })

test('what was written before it started is sealed at once, what comes later after a while', async () => {
  await writeEntries(database.db, { count: 5 })
  const job = start(40)
  await expect.poll(async () => (await check()).anchored, patience).toBe(1)
  await writeEntries(database.db, { from: 6, count: 5 })
  job.move()
  await expect.poll(async () => (await check()).anchored, patience).toBe(2)
  expect(await check()).toMatchObject({ ok: true, entries: 10, unsealed: 0 })
  await expect.poll(() => job.figure('kontor_audit_sealed_entries'), patience).toBe(10)
  expect(await job.figure('kontor_audit_seal_lag_seconds')).toBe(0)
  expect(await job.figure('kontor_audit_anchor_fails')).toBe(0)
  await job.stop()
  expect(job.said).toEqual([])
})

test('what is left when it stops is sealed before it does', async () => {
  const job = start(60_000)
  await expect.poll(() => job.figure('kontor_audit_sealed_entries'), patience).toBe(0)
  await writeEntries(database.db, { count: 2_500, atOnce: 500 })
  job.move()
  await job.stop()
  expect(await check()).toMatchObject({ ok: true, seals: 3, entries: 2_500, unsealed: 0 })
})

test('an anchor that cannot be written to is told once, and goes on when it can be again', async () => {
  await sealInSteps(database.db, anchor, { seals: 2, each: 3 })
  // Its whole folder, as a share that is not there. Were the file alone put back, the job could make a
  // new one just before.
  const folder = dirname(anchor.file)
  await rename(folder, `${folder}.away`)
  await writeEntries(database.db, { from: 7, count: 3 })
  const job = start(20)
  await expect.poll(() => job.figure('kontor_job_failures_total'), patience).toBeGreaterThan(3)
  expect(await job.figure('kontor_audit_anchor_fails')).toBe(1)
  // The entries are sealed all the same.
  expect(await job.figure('kontor_audit_sealed_entries')).toBe(9)
  const errors = () => job.said.filter(({ level }) => level >= 50)
  // Once by the job, once by the look it takes at the whole anchor when it starts.
  await expect.poll(() => errors().length, patience).toBe(2)
  await rename(`${folder}.away`, folder)
  await expect.poll(async () => (await check()).anchored, patience).toBe(3)
  await expect.poll(() => job.said.at(-1)?.msg, patience).toContain('again')
  expect(errors()).toHaveLength(2)
  expect(await job.figure('kontor_audit_anchor_fails')).toBe(0)
  await job.stop()
})

test.skipIf(process.platform === 'win32')(
  'an anchor whose file system hangs keeps nothing from being sealed, and goes on when it answers',
  async () => {
    await sealInSteps(database.db, anchor, { seals: 2, each: 3 })
    const job = start(20, 100)
    await expect.poll(() => job.figure('kontor_audit_sealed_entries'), patience).toBe(6)
    await rename(anchor.file, `${anchor.file}.away`)
    await makeNamedPipe(anchor.file)
    for (const from of [7, 10, 13]) {
      await writeEntries(database.db, { from, count: 3 })
      job.move()
      await expect.poll(() => job.figure('kontor_audit_sealed_entries'), patience).toBe(from + 2)
    }
    await expect.poll(() => job.figure('kontor_audit_anchor_fails'), patience).toBe(1)
    expect(await job.figure('kontor_audit_seal_lag_seconds')).toBe(0)
    expect(job.said.map(({ msg }) => msg)).toEqual(['the audit is not anchored as it should be'])
    // It waits at the file once, however often it was told of new seals.
    expect(process.getActiveResourcesInfo().filter((one) => one.startsWith('FSReq'))).toHaveLength(
      1,
    )

    const end = await open(anchor.file, 'r+')
    await inTransaction(database.db, async (tx) => {
      // Not while it is between reading and writing.
      await waitForLock(tx, 'anchor')
      await rename(`${anchor.file}.away`, anchor.file)
    })
    await end.close()
    await expect.poll(() => job.figure('kontor_audit_anchor_fails'), { timeout: 5_000 }).toBe(0)
    await job.stop()
    const report = await check()
    expect(report).toMatchObject({ ok: true, entries: 15, unsealed: 0 })
    expect(report.anchored).toBe(report.seals)
  },
)

const lag = 'kontor_audit_seal_lag_seconds'

test('entries that cannot be sealed grow old in the figures, and the reason is told', async () => {
  await sql`
    create function fails() returns trigger language plpgsql as $$ begin raise 'no'; end $$;
    create trigger fails before insert on audit_seal execute function fails();`.execute(database.db)
  await writeEntries(database.db, { count: 3 })
  const job = start(20)
  await expect.poll(() => job.figure(lag), { timeout: 5_000 }).toBeGreaterThan(0.2)
  await expect
    .poll(() => job.said.map(({ msg }) => msg))
    .toEqual(['the audit is not sealed as it should be'])
  await sql`drop function fails cascade`.execute(database.db)
  await expect.poll(() => job.figure(lag), { timeout: 5_000 }).toBe(0)
  expect(job.said.at(-1)?.msg).toBe('the audit is sealed again')
  await job.stop()
})

test('entries grow old in the figures also while the sealing hangs', async () => {
  const job = start(20)
  await expect.poll(() => job.figure('kontor_audit_sealed_entries')).toBe(0)
  await database.db.transaction().execute(async (tx) => {
    await sql`lock table audit_seal in share mode`.execute(tx)
    await writeEntries(database.db, { count: 3 })
    job.move()
    await expect.poll(() => job.figure(lag), { timeout: 5_000 }).toBeGreaterThan(0.2)
    const before = await job.figure(lag)
    await expect.poll(() => job.figure(lag), { timeout: 5_000 }).toBeGreaterThan(before + 0.2)
  })
  await expect.poll(() => job.figure('kontor_audit_sealed_entries')).toBe(3)
  await expect.poll(() => job.figure(lag), { timeout: 5_000 }).toBe(0)
  await job.stop()
})

test('seals that are not those the anchor knows are told, and a broken line in its middle', async () => {
  await sealInSteps(database.db, anchor, { seals: 4, each: 3 })
  const text = await readFile(anchor.file, 'utf8')
  await writeFile(anchor.file, text.replace('"entries":6', '"entries":7'))
  await database.db.deleteFrom('audit_seal').where('n', '=', 4).execute()
  const job = start(20)
  await expect.poll(() => job.said.filter(({ level }) => level >= 50).length, patience).toBe(2)
  expect(job.said.map(({ msg }) => msg).sort()).toEqual([
    'the anchor is broken',
    'the audit is not anchored as it should be',
  ])
  expect(await job.figure('kontor_audit_anchor_fails')).toBe(1)
  await job.stop()
})

test('a gateway seals and anchors what its people do, and says so in its figures', async () => {
  const key = anchor.key.toString('hex')
  const gateway = await startTestGateway({ audit: { file: anchor.file, key } })
  try {
    await load(gateway, smallSeller)
    const other = await gateway.anotherNode()
    await other.close()
    const report = await verifyAudit(gateway.context.db, [{ ...anchor, key: Buffer.from(key) }])
    expect(report).toMatchObject({ ok: true, unsealed: 0 })
    expect(report.entries).toBeGreaterThan(0)
    expect(report.anchored).toBe(report.seals)
    const health = await fetch(`${gateway.url}/healthz`)
    expect(health.status).toBe(200)
    expect(await (await fetch(`${gateway.url}/metrics`)).text()).toContain(
      'kontor_audit_sealed_entries',
    )
  } finally {
    await gateway.close()
  }
})
