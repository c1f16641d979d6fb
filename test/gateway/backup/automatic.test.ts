import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  backUpOnce,
  startAutomaticBackups,
  type AutomaticBackupOptions,
} from '../../../gateway/backup/automatic'
import { checkBackup } from '../../../gateway/backup/read'
import { restore } from '../../../gateway/backup/restore'
import { createGateway } from '../../../gateway/create-gateway'
import { connect } from '../../../gateway/database/connect'
import { migrate } from '../../../gateway/database/migrate'
import { openInstallation } from '../../../gateway/installation'
import { createLog } from '../../../gateway/log'
import { setSeller } from '../../../gateway/installation'
import { inTransaction } from '../../../gateway/database/transaction'
import { started, temporaryFolder, tidyUpAfterEach } from '../../support/embedded'
import { testDatabase, type TestDatabase } from '../../support/postgres'

tidyUpAfterEach()

let database: TestDatabase
let folder: string
let now: Date
const log = createLog({ level: 'silent' })

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kontor-backups-'))
  database = await testDatabase()
  now = new Date('2026-11-23T08:00:00Z')
  await change('Ett')
})
afterEach(async () => {
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

const options = (more: Partial<AutomaticBackupOptions> = {}): AutomaticBackupOptions => ({
  databaseUrl: database.url,
  folder,
  keep: { days: 3, weeks: 2 },
  log,
  now: () => now,
  ...more,
})

/** Something happens in the database. */
async function change(name: string): Promise<void> {
  const { db, close } = connect(database.url, { maxConnections: 1, onError: () => undefined })
  await openInstallation(db)
  const seller = { name, currency: 'SEK', timeZone: 'Europe/Stockholm' } as const
  await inTransaction(db, (tx) =>
    setSeller(tx, { ...seller, vatMode: 'per_row', syncedPriceMaxAgeHours: null }),
  )
  await close()
}

const later = (hours: number) => (now = new Date(now.getTime() + hours * 3_600_000))

test('one is made at once, and then each day when something has happened', async () => {
  const states: { newest: Date | null; failed: boolean }[] = []
  const backups = startAutomaticBackups(options({ onState: (state) => states.push(state) }), {
    firstLookMs: 1,
    lookMs: 10,
  })
  try {
    const names = () => readdir(folder)
    await expect.poll(names, { timeout: 10_000 }).toEqual(['kontor-20261123T080000Z.backup'])
    await change('Två')
    later(23)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(await names()).toHaveLength(1)
    later(1)
    await expect.poll(names, { timeout: 10_000 }).toContain('kontor-20261124T080000Z.backup')
    expect(states.at(-1)).toEqual({ newest: expect.any(Date), failed: false })
  } finally {
    await backups.stop()
  }
})

test('where nothing has happened no file is added; one that is damaged does not count', async () => {
  await backUpOnce(options(), { beforeUpgrade: false })
  later(24)
  await backUpOnce(options(), { beforeUpgrade: false })
  expect(await readdir(folder)).toEqual(['kontor-20261123T080000Z.backup'])
  const [name = ''] = await readdir(folder)
  const bytes = await readFile(join(folder, name))
  await writeFile(join(folder, name), bytes.subarray(0, 500))
  await backUpOnce(options(), { beforeUpgrade: false })
  expect(await readdir(folder)).toHaveLength(2)
})

test('it is told of what moment there is a backup, also where that is an older file', async () => {
  const newest: (string | undefined)[] = []
  const backups = startAutomaticBackups(
    options({ onState: (state) => newest.push(state.newest?.toISOString()) }),
    { firstLookMs: 1, lookMs: 10 },
  )
  try {
    const last = () => newest.at(-1)
    await expect.poll(last, { timeout: 10_000 }).toBe('2026-11-23T08:00:00.000Z')
    later(24)
    await expect.poll(last, { timeout: 10_000 }).toBe('2026-11-24T08:00:00.000Z')
    expect(await readdir(folder)).toEqual(['kontor-20261123T080000Z.backup'])
  } finally {
    await backups.stop()
  }
})

test('the one from before an upgrade is kept as such, also where it holds the same as the last', async () => {
  await backUpOnce(options(), { beforeUpgrade: false })
  later(3)
  expect(await backUpOnce(options(), { beforeUpgrade: true })).toMatchObject({
    name: 'kontor-20261123T080000Z-before-upgrade.backup',
    beforeUpgrade: true,
  })
  for (let day = 0; day < 14; day += 1) {
    later(24)
    await change(`Dag ${day}`)
    await backUpOnce(options({ keep: { days: 1, weeks: 1 } }), { beforeUpgrade: false })
  }
  const names = await readdir(folder)
  expect(names).toHaveLength(2)
  expect(names).toContain('kontor-20261123T080000Z-before-upgrade.backup')
}, 60_000)

test('who stops does not wait until a whole backup has been read', async () => {
  const { name } = await backUpOnce(options(), { beforeUpgrade: false })
  const file = join(folder, name)
  expect(await checkBackup(file, new AbortController().signal)).toMatchObject({ trailer: {} })
  await expect(checkBackup(file, AbortSignal.abort(new Error('stopped')))).rejects.toThrow(
    'stopped',
  )
})

test('old ones go; what is none of ours, and what was broken off, are told apart', async () => {
  await writeFile(join(folder, 'mine.backup'), 'x')
  await writeFile(join(folder, 'kontor-20261101T080000Z.backup.partial'), 'x')
  await writeFile(join(folder, 'other.partial'), 'x')
  for (let day = 0; day < 21; day += 1) {
    await change(`Dag ${day}`)
    await backUpOnce(options(), { beforeUpgrade: false })
    later(24)
  }
  expect(await readdir(folder)).toEqual([
    // The last three days, and the last day of the week before: 13 December is a Sunday.
    'kontor-20261206T080000Z.backup',
    'kontor-20261211T080000Z.backup',
    'kontor-20261212T080000Z.backup',
    'kontor-20261213T080000Z.backup',
    'mine.backup',
    'other.partial',
  ])
}, 60_000)

test('a failure is told and tried again; the rest goes on', async () => {
  const states: { failed: boolean }[] = []
  const file = join(folder, 'file')
  await writeFile(file, 'in the way')
  const backups = startAutomaticBackups(
    options({ folder: file, onState: (state) => states.push(state) }),
    { firstLookMs: 1, lookMs: 10 },
  )
  try {
    await vi.waitFor(() => expect(states.at(-1)).toMatchObject({ failed: true }))
    const failures = states.length
    await rm(file)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(states).toHaveLength(failures)
    later(1)
    await vi.waitFor(() => expect(states.at(-1)).toMatchObject({ failed: false }), 10_000)
  } finally {
    await backups.stop()
  }
})

test('a gateway with its own database makes one before an upgrade, or does not upgrade', async () => {
  const dataDir = temporaryFolder()
  const server = await started({ dataDir })
  const { db, close } = connect(server.url, { maxConnections: 1, onError: () => undefined })
  await migrate(db, '0005-demand')
  await db
    .insertInto('installation')
    .values({ gateway_id: crypto.randomUUID(), epoch: crypto.randomUUID() })
    .execute()
  await close()
  await server.stop()
  const backups = join(dataDir, 'backups')
  await writeFile(backups, 'in the way')
  await expect(createGateway({ dataDir, log })).rejects.toMatchObject({
    code: 'backup_before_upgrade_failed',
  })
  await rm(backups)
  const gateway = await createGateway({ dataDir, log })
  await gateway.close()
  const names = await readdir(backups)
  expect(names).toEqual([expect.stringMatching(/^kontor-\d{8}T\d{6}Z-before-upgrade\.backup$/)])
  const empty = await testDatabase({ migrated: false })
  const file = join(backups, names[0] ?? '')
  const restored = await restore({ databaseUrl: empty.url, file })
  expect(restored).toMatchObject({ ok: true, header: { migrations: { length: 5 } } })
  await empty.drop()
}, 60_000)
