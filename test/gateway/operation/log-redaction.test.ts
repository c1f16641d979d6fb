import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { destination } from 'pino'
import { Webhook } from 'standardwebhooks'
import { afterEach, expect, test } from 'vitest'
import { createGateway } from '../../../gateway/create-gateway'
import { followServerLog } from '../../../gateway/database/embedded/server-log'
import { createLog } from '../../../gateway/log'
import { sql } from 'kysely'
import { Readable } from 'node:stream'
import { ConsoleClient } from '../../support/console-client'
import { started, temporaryFolder, tidyUpAfterEach } from '../../support/embedded'
import { addTestShop, addUser, signInAs, testPassword } from '../../support/gateway'
import { testDatabase } from '../../support/postgres'
import { load, proposal, smallSeller } from '../../support/small-seller'
import { Client } from 'pg'

tidyUpAfterEach()
const closers: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** A log at its most talkative, in a file that can be read. */
async function writtenLog() {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-log-'))
  closers.push(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'log')
  const log = createLog({ level: 'trace', destination: destination({ dest: file, sync: true }) })
  return { log, text: () => readFile(file, 'utf8') }
}

/** Each stands for something that must not be found in a log. */
const marker = (what: string) => `${what}-${randomUUID().slice(0, 8)}`

test('nothing of who signs in, sends and decides is in the log, however talkative it is', async () => {
  const { log, text } = await writtenLog()
  const database = await testDatabase()
  closers.push(() => database.drop())
  const gateway = await createGateway({ databaseUrl: database.url, log })
  closers.push(() => gateway.close())
  await load(gateway, smallSeller)
  const shop = await addTestShop(gateway)
  await addUser(gateway, { username: 'karin', roles: ['approver', 'admin'] })
  const secrets: string[] = [testPassword, shop.secret, shop.secret.replace('whsec_', '')]
  secrets.push(new URL(database.url).password)
  const secret = (what: string) => {
    const made = marker(what)
    secrets.push(made)
    return made
  }
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(gateway.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    })

  // Signing in: right, wrong, malformed.
  const token = await signInAs(gateway, 'karin')
  secrets.push(token)
  await post('/api/session', JSON.stringify({ username: 'karin', password: secret('wrong') }))
  await post('/api/session', JSON.stringify({ username: secret('name'), password: 'x' }))
  await post('/api/session', `{"username": "karin", "password": "${secret('torn')}`)
  await fetch(`${gateway.url}/api/session`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${secret('nobody-has-this-token')}` },
  })

  // The webshop: taken, refused, wrongly signed, no JSON at all.
  const document = secret('doc')
  await shop.send(proposal(document, { comment: secret('comment') }))
  const refused = await shop.send(proposal(secret('doc'), { contact: secret('contact') }))
  expect(refused.status).toBeGreaterThanOrEqual(400)
  await shop.send({ type: secret('type'), data: { secret: secret('within') } })
  const forged = new Webhook(`whsec_${Buffer.from(secret('key')).toString('base64')}`)
  const at = new Date()
  const id = randomUUID()
  const signature = forged.sign(id, at, '{}')
  secrets.push(signature.slice(3))
  const turnedAway = await post('/storefront/v1/events', '{}', {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': signature,
  })
  expect(turnedAway.status).toBe(401)

  // The console: commands, questions, what fails on the gateway's side.
  const karin = await ConsoleClient.open(gateway.url, token)
  const row = await karin.until('the requisition', () => karin.all('requisition')[0])
  const reason = secret('reason')
  expect(
    await karin.command('requisition.reject', row.id, row.version, { revision: 1, reason }),
  ).toMatchObject({ ok: true })
  const newUser = {
    username: 'agnes',
    displayName: secret('Agnes'),
    password: secret('granit lampa kvarn'),
    roles: ['agent'],
    team: null,
    approvalLimit: null,
  }
  await karin.command('user.create', randomUUID(), null, newUser)
  await karin.send({ id: secret('id'), type: 'requisition.reject', payload: { reason } })
  await karin.query('requisition.search', { text: secret('searched'), cursor: null })
  await post(
    '/api/master-data',
    JSON.stringify({ kind: 'contact', rows: [{ id: secret('row') }] }),
    {
      authorization: `Bearer ${token}`,
    },
  )
  // Rules of the database's own that a bug would break: it repeats the values in its words.
  await sql`alter table audit add constraint never check (false) not valid`.execute(
    gateway.context.db,
  )
  await karin.command('user.disable', randomUUID(), 1)
  const failed = await shop.send(proposal(secret('doc'), { comment: secret('comment') }))
  expect(failed.status).toBe(500)
  for (const statement of [
    sql`select ${secret('value')}::uuid`,
    sql`insert into app_user (id) values (${secret('value')}::uuid)`,
    sql`select ${`{"a": ${secret('json')}`}::jsonb`,
  ]) {
    await statement
      .execute(gateway.context.db)
      .catch((err: unknown) => log.error({ err }, 'failed'))
  }
  karin.close()
  await gateway.close()

  const written = await text()
  expect(written.split('\n').length).toBeGreaterThan(8)
  expect(written).toContain('storefront event refused')
  expect(written).toContain('a shop was turned away')
  expect(written).toContain('a storefront request failed')
  expect(secrets.filter((one) => one !== '' && written.includes(one))).toEqual([])
}, 60_000)

test('what is handed to the log by mistake is hidden by its name, by its looks and in errors', async () => {
  const { log, text } = await writtenLog()
  const loop: Record<string, unknown> = { name: 'loop' }
  loop['itself'] = loop
  log.info(
    {
      password: 'hemligt1',
      user: { token: 'hemligt2', deep: [{ passwordHash: 'hemligt3' }] },
      req: { headers: { authorization: 'hemligt4', cookie: 'hemligt5' } },
      payload: { reason: 'hemligt6' },
      bytes: Buffer.from('hemligt7'),
      said: 'Bearer hemligt8hemligt8 and whsec_hemligt9 at postgres://kontor:hemligt10@db/kontor',
      loop,
    },
    'a line',
  )
  log.child({ token: 'hemligt11', user: 'karin' }).info('bound')
  let broken: unknown
  try {
    JSON.parse('{"password": hemligt12}')
  } catch (thrown) {
    broken = thrown
  }
  log.warn({ err: new Error('it failed', { cause: broken }) }, 'with a cause')
  const written = await text()
  expect(written).not.toContain('hemligt')
  expect(written).toContain('"user":"karin"')
  expect(written).toContain('it failed')
})

test('the embedded server says which statement failed and where, but not with which values', async () => {
  const server = await started({ dataDir: temporaryFolder() })
  const { log, text } = await writtenLog()
  // As it comes from a server that was set otherwise.
  const said = [
    'ERROR:  invalid input syntax for type uuid: "hemligt1',
    '\themligt2"',
    'FATAL:  role "kontor" does not exist',
    'LOG:  checkpoint complete',
    '',
  ]
  await followServerLog(Readable.from([said.join('\n')]), log).ended
  const client = new Client({ connectionString: server.url })
  await client.connect()
  const shown = await client.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings
     where name in ('log_error_verbosity', 'log_min_error_statement') order by name`,
  )
  await client.end()
  expect(shown.rows.map(({ setting }) => setting)).toEqual(['terse', 'panic'])
  const written = await text()
  expect(written).not.toContain('hemligt')
  expect(written).toContain('invalid input syntax for type uuid')
  expect(written).toContain('role \\"kontor\\" does not exist')
})
