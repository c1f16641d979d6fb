import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import { createGateway } from '../../gateway/create-gateway'
import { createLog } from '../../gateway/log'
import { builtCommandLine, runCommandLine } from '../support/command-line'
import { startTestGateway } from '../support/gateway'
import { testDatabase } from '../support/postgres'

const log = createLog({ level: 'silent' })
const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

test('nodes that start together on an empty database migrate it once and agree who they are', async () => {
  const database = await testDatabase({ migrated: false })
  closers.push(() => database.drop())
  const nodes = await Promise.all(
    [1, 2, 3].map(() => createGateway({ databaseUrl: database.url, log })),
  )
  for (const node of nodes) closers.push(() => node.close())
  const ids = await Promise.all(
    nodes.map(({ context }) =>
      context.db
        .selectFrom('installation')
        .select(['gateway_id', 'epoch'])
        .executeTakeFirstOrThrow(),
    ),
  )
  expect(new Set(ids.map((row) => JSON.stringify(row))).size).toBe(1)
})

test('a taken port, a missing database and an unreachable one are told in words', async () => {
  const squatter = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => squatter.once('listening', resolve))
  closers.push(() => promisify(squatter.close.bind(squatter))())
  const database = await testDatabase()
  closers.push(() => database.drop())
  const { port } = squatter.address() as AddressInfo
  await expect(createGateway({ databaseUrl: database.url, port, log })).rejects.toMatchObject({
    code: 'cannot_listen',
    message: expect.stringContaining(String(port)),
  })
  await expect(createGateway({ log })).rejects.toMatchObject({ code: 'no_database' })
  await expect(
    createGateway({ databaseUrl: 'postgres://kontor:x@127.0.0.1:1/none', log }),
  ).rejects.toMatchObject({ code: 'database_unreachable' })
})

test('health, metrics and what is not there', async () => {
  const gateway = await startTestGateway()
  closers.push(() => gateway.close())
  const health = await fetch(`${gateway.url}/healthz`)
  expect({ status: health.status, body: await health.json() }).toEqual({
    status: 200,
    body: { alive: true, ready: true, database: true, feed: true },
  })
  const metrics = await (await fetch(`${gateway.url}/metrics`)).text()
  expect(metrics).toContain('kontor_consoles 0')
  const nothing = await fetch(`${gateway.url}/wp-admin`)
  expect({ status: nothing.status, type: nothing.headers.get('content-type') }).toEqual({
    status: 404,
    type: 'application/problem+json; charset=utf-8',
  })
})

test('the command line prints one JSON line when ready, makes an admin who can sign in, and ends in order', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'kontor-cli-'))
  closers.push(() => rm(dataDir, { recursive: true, force: true }))
  const place = ['--data-dir', dataDir]
  const { said: created } = await runCommandLine([...place, '--create-admin', 'ada'])
  expect(created).toEqual({ created: 'ada', password: expect.any(String) })

  const child = spawn(process.execPath, [await builtCommandLine(), ...place, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  closers.push(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const line = await new Promise<string>((resolve) =>
    child.stdout.once('data', (data: Buffer) => resolve(data.toString())),
  )
  const { listening } = JSON.parse(line) as { listening: string }
  const session = await fetch(`${listening}/api/session`, {
    method: 'POST',
    body: JSON.stringify({ username: 'ada', password: created?.['password'] }),
  })
  expect(session.status).toBe(201)

  const second = await runCommandLine([...place, '--port', '0'])
  expect(second).toMatchObject({ code: 1, stderr: expect.stringContaining('data_dir_in_use') })

  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  const wrong = await runCommandLine(['--prot', '1'])
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('Usage') })
}, 60_000)

test('the command line changes a shop, and says what it cannot make sense of', async () => {
  const database = await testDatabase()
  closers.push(() => database.drop())
  const run = (...options: readonly string[]) =>
    runCommandLine(options, { DATABASE_URL: database.url, KONTOR_LOG_LEVEL: 'silent' })
  const { said: added } = await run('--add-shop', 'butik', '--push-url', 'https://butik.example/k')
  const { said: changed } = await run(
    '--change-shop',
    'butik',
    '--disable',
    '--no-push',
    '--availability',
    '--rotate-secret',
  )
  expect(changed).toEqual({
    shop: 'butik',
    pushUrl: null,
    status: 'disabled',
    availability: true,
    secret: expect.stringMatching(/^whsec_/),
    formerSecretUntil: expect.stringMatching(/Z$/),
  })
  expect(added).toMatchObject({ shop: 'butik', secret: expect.stringMatching(/^whsec_/) })
  expect(changed?.['secret']).not.toBe(added?.['secret'])
  for (const [options, code, words] of [
    [['--change-shop', 'butik'], 2, 'what is to be changed'],
    [['--change-shop', 'butik', '--at-once'], 2, '--rotate-secret'],
    [['--change-shop', 'butik', '--enable', '--disable'], 2, 'either'],
    [['--change-shop', 'butik', '--availability', '--no-availability'], 2, 'either'],
    [['--no-availability'], 2, '--change-shop'],
    [['--disable'], 2, '--change-shop'],
    [['--trust-proxy', '12'], 2, 'no number of proxies'],
    [['--change-shop', 'nobody', '--enable'], 1, 'unknown_shop'],
  ] as const) {
    expect(await run(...options)).toMatchObject({ code, stderr: expect.stringContaining(words) })
  }
}, 180_000)

test('what is logged holds no password and no token', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-log-'))
  closers.push(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'log')
  const { destination } = await import('pino')
  const written = createLog({
    level: 'trace',
    destination: destination({ dest: file, sync: true }),
  })
  written.info(
    {
      password: 'hemligt1',
      user: { token: 'hemligt2' },
      shop: { secret: 'hemligt3' },
      req: { headers: { authorization: 'hemligt4' } },
    },
    'a line',
  )
  expect(await readFile(file, 'utf8')).not.toContain('hemligt')
})
