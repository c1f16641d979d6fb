import { execFile } from 'node:child_process'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { readBackupArguments } from '../../../gateway/backup/arguments'
import { runBackupCommand } from '../../../gateway/backup/command-line'
import { verifyDatabase } from '../../../gateway/audit/verify-database'
import { createGateway } from '../../../gateway/create-gateway'
import { createLog } from '../../../gateway/log'
import { addShop } from '../../../gateway/storefront/manage-shops'
import { addUser, signInAs } from '../../support/gateway'
import { testDatabase } from '../../support/postgres'
import { load, smallSeller } from '../../support/small-seller'
import { temporaryFolder } from '../../support/temporary-folder'

const log = createLog({ level: 'silent' })

async function run(...options: readonly string[]) {
  const args = ['--import', 'tsx', 'gateway/cli.ts', ...options]
  const env: NodeJS.ProcessEnv = { ...process.env, KONTOR_LOG_LEVEL: 'silent' }
  delete env['DATABASE_URL']
  const { code, stdout, stderr } = await promisify(execFile)(process.execPath, args, { env }).then(
    (output) => ({ code: 0, ...output }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  )
  const said = stdout === '' ? null : (JSON.parse(stdout) as Record<string, unknown>)
  return { code, said, stderr }
}

const place = (dataDir: string) => ({
  databaseUrl: undefined,
  dataDir,
  backupDir: undefined,
  anchor: {},
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

test('the anchor of a server is told of the restore, and goes on from there', async () => {
  const home = await temporaryFolder()
  const [source, target] = [await testDatabase(), await testDatabase({ migrated: false })]
  onTestFinished(async () => {
    await source.drop()
    await target.drop()
  })
  const audit = {
    file: join(home, 'anchor.jsonl'),
    key: 'en nyckel som är lång nog för ett ankare',
  }
  const file = join(home, 'a.backup')
  const server = (databaseUrl: string) => ({ ...place(home), databaseUrl, anchor: audit })
  const lines = async () =>
    (await readFile(audit.file, 'utf8'))
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { kind: string; n: number })
  const sealed = async (databaseUrl: string, username: string, seals: number) => {
    const gateway = await createGateway({ databaseUrl, audit, log })
    await addShop(gateway.context.db, { id: username, name: username, pushUrl: null })
    // What is left is sealed when a gateway stops.
    await gateway.close()
    expect((await lines()).at(-1)?.n).toBeGreaterThanOrEqual(seals)
  }
  await sealed(source.url, 'ett', 1)
  const backup = { kind: 'backup', file, force: false } as const
  expect(await runBackupCommand(backup, server(source.url))).toMatchObject({ ok: true })
  await sealed(source.url, 'två', 2)
  const restore = { kind: 'restore', file, signEverybodyOut: false } as const
  expect(await runBackupCommand(restore, server(target.url))).toMatchObject({ ok: true })
  // Without being told, an anchor that knows a second seal would not be led on to another.
  await sealed(target.url, 'tre', 2)
  const written = await lines()
  expect(written.slice(0, 4)).toMatchObject([
    { kind: 'sealed', n: 1 },
    { kind: 'sealed', n: 2 },
    { kind: 'restored', n: 1 },
    { kind: 'sealed', n: 2 },
  ])
  const anchors = [audit.file]
  const checked = await verifyDatabase({ databaseUrl: target.url, key: audit.key, anchors }, log)
  expect(checked).toMatchObject({ ok: true, anchored: written.at(-1)?.n })
}, 120_000)

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
    [{ 'backup-dir': 'd', 'backup-keep': '30' }, task, null, { folder: 'd', days: 30 }],
  ])('say what is to be done: %j', (values, place, command, settings) => {
    expect(readBackupArguments(values, place)).toMatchObject({ ok: true, command, settings })
  })
})
