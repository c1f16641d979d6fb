import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { runBackupCommand } from '../../../gateway/backup/command-line'
import { backUpOnce } from '../../../gateway/backup/automatic'
import { createGateway } from '../../../gateway/create-gateway'
import { createLog } from '../../../gateway/log'
import { started, temporaryFolder, tidyUpAfterEach } from '../../support/embedded'
import { addUser, signInAs } from '../../support/gateway'
import { testDatabase } from '../../support/postgres'

tidyUpAfterEach()
const log = createLog({ level: 'silent' })

test('a gateway does not start on a database that a later version has changed', async () => {
  const database = await testDatabase()
  try {
    const gateway = await createGateway({ databaseUrl: database.url, log })
    await sql`insert into kysely_migration (name, timestamp)
      values ('9001-from-the-future', '2099-01-01')`.execute(gateway.context.db)
    await gateway.close()
    await expect(createGateway({ databaseUrl: database.url, log })).rejects.toMatchObject({
      code: 'database_newer',
      message: expect.stringContaining('9001-from-the-future'),
    })
  } finally {
    await database.drop()
  }
})

test('a data folder of an older PostgreSQL is left as it is, and its newest backup is the way on', async () => {
  const dataDir = temporaryFolder()
  const backups = join(dataDir, 'backups')
  const versionFile = join(dataDir, 'postgres', 'PG_VERSION')
  const gateway = await createGateway({ dataDir, log })
  await addUser(gateway, { username: 'karin', roles: ['approver'] })
  await gateway.close()

  const refused = () =>
    createGateway({ dataDir, log }).then(
      () => ({ code: 'started', message: '' }),
      ({ code, message }: { code: string; message: string }) => ({ code, message }),
    )
  const present = await readFile(versionFile, 'utf8')
  await writeFile(versionFile, '17\n')
  const without = await refused()
  expect(without.code).toBe('wrong_major_version')
  expect(without.message).toContain(`--backup FILE --data-dir ${dataDir}`)
  expect(without.message).toContain(`no backup made by itself in ${backups}`)

  // As the version before this one would have made it by itself.
  await writeFile(versionFile, present)
  const server = await started({ dataDir })
  await backUpOnce(
    {
      databaseUrl: server.url,
      folder: backups,
      keep: { days: 7, weeks: 4 },
      log,
      now: () => new Date('2026-11-22T14:00:00Z'),
    },
    { beforeUpgrade: false },
  )
  await server.stop()
  await writeFile(versionFile, '17\n')
  const before = await readdir(dataDir, { recursive: true })
  const said = await refused()
  expect(said.code).toBe('wrong_major_version')
  const [name = ''] = await readdir(backups)
  expect(said.message).toContain(join(backups, name))
  expect(said.message).toContain('2026-11-22T14:00:00')
  expect(await readdir(dataDir, { recursive: true })).toEqual(before)

  const newFolder = temporaryFolder()
  const restored = await runBackupCommand(
    { kind: 'restore', file: join(backups, name), signEverybodyOut: false },
    {
      databaseUrl: undefined,
      dataDir: newFolder,
      backupDir: undefined,
      anchors: [],
      anchorKey: {},
      log,
    },
  )
  expect(restored).toMatchObject({ ok: true })
  const goneOn = await createGateway({ dataDir: newFolder, log })
  expect(await signInAs(goneOn, 'karin')).toEqual(expect.any(String))
  await goneOn.close()
}, 60_000)

test('a data folder of a later PostgreSQL asks for the later version of Kontor', async () => {
  const dataDir = temporaryFolder()
  await mkdir(join(dataDir, 'postgres'))
  await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '99\n')
  await expect(createGateway({ dataDir, log })).rejects.toMatchObject({
    code: 'wrong_major_version',
    message: expect.stringContaining('A later version of Kontor'),
  })
})
