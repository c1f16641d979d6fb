import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { connect } from '../../../gateway/database/connect'
import { migrate, migrationNames } from '../../../gateway/database/migrate'
import { backUp } from '../../../gateway/backup/write'
import { restore } from '../../../gateway/backup/restore'
import { allRows } from '../../support/database-rows'
import { ConsoleClient } from '../../support/console-client'
import {
  addTestShop,
  addUser,
  signInAs,
  startTestGateway,
  type TestGateway,
} from '../../support/gateway'
import { startFaultProxy } from '../../support/fault-proxy/fault-proxy'
import { testDatabase, type TestDatabase } from '../../support/postgres'
import { load, proposal, smallSeller } from '../../support/small-seller'

let gateway: TestGateway
let folder: string
let file: string
const databases: TestDatabase[] = []

/** A small business day: what comes in, what is decided, and a tab, a line break and a backslash. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kontor-backup-'))
  gateway = await startTestGateway()
  await load(gateway, smallSeller)
  const shop = await addTestShop(gateway)
  await addUser(gateway, { username: 'karin', roles: ['approver'] })
  const karin = await ConsoleClient.open(gateway.url, await signInAs(gateway, 'karin'))
  for (let n = 0; n < 6; n += 1) {
    const comment = 'flik:\t rad:\n ny rad, \\. \\N och "citat" – 你好 🧾'
    expect(await shop.send(proposal(`D-${n}`, { comment }))).toMatchObject({ status: 202 })
  }
  const all = await karin.until('all', () => {
    const seen = karin.all('requisition')
    return seen.length === 6 && seen
  })
  for (const { id, version } of all.slice(0, 3))
    expect(await karin.command('requisition.approve', id, version, { revision: 1 })).toMatchObject({
      ok: true,
    })
  karin.close()
  file = join(folder, 'day.backup')
  expect(await backUp({ databaseUrl: gateway.databaseUrl, file })).toMatchObject({ ok: true })
})
afterAll(async () => {
  await gateway.close()
  await rm(folder, { recursive: true, force: true })
})
afterEach(async () => {
  for (const database of databases.splice(0)) await database.drop()
})

async function emptyDatabase(): Promise<string> {
  const database = await testDatabase({ migrated: false })
  databases.push(database)
  return database.url
}

/** The file's text, changed by a hand that packs it again. */
async function forged(change: (text: string) => string): Promise<string> {
  const path = join(folder, 'forged.backup')
  await writeFile(path, gzipSync(change(gunzipSync(await readFile(file)).toString())))
  return path
}

/** It is refused for this reason, and the database is as empty as it was. */
async function refused(path: string, code: string): Promise<void> {
  const url = await emptyDatabase()
  const outcome = await restore({ databaseUrl: url, file: path })
  expect(outcome).toMatchObject({ ok: false, error: { code } })
  expect(await allRows(url)).toEqual({})
}

test('every row comes back, at the newest schema, as text of any kind', async () => {
  const url = await emptyDatabase()
  const restored = await restore({ databaseUrl: url, file })
  expect(restored).toMatchObject({ ok: true, header: { migrations: migrationNames } })
  const [before, after] = [await allRows(gateway.databaseUrl), await allRows(url)]
  for (const table of Object.keys(before)) {
    if (!['installation', 'audit', 'audit_seal'].includes(table))
      expect([table, after[table]]).toEqual([table, before[table]])
  }
  expect(after['requisition']?.join()).toContain('你好')
  expect(after['audit']).toEqual(expect.arrayContaining([...(before['audit'] ?? [])]))
})

test('sessions are kept, unless everybody is to sign in anew', async () => {
  const [kept, left] = [await emptyDatabase(), await emptyDatabase()]
  await restore({ databaseUrl: kept, file })
  await restore({ databaseUrl: left, file, signEverybodyOut: true })
  expect((await allRows(kept))['session']?.length).toBe(1)
  expect((await allRows(left))['session']).toEqual([])
})

test('one from every earlier schema is brought up to this one', async () => {
  for (const name of migrationNames) {
    const [old, url] = [await emptyDatabase(), await emptyDatabase()]
    const { db, close } = connect(old, { maxConnections: 1, onError: () => undefined })
    await migrate(db, name)
    await sql`insert into installation (gateway_id, epoch) values (gen_random_uuid(), gen_random_uuid());
      insert into audit (type, actor, aggregate_kind, aggregate_id, version, data, origin)
        values ('a', '{}', 'k', '1', 1, '{}', '{}')`.execute(db)
    await close()
    const path = join(folder, `${name}.backup`)
    const made = await backUp({ databaseUrl: old, file: path })
    expect(made, name).toMatchObject({ ok: true })
    const restored = await restore({ databaseUrl: url, file: path })
    expect(restored, name).toMatchObject({ ok: true })
    const rows = await allRows(url)
    expect(rows['audit']?.length).toBe(2)
    expect(rows['audit_seal']).toEqual([])
  }
  // Two databases for each there is.
}, 120_000)

