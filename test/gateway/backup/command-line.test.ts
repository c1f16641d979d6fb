import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { readBackupArguments } from '../../../gateway/backup/arguments'
import { runBackupCommand } from '../../../gateway/backup/command-line'
import { restore } from '../../../gateway/backup/restore'
import { tellRestore } from '../../../gateway/backup/tell-restore'
import { backUp } from '../../../gateway/backup/write'
import { verifyDatabase } from '../../../gateway/audit/verify-database'
import { createGateway } from '../../../gateway/create-gateway'
import { createLog } from '../../../gateway/log'
import { addShop } from '../../../gateway/storefront/manage-shops'
import { runCommandLine } from '../../support/command-line'
import { addUser, signInAs } from '../../support/gateway'
import { testDatabase } from '../../support/postgres'
import { load, smallSeller } from '../../support/small-seller'
import { temporaryFolder } from '../../support/temporary-folder'

const log = createLog({ level: 'silent' })

const run = (...options: readonly string[]) =>
  runCommandLine(options, { KONTOR_LOG_LEVEL: 'silent' })

const place = (dataDir: string) => ({
  databaseUrl: undefined,
  dataDir,
  backupDir: undefined,
  anchors: [],
  anchorKey: {},
  log,
})

test('an embedded database is backed up, and restored into another folder', async () => {
  const home = await temporaryFolder()
  const [data, other, file] = ['data', 'other', 'a.backup'].map((name) => join(home, name)) as [
    string,
    string,
    string,
  ]
  const backup = { kind: 'backup', file, force: false } as const
  const restore = { kind: 'restore', file, signEverybodyOut: false } as const
  const first = await createGateway({ dataDir: data, log })
  await load(first, smallSeller)
  await addUser(first, { username: 'karin', roles: ['approver'] })
  await expect(runBackupCommand(backup, place(data))).rejects.toMatchObject({
    code: 'data_dir_in_use',
    message: expect.stringContaining(join(data, 'backups')),
  })
  await expect(runBackupCommand(restore, place(data))).rejects.toMatchObject({
    code: 'data_dir_in_use',
    message: expect.stringContaining('Restore into a new folder'),
  })
  await first.close()

  expect(await run('--data-dir', data, '--backup', file)).toMatchObject({
    code: 0,
    said: { backup: file, rows: expect.any(Number), bytes: expect.any(Number) },
  })
  expect(await runBackupCommand(restore, place(data))).toMatchObject({
    error: { code: 'database_not_empty' },
  })
  expect(await run('--data-dir', other, '--restore', file)).toMatchObject({
    code: 0,
    said: { restored: file, rows: expect.any(Number) },
  })
  const anchored = await readFile(join(other, 'audit', 'anchor.jsonl'), 'utf8')
  expect(JSON.parse(anchored)).toMatchObject({ kind: 'restored' })
  await rm(data, { recursive: true })
  const second = await createGateway({ dataDir: other, log })
  expect(await signInAs(second, 'karin')).toEqual(expect.any(String))
  await second.close()
  expect(await verifyDatabase({ dataDir: other, anchors: [] }, log)).toMatchObject({ ok: true })
  expect((await readdir(home)).sort()).toEqual(['a.backup', 'other'])
}, 120_000)

test('the anchors of a server are told of the restore, again where it failed, and go on from there', async () => {
  const home = await temporaryFolder()
  const [source, target] = [await testDatabase(), await testDatabase({ migrated: false })]
  onTestFinished(async () => {
    await source.drop()
    await target.drop()
  })
  const key = 'en nyckel som är lång nog för ett ankare'
  const audit = { file: join(home, 'anchor.jsonl'), key }
  // Another node's, on a share that comes and goes.
  const share = join(home, 'share')
  const second = join(share, 'anchor.jsonl')
  const file = join(home, 'a.backup')
  const server = (databaseUrl: string, anchors: readonly string[]) => ({
    ...place(home),
    databaseUrl,
    anchors,
    anchorKey: { key },
  })
  const lines = async (of = audit.file) =>
    (await readFile(of, 'utf8'))
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { kind: string; n: number })
  /** Somebody works on that database; what its anchor ends with then. How many seals come of it is up to the clock. */
  const sealed = async (databaseUrl: string, username: string) => {
    const gateway = await createGateway({ databaseUrl, audit, log })
    await addShop(gateway.context.db, { id: username, name: username, pushUrl: null })
    // What is left is sealed when a gateway stops.
    await gateway.close()
    const last = (await lines()).at(-1)
    expect(last).toMatchObject({ kind: 'sealed' })
    return last?.n ?? 0
  }
  const backedUp = await sealed(source.url, 'ett')
  const backup = { kind: 'backup', file, force: false } as const
  const both = [audit.file, second]
  const tell = { kind: 'tell_restore' } as const
  expect(await runBackupCommand(backup, server(source.url, both))).toMatchObject({ ok: true })
  expect(await sealed(source.url, 'två')).toBeGreaterThan(backedUp)
  const known = await lines()
  await mkdir(share)
  await cp(audit.file, second)
  await expect(runBackupCommand(tell, server(source.url, both))).rejects.toMatchObject({
    code: 'never_restored',
  })
  const restore = { kind: 'restore', file, signEverybodyOut: false } as const
  expect(await runBackupCommand(restore, server(target.url, both))).toMatchObject({ ok: true })
  expect((await lines(second)).at(-1)).toMatchObject({ kind: 'restored', n: backedUp })
  // As if the share had gone away in the midst of it.
  const told = await readFile(second, 'utf8')
  await writeFile(second, told.slice(0, told.lastIndexOf('{')))
  // Without being told, an anchor that knows a later seal would not be led on to another.
  const resealed = await sealed(target.url, 'tre')
  const written = await lines()
  const restored = { kind: 'restored', n: backedUp }
  expect(written.slice(0, known.length + 1)).toMatchObject([...known, restored])
  expect(resealed).toBeGreaterThan(backedUp)
  const check = () => verifyDatabase({ databaseUrl: target.url, key, anchors: both }, log)
  expect(await check()).toMatchObject({ ok: false, problems: [{ code: 'anchor_differs' }] })
  // Told long after, and once more; the other one knows.
  for (const _again of [1, 2]) {
    expect(await runBackupCommand(tell, server(target.url, both))).toEqual({
      ok: true,
      said: { told: both, seal: backedUp },
    })
  }
  expect(await lines()).toEqual(written)
  expect(await lines(second)).toMatchObject([...known, restored])
  expect(await check()).toMatchObject({ ok: true, anchored: resealed })
  await expect(runBackupCommand(tell, server(target.url, []))).rejects.toMatchObject({
    code: 'no_anchor',
  })
}, 120_000)

