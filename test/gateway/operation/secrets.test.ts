import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { readDatabaseAddress } from '../../../gateway/database-address'
import { redactedFailure } from '../../../gateway/log-redaction'
import { runCommandLine } from '../../support/command-line'
import { testDatabase, type TestDatabase } from '../../support/postgres'

const closers: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

async function fileWith(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-secret-'))
  closers.push(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'secret')
  await writeFile(file, text)
  await chmod(file, 0o600)
  return file
}

const withoutPassword = () => {
  const url = new URL(database.url)
  const { password } = url
  url.password = ''
  return { url: url.href, password, host: url.hostname, port: url.port }
}

test('the password comes from a file, the environment or a password file, and is said nowhere', async () => {
  const { url, password, host, port } = withoutPassword()
  const urlFile = await fileWith(`${database.url}\n`)
  const passFile = await fileWith(`${host}:${port}:*:kontor:${password}\n`)
  const ways = [
    runCommandLine(['--database-url-file', urlFile, '--create-admin', 'ada']),
    runCommandLine(['--create-admin', 'berit'], { DATABASE_URL: database.url }),
    runCommandLine(['--database-url', url, '--create-admin', 'cecilia'], { PGPASSFILE: passFile }),
    runCommandLine(['--database-url', url, '--create-admin', 'disa'], { PGPASSWORD: password }),
  ]
  for (const [index, name] of ['ada', 'berit', 'cecilia', 'disa'].entries()) {
    const { code, stdout, stderr } = (await ways[index]) ?? expect.fail('not run')
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toEqual({ created: name, password: expect.any(String) })
    expect(stderr).not.toContain('command line')
    expect(stderr + stdout).not.toContain(password)
    // The new one is printed once, and not to the log.
    expect(stderr).not.toContain((JSON.parse(stdout) as { password: string }).password)
  }
}, 60_000)

test('a password on the command line is refused, with the ways there are and without repeating it', async () => {
  const { url, password } = withoutPassword()
  const asParameter = new URL(url)
  asParameter.searchParams.set('password', password)
  for (const exposed of [database.url, asParameter.href]) {
    const { code, stdout, stderr } = await runCommandLine([
      '--database-url',
      exposed,
      '--create-admin',
      'eva',
    ])
    expect([code, stdout]).toEqual([2, ''])
    for (const way of ['--database-url-file', 'DATABASE_URL', 'PGPASSWORD', 'PGPASSFILE'])
      expect(stderr).toContain(way)
    expect(stderr).not.toContain(password)
  }
}, 60_000)

test('what a program ends with unforeseen says no secret', () => {
  const cause = new Error('connect to postgres://kontor:hem@ligt@db.example/kontor failed')
  const said = redactedFailure(new TypeError('with password=hemligt in it', { cause }))
  expect(said).toContain('TypeError: with password=[redacted] in it\n    at ')
  expect(said).toContain(
    'caused by Error: connect to postgres://kontor:[redacted]@db.example/kontor',
  )
  expect(said).not.toMatch(/hem|ligt/)
})

test('options that are no JSON are told without what stands in them', async () => {
  const file = await fileWith('{ "key": hemligt }')
  const { code, stderr } = await runCommandLine(['--read-prestashop', file], {
    DATABASE_URL: database.url,
  })
  expect(code).toBe(2)
  expect(stderr).toContain(`${file} cannot be read as JSON`)
  expect(stderr).not.toContain('hemligt')
}, 60_000)

test('an address that is none is told without being repeated', async () => {
  const broken = await fileWith('postgres://kontor:hem/lig#t@db:x/kontor')
  const other = await fileWith('mysql://kontor:hemligt@db/kontor')
  for (const [sources, words] of [
    [{ argument: 'postgres://a', file: 'b' }, 'either'],
    [{ file: '/nowhere/at/all' }, 'ENOENT'],
    [{ file: broken }, 'no address'],
    [{ file: other }, 'postgres://'],
    [{ environment: 'kontor:hemligt@db' }, 'DATABASE_URL'],
  ] as const) {
    const read = await readDatabaseAddress({
      argument: undefined,
      file: undefined,
      environment: undefined,
      ...sources,
    })
    expect(read).toMatchObject({ ok: false, message: expect.stringContaining(words) })
    expect(JSON.stringify(read)).not.toMatch(/heml?/)
  }
  expect(
    await readDatabaseAddress({ argument: undefined, file: undefined, environment: '' }),
  ).toEqual({ ok: true, url: undefined })
})