describe('a file is refused', () => {
  test('that is something else', async () => {
    const path = join(folder, 'other')
    await writeFile(path, 'pg_dump: no')
    await refused(path, 'not_a_backup')
    await writeFile(path, gzipSync('{"app":"other","format":1}\n'))
    await refused(path, 'not_a_backup')
    await writeFile(path, gzipSync(Buffer.alloc(5_000_000, 'x')))
    await refused(path, 'not_a_backup')
    await refused(join(folder, 'none'), 'backup_unreadable')
    await refused(folder, 'backup_unreadable')
  })

  test.each([0.2, 0.5, 0.9, 0.999])('that ends after %f of it', async (share) => {
    const whole = await readFile(file)
    const path = join(folder, 'short')
    await writeFile(path, whole.subarray(0, Math.floor(whole.length * share)))
    await refused(path, 'backup_truncated')
  })

  test('that is empty, or was packed without its end', async () => {
    const path = join(folder, 'empty')
    await writeFile(path, '')
    await refused(path, 'backup_truncated')
    const withoutTrailer = (text: string) => text.slice(0, text.lastIndexOf('\n{"rows"') + 1)
    await refused(await forged(withoutTrailer), 'backup_truncated')
  })

  test('in which a bit has changed', async () => {
    const whole = await readFile(file)
    whole[Math.floor(whole.length / 2)]! ^= 1
    const path = join(folder, 'bit')
    await writeFile(path, whole)
    await refused(path, 'backup_damaged')
  })

  test.each([
    ['a value', (text: string) => text.replace('Ahlbergs Rör', 'Ahlbergs Rot')],
    ['a row less', (text: string) => text.replace(/^1001\t.*\n/m, '')],
    ['a row more', (text: string) => text.replace(/^(1001\t.*\n)/m, '$1$1')],
    ['a count', (text: string) => text.replace('"company":4', '"company":5')],
    ['something behind it', (text: string) => `${text}{"more":1}\n`],
  ])('in which a hand has changed %s', async (_what, change) => {
    await refused(await forged(change), 'backup_damaged')
  })

  test('that a later version has made', async () => {
    await refused(
      await forged((text) => text.replace('"format":1', '"format":2')),
      'backup_too_new',
    )
    const later = (text: string) =>
      withChecksum(
        text.replace(`"${migrationNames.at(-1)}"]`, `"${migrationNames.at(-1)}","9999-x"]`),
      )
    await refused(await forged(later), 'backup_too_new')
  })

  test('whose rows do not belong together, however well it is summed up', async () => {
    const orphan = (text: string) => withChecksum(text.replace(/^1001\t(.*)\n/m, '1099\t$1\n'))
    await refused(await forged(orphan), 'backup_damaged')
  })
})

/** The same text with the right sum, as somebody would forge it who knows how. */
function withChecksum(text: string): string {
  const end = text.lastIndexOf('\n{"rows"') + 1
  const trailer = JSON.parse(text.slice(end)) as Record<string, unknown>
  const sha256 = createHash('sha256').update(text.slice(0, end)).digest('hex')
  return `${text.slice(0, end)}${JSON.stringify({ ...trailer, sha256 })}\n`
}

test('a database that is not empty is refused and left alone', async () => {
  const url = await emptyDatabase()
  await restore({ databaseUrl: url, file })
  const before = await allRows(url)
  const again = await restore({ databaseUrl: url, file })
  expect(again).toMatchObject({ ok: false, error: { code: 'database_not_empty' } })
  expect(await allRows(url)).toEqual(before)
})

test('a file that is there is only replaced when told to; nothing else stays behind', async () => {
  const place = join(folder, 'place')
  await mkdir(place)
  const path = join(place, 'a.backup')
  await writeFile(path, 'mine')
  const options = { databaseUrl: gateway.databaseUrl, file: path }
  expect(await backUp(options)).toMatchObject({ error: { code: 'backup_exists' } })
  expect(await readFile(path, 'utf8')).toBe('mine')
  expect(await backUp({ ...options, force: true })).toMatchObject({ ok: true })
  expect(await readdir(place)).toEqual(['a.backup'])
  if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600)
  const nowhere = join(folder, 'nowhere', 'a.backup')
  expect(await backUp({ ...options, file: nowhere })).toMatchObject({
    error: { code: 'backup_unwritable' },
  })
})

test('a database without anything of ours, and one that is not there, are told', async () => {
  const path = join(folder, 'nothing.backup')
  expect(await backUp({ databaseUrl: await emptyDatabase(), file: path })).toMatchObject({
    error: { code: 'no_kontor_database' },
  })
  const gone = 'postgres://nobody@127.0.0.1:1/none'
  expect(await backUp({ databaseUrl: gone, file: path })).toMatchObject({
    error: { code: 'database_failed' },
  })
  expect(await restore({ databaseUrl: gone, file })).toMatchObject({
    error: { code: 'database_failed' },
  })
  expect((await readdir(folder)).filter((name) => name.startsWith('nothing'))).toEqual([])
})

test('rows are counted rightly, however the network cuts up what comes', async () => {
  const cable = await startFaultProxy(gateway.databaseUrl)
  // The end of a table and the count of its rows come in pieces of their own.
  cable.suffer({ toClient: { sliceBytes: 5 } })
  const url = new URL(gateway.databaseUrl)
  url.port = String(cable.port)
  const path = join(folder, 'sliced')
  expect(await backUp({ databaseUrl: url.href, file: path })).toMatchObject({ ok: true })
  await cable.close()
})

test('a backup that is broken off leaves nothing behind', async () => {
  const path = join(folder, 'broken.backup')
  const signal = AbortSignal.abort()
  const making = backUp({ databaseUrl: gateway.databaseUrl, file: path, signal })
  await expect(making).rejects.toThrow()
  expect((await readdir(folder)).filter((name) => name.startsWith('broken'))).toEqual([])
})

test('no column of the schema holds a transaction number that a backup would carry along', async () => {
  const url = await emptyDatabase()
  const { db, close } = connect(url, { maxConnections: 1, onError: () => undefined })
  await migrate(db)
  await sql`insert into installation (gateway_id, epoch) values (gen_random_uuid(), gen_random_uuid())`.execute(
    db,
  )
  await sql`alter table company add column xid xid8`.execute(db)
  await close()
  await expect(backUp({ databaseUrl: url, file: join(folder, 'xid') })).rejects.toThrow(
    'company.xid',
  )
})