test('an anchor that cannot be told does not keep the others from being told, and is named', async () => {
  const home = await temporaryFolder()
  const [source, target] = [await testDatabase(), await testDatabase({ migrated: false })]
  onTestFinished(async () => {
    await source.drop()
    await target.drop()
  })
  await (await createGateway({ databaseUrl: source.url, log })).close()
  const file = join(home, 'a.backup')
  expect(await backUp({ databaseUrl: source.url, file })).toMatchObject({ ok: true })
  expect(await restore({ databaseUrl: target.url, file })).toMatchObject({ ok: true })
  const key = Buffer.from('en nyckel som är lång nog för ett ankare')
  const [gone, there] = [join(home, 'gone', 'anchor.jsonl'), join(home, 'anchor.jsonl')]
  const anchors = [gone, there].map((at) => ({ file: at, key }))
  await expect(tellRestore(target.url, anchors, log)).rejects.toMatchObject({
    code: 'anchor_not_told',
    message: expect.stringContaining(gone),
  })
  expect(await readFile(there, 'utf8')).toContain('"restored"')
  await mkdir(join(home, 'gone'))
  await tellRestore(target.url, anchors, log)
  expect(await readFile(gone, 'utf8')).toContain('"restored"')
})

test('a backup does not make the database it is of', async () => {
  const home = await temporaryFolder()
  const backup = { kind: 'backup', file: join(home, 'x'), force: false } as const
  await expect(runBackupCommand(backup, place(join(home, 'none')))).rejects.toMatchObject({
    code: 'no_database',
  })
  expect(await readdir(home)).toEqual([])
})

describe('options', () => {
  const embedded = { isServer: false, isOtherTask: false }
  const server = { isServer: true, isOtherTask: false }
  const task = { isServer: false, isOtherTask: true }

  test.each([
    [{ backup: 'a', restore: 'b' }, embedded],
    [{ restore: 'b', 'tell-restore': true }, embedded],
    [{ 'tell-restore': true }, task],
    [{ backup: '' }, embedded],
    [{ restore: '' }, embedded],
    [{ backup: 'a' }, task],
    [{ force: true }, embedded],
    [{ restore: 'a', force: true }, embedded],
    [{ backup: 'a', 'sign-everybody-out': true }, embedded],
    [{ 'backup-dir': 'd' }, server],
    [{ 'backup-keep': '3' }, server],
    [{ 'backup-keep': '0' }, embedded],
    [{ 'backup-keep': '1.5' }, embedded],
    [{ 'backup-keep': 'x' }, embedded],
  ])('that make no sense are refused: %j %j', (values, place) => {
    expect(readBackupArguments(values, place)).toMatchObject({ ok: false })
  })

  test.each([
    [{}, server, null, { days: 7 }],
    [{ backup: 'a' }, server, { kind: 'backup', file: 'a', force: false }, { days: 7 }],
    [{ backup: 'a', force: true }, embedded, { kind: 'backup', file: 'a', force: true }, {}],
    [{ restore: 'a' }, server, { kind: 'restore', file: 'a', signEverybodyOut: false }, {}],
    [{ 'tell-restore': true }, server, { kind: 'tell_restore' }, {}],
    [{ 'backup-dir': 'd', 'backup-keep': '30' }, task, null, { folder: 'd', days: 30 }],
  ])('say what is to be done: %j', (values, place, command, settings) => {
    expect(readBackupArguments(values, place)).toMatchObject({ ok: true, command, settings })
  })
})
