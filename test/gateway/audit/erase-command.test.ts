import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { eraseEntries } from '../../../gateway/audit/erase-many'
import { verifyDatabase } from '../../../gateway/audit/verify-database'
import { createGateway } from '../../../gateway/create-gateway'
import { auditDatabase, newAnchor, sealInSteps, silent, writeEntries } from '../../support/audit'
import { runCommandLine } from '../../support/command-line'
import { addUser } from '../../support/gateway'
import { temporaryFolder } from '../../support/temporary-folder'

let database: Awaited<ReturnType<typeof auditDatabase>>
beforeEach(async () => {
  database = await auditDatabase()
})
afterEach(() => database.drop())

function run(...options: readonly string[]) {
  const server = options.includes('--data-dir') ? {} : { DATABASE_URL: database.url }
  return runCommandLine(options, { ...server, KONTOR_LOG_LEVEL: 'silent' })
}

test('the command line lists and then erases all that names a person, sealed and anchored', async () => {
  const key = 'en nyckel som är lång nog för ett ankare'
  const anchor = { ...(await newAnchor()), key: Buffer.from(key) }
  const keyFile = join(await temporaryFolder(), 'key')
  await writeFile(keyFile, `${key}\n`, { mode: 0o600 })
  await sealInSteps(database.db, anchor, { seals: 2, each: 4 })
  // The same person, once more.
  await writeEntries(database.db, { from: 3, count: 1 })
  const place = ['--audit-anchor', anchor.file]
  const withKey = [...place, '--audit-key-file', keyFile]

  const listed = { seq: 3, at: expect.any(String), type: 'requisition.approved' }
  const entries = [listed, { ...listed, seq: 9 }]
  expect(await run(...withKey, '--erase-audit-of', 'Karin 3')).toMatchObject({
    code: 0,
    said: { toErase: 2, entries },
  })
  const kept = await database.db.selectFrom('audit').selectAll().where('salt', 'is', null).execute()
  expect(kept).toEqual([])

  const why = ['--reason', 'Asked for by the person, 2026-11-23.']
  expect(await run(...withKey, '--erase-audit-of', 'Karin 3', ...why)).toMatchObject({
    code: 0,
    said: { erased: 2, entries },
  })
  const options = { databaseUrl: database.url, anchors: [anchor.file], key }
  // A gateway that closes seals what nothing older holds back, and other tests write on the same server:
  // what this one had to leave is sealed as the next one closes.
  const sealed = async () => {
    const report = await verifyDatabase(options, silent)
    if (report.unsealed > 0) await run(...withKey, '--erase-audit-of', 'Nobody')
    return { ...report, isAnchored: report.anchored === report.seals }
  }
  await expect
    .poll(sealed, { timeout: 60_000, interval: 200 })
    .toMatchObject({ ok: true, erasedEntries: [3, 9], unsealed: 0, isAnchored: true })
  const tellings = await database.db
    .selectFrom('audit')
    .select(['data', 'actor', 'aggregate_id'])
    .where('type', '=', 'audit.erased')
    .orderBy('seq')
    .execute()
  expect(tellings).toMatchObject([
    { aggregate_id: '3', data: { reason: why[1] }, actor: { kind: 'system', name: 'gateway' } },
    { aggregate_id: '9', data: { reason: why[1] } },
  ])

  expect(await run(...withKey, '--erase-audit-of', 'Karin 3', ...why)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('not_found'),
  })
  const nowhere = ['--audit-anchor', `${anchor.file}.not`]
  expect(
    await run(...nowhere, '--audit-key-file', keyFile, '--erase-audit', '4', ...why),
  ).toMatchObject({ code: 1, stderr: expect.stringContaining('no_anchor') })
  const other = join(await temporaryFolder(), 'other')
  await writeFile(other, 'another key, and a long one it is', { mode: 0o600 })
  expect(
    await run(...place, '--audit-key-file', other, '--erase-audit', '4', ...why),
  ).toMatchObject({ code: 1, stderr: expect.stringContaining('audit_anchor_broken') })
}, 120_000)

test('by numbers, many at once; what was erased and what tells of it is left out', async () => {
  const { key } = await newAnchor()
  await writeEntries(database.db, { count: 300, atOnce: 100 })
  const erase = (ranges: readonly (readonly [number, number])[]) =>
    eraseEntries(database.db, { which: { kind: 'numbered', ranges }, why: 'Asked for.' }, key)
  expect(await erase([[2, 2]])).toMatchObject({ ok: true, value: { erased: 1 } })
  const erased = await erase([
    [1, 250],
    [260, 260],
  ])
  expect(erased).toMatchObject({ ok: true, value: { erased: 250 } })
  expect(erased.ok && (erased.value as { entries: unknown[] }).entries).toHaveLength(100)
  const { count } = await database.db
    .selectFrom('audit')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('salt', 'is', null)
    .executeTakeFirstOrThrow()
  expect(count).toBe(251)
  expect(await erase([[301, 600]])).toMatchObject({ ok: false, error: { code: 'not_found' } })
})

test('an embedded database has its key beside it', async () => {
  const dataDir = join(await temporaryFolder(), 'data')
  const gateway = await createGateway({ dataDir, log: silent })
  await addUser(gateway, { username: 'karin', roles: ['approver'] })
  await writeEntries(gateway.context.db, { count: 3 })
  await gateway.close()
  expect(
    await run('--data-dir', dataDir, '--erase-audit-of', 'Karin 2', '--reason', 'Asked for.'),
  ).toMatchObject({ code: 0, said: { erased: 1 } })
  expect(await verifyDatabase({ dataDir, anchors: [] }, silent)).toMatchObject({
    ok: true,
    erased: 1,
    unsealed: 0,
  })
  const anchor = await readFile(join(dataDir, 'audit/anchor.jsonl'), 'utf8')
  expect(anchor).not.toContain('Karin')
}, 120_000)
