import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { verifyDatabase } from '../../../gateway/audit/verify-database'
import { createGateway } from '../../../gateway/create-gateway'
import { auditDatabase, newAnchor, sealInSteps, silent } from '../../support/audit'
import { runCommandLine } from '../../support/command-line'
import { testDatabase } from '../../support/postgres'
import { load, smallSeller } from '../../support/small-seller'
import { temporaryFolder } from '../../support/temporary-folder'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const run = (options: readonly string[], env: Record<string, string> = {}) =>
  runCommandLine(options, { KONTOR_LOG_LEVEL: 'silent', ...env })

test('the command line checks an audit by its anchors while it is in use, and ends by what it found', async () => {
  const database = await auditDatabase()
  closers.push(() => database.drop())
  const [first, second] = [await newAnchor(), await newAnchor()]
  const key = 'en nyckel som är lång nog för ett ankare'
  const withKey = { key: Buffer.from(key) }
  await sealInSteps(database.db, { ...first, ...withKey }, { seals: 3, each: 4 })
  await sealInSteps(database.db, { ...second, ...withKey }, { seals: 1, each: 4 })
  const check = ['--verify-audit']
  const anchors = ['--audit-anchor', first.file, '--audit-anchor', second.file]
  const server = { DATABASE_URL: database.url }
  expect(await run([...check, ...anchors], { ...server, KONTOR_AUDIT_KEY: key })).toMatchObject({
    code: 0,
    said: { ok: true, seals: 4, entries: 16, unsealed: 0, erased: 0, anchored: 4, problems: [] },
  })
  await database.db.updateTable('audit').set({ version: 99 }).where('seq', '=', 2).execute()
  const keyFile = join(await temporaryFolder(), 'key')
  await writeFile(keyFile, `${key}\n`, { mode: 0o600 })
  expect(await run([...check, ...anchors, '--audit-key-file', keyFile], server)).toMatchObject({
    code: 1,
    said: { ok: false, problemsFound: 1, problems: [{ code: 'entry_changed', seal: 1, seq: 2 }] },
  })
  expect(await run([...check, '--create-admin', 'ada'], server)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('nothing else'),
  })
}, 120_000)

test('what a check needs and does not have is told', async () => {
  const database = await auditDatabase()
  closers.push(() => database.drop())
  const empty = await testDatabase({ migrated: false })
  closers.push(() => empty.drop())
  const { file } = await newAnchor()
  const databaseUrl = database.url
  const key = 'k'.repeat(40)
  for (const [options, code] of [
    [{ databaseUrl, anchors: [file] }, 'audit_key_missing'],
    [{ databaseUrl, anchors: [file], key }, 'audit_anchor_unusable'],
    [{ databaseUrl, anchors: [file], keyFile: '/nowhere' }, 'audit_key_unreadable'],
    [{ databaseUrl: empty.url, anchors: [] }, 'nothing_sealed'],
    [{ databaseUrl: 'postgres://kontor:x@127.0.0.1:1/none', anchors: [] }, 'database_unreachable'],
    [{ anchors: [] }, 'no_database'],
    [{ anchors: [], dataDir: '/nowhere/at/all' }, 'no_database'],
  ] as const) {
    await expect(verifyDatabase(options, silent), code).rejects.toMatchObject({ code })
  }
})

test('an embedded database has its anchor beside it, and is checked by that when it is stopped', async () => {
  const dataDir = join(await temporaryFolder(), 'data')
  const gateway = await createGateway({ dataDir, log: silent })
  closers.push(() => gateway.close())
  await load(gateway, smallSeller)
  await gateway.close()
  const report = await verifyDatabase({ dataDir, anchors: [] }, silent)
  expect(report).toMatchObject({ ok: true, unsealed: 0, anchored: report.seals })
  expect(report.entries).toBeGreaterThan(0)

  const anchor = join(dataDir, 'audit/anchor.jsonl')
  const lines = (await readFile(anchor, 'utf8')).trimEnd().split('\n')
  lines.push(lines.pop()?.replace('"entries":', '"entries":1') ?? '', '')
  await writeFile(anchor, lines.join('\n'))
  const { ok, problems } = await verifyDatabase({ dataDir, anchors: [] }, silent)
  expect({ ok, problems }).toMatchObject({ ok: false, problems: [{ code: 'anchor_broken' }] })
  // A gateway does not lead such an anchor on in silence either.
  await expect(createGateway({ dataDir, log: silent })).rejects.toMatchObject({
    code: 'audit_anchor_broken',
  })
}, 120_000)
