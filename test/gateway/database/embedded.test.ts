import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  isRoot,
  processesIn,
  query,
  spawnOwner,
  start,
  started,
  temporaryFolder,
  tidyUp,
  tidyUpAfterEach,
} from '../../support/embedded'
import { fastFolder } from '../../support/fast-folder'

tidyUpAfterEach()

const everythingIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()

const snapshot = (folder: string): readonly unknown[] =>
  everythingIn(folder).map((path) => {
    const { mode, uid, size, mtimeMs } = statSync(path)
    return [path, mode, uid, size, mtimeMs]
  })

/** A stopped database with one row, the number 7, that the tests get copies of. */
const original = mkdtempSync(join(fastFolder(), 'kontor-embedded-'))
beforeAll(async () => {
  const server = await started({ dataDir: original })
  await query(server.url, 'create table kept as select 7 as number')
  await server.stop()
})
afterAll(() => rmSync(original, { recursive: true, force: true }))

/** As put back from a backup: as root, every file belongs to root and not to the server's user. */
function usedDataDir(): string {
  const dataDir = join(temporaryFolder(), 'data')
  cpSync(original, dataDir, { recursive: true })
  return dataDir
}

describe('a fresh data folder', () => {
  test('becomes a database that keeps what it is given', async () => {
    const dataDir = join(temporaryFolder(), 'not', 'there', 'yet')
    const server = await started({ dataDir })
    expect(server.version).toMatch(/^18\.\d+/)
    expect(server.url).toContain(`@127.0.0.1:${server.port}/kontor`)
    await query(server.url, 'create table kept as select 7 as number')
    await server.stop()
    await server.stop()
    expect(await server.exited).toEqual({ code: 0, signal: null, wasAsked: true })

    const again = await started({ dataDir })
    expect(await query(again.url, 'select number from kept')).toEqual([7])
  })

  test('is set to lose nothing and to answer alike everywhere', async () => {
    const { url } = await started({ dataDir: temporaryFolder() })
    const settings = ['fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums']
    for (const name of settings)
      expect([name, await query(url, `show ${name}`)]).toEqual([name, ['on']])
    expect(await query(url, 'show server_encoding')).toEqual(['UTF8'])
    expect(await query(url, 'show timezone')).toEqual(['UTC'])
    expect(await query(url, `select upper('åäö'), 'Ö' < 'ä', 'a' < 'B'`)).toEqual([
      'ÅÄÖ',
      true,
      false,
    ])
  })

  test('lets in only the gateway, from this machine, with its password', async () => {
    const dataDir = temporaryFolder()
    const { url } = await started({ dataDir })
    const running = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
    expect({ socketFolder: running[4], address: running[5] }).toEqual({
      socketFolder: '',
      address: '127.0.0.1',
    })
    expect(await query(url, 'select rolsuper from pg_roles where rolname = current_user')).toEqual([
      false,
    ])
    const wrong = new URL(url)
    wrong.password = 'guess'
    await expect(query(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' })
    wrong.username = 'postgres'
    await expect(query(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28000' })
  })

  test.skipIf(process.platform === 'win32')('is closed to others, password and all', async () => {
    const dataDir = join(temporaryFolder(), 'data')
    await started({ dataDir })
    const open = everythingIn(dataDir).filter((path) => (statSync(path).mode & 0o077) !== 0)
    expect(open).toEqual([])
  })

  test.runIf(isRoot)('may lie where only root can go, and nothing above it is opened', async () => {
    const parent = temporaryFolder()
    const dataDir = join(parent, 'private', 'data')
    mkdirSync(dirname(dataDir), { mode: 0o700 })
    const server = await started({ dataDir })
    await query(server.url, 'create table kept as select 7 as number')
    await server.stop()
    expect(statSync(parent).mode & 0o777).toBe(0o700)
    expect(statSync(dirname(dataDir))).toMatchObject({ uid: 0, mode: 0o40700 })
    expect(statSync(join(dataDir, 'postgres')).uid).not.toBe(0)
    const again = await started({ dataDir })
    expect(await query(again.url, 'select number from kept')).toEqual([7])
  })
})

describe('one owner at a time', () => {
  test('a second start is refused with the pid of the first', async () => {
    const dataDir = usedDataDir()
    const owner = await spawnOwner({ dataDir })
    expect(owner.outcome.ok).toBe(true)
    const refused = { code: 'data_dir_in_use', details: { pid: owner.process.pid } }
    expect(await start({ dataDir })).toMatchObject({ ok: false, error: refused })
  })

  test('of many that start at once one gets it, and the others are told who', async () => {
    const dataDir = temporaryFolder()
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => start({ dataDir })))
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
    for (const outcome of outcomes) {
      if (outcome.ok) expect(await query(outcome.server.url, 'select 1')).toEqual([1])
      else
        expect(outcome.error).toMatchObject({
          code: 'data_dir_in_use',
          details: { pid: process.pid },
        })
    }
  })
})

describe('what is broken', () => {
  test.each([
    ['garbage', '{"password": "short'],
    ['another password', `{"password":"${'0'.repeat(48)}"}`],
    ['nothing', ''],
  ])('%s in the password file costs a new password, no data', async (_what, content) => {
    const dataDir = usedDataDir()
    writeFileSync(join(dataDir, 'postgres', 'kontor.json'), content)
    const server = await started({ dataDir })
    expect(await query(server.url, 'select number from kept')).toEqual([7])
    await server.stop()
    const again = await started({ dataDir })
    expect(new URL(again.url).password).toBe(new URL(server.url).password)
  })

  test('the database of another major version is left alone', async () => {
    const dataDir = usedDataDir()
    writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '17\n')
    const before = snapshot(dataDir)
    const details = { found: '17', expected: '18' }
    expect(await start({ dataDir })).toMatchObject({
      ok: false,
      error: { code: 'wrong_major_version', details },
    })
    expect(snapshot(dataDir)).toEqual(before)
  })

  test.each([
    [
      'a folder of something else',
      (at: string) => {
        mkdirSync(at)
        writeFileSync(join(at, 'letter.txt'), 'Dear all')
      },
    ],
    ['a file', (at: string) => writeFileSync(at, 'Dear all')],
  ])('%s in the place of the database is left alone', async (_what, make) => {
    const dataDir = temporaryFolder()
    make(join(dataDir, 'postgres'))
    const before = snapshot(dataDir)
    expect(await start({ dataDir })).toMatchObject({
      ok: false,
      error: { code: 'data_dir_unusable' },
    })
    expect(snapshot(dataDir)).toEqual(before)
  })

  test('a data folder that is a file is said to be unusable', async () => {
    const dataDir = join(temporaryFolder(), 'file')
    writeFileSync(dataDir, 'x')
    const error = { code: 'data_dir_unusable', details: { code: 'ENOTDIR' } }
    expect(await start({ dataDir })).toMatchObject({ ok: false, error })
    expect(readFileSync(dataDir, 'utf8')).toBe('x')
  })

  test('a server that will not start says why, and can be started once that is mended', async () => {
    const dataDir = usedDataDir()
    const outcome = await start({ dataDir, extraFlags: ['-c', 'shared_buffers=plenty'] })
    expect(outcome).toMatchObject({ ok: false, error: { code: 'start_failed' } })
    expect(JSON.stringify(outcome)).toContain('invalid value for parameter \\"shared_buffers\\"')
    const server = await started({ dataDir })
    expect(await query(server.url, 'select number from kept')).toEqual([7])
  })

  test('a port that another program has is tried anew, and in the end given up', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    tidyUp(() => other.close())
    const { port } = other.address() as AddressInfo
    const outcome = await start({ dataDir: temporaryFolder(), extraFlags: ['-c', `port=${port}`] })
    expect(outcome).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('port') },
    })
  })

  test.runIf(process.platform === 'linux')(
    'a start that takes too long is called off',
    async () => {
      const dataDir = usedDataDir()
      expect(await start({ dataDir, timeoutMs: 0 })).toMatchObject({
        ok: false,
        error: { code: 'start_timed_out' },
      })
      expect(processesIn(join(dataDir, 'postgres'))).toEqual([])
      await started({ dataDir })
    },
  )
})
