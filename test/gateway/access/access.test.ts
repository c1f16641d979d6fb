import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { protocolVersion } from '../../../contract/feed'
import { ConsoleClient } from '../../support/console-client'
import {
  addTestShop,
  addUser,
  signInAs,
  startTestGateway,
  testPassword,
  type TestGateway,
} from '../../support/gateway'
import { load, proposal, smallSeller } from '../../support/small-seller'

let gateway: TestGateway
let shop: Awaited<ReturnType<typeof addTestShop>>
let adminId: string
let admin: ConsoleClient

beforeAll(async () => {
  gateway = await startTestGateway()
  await load(gateway, smallSeller)
  shop = await addTestShop(gateway)
  adminId = await addUser(gateway, { username: 'adam', roles: ['admin'] })
  admin = await ConsoleClient.open(gateway.url, await signInAs(gateway, 'adam'))
})
afterAll(async () => {
  admin.close()
  await gateway.close()
})

const newPassword = 'lykta berg sjunga 4'
const create = (username: string, rest: object = {}) =>
  admin.command('user.create', randomUUID(), null, {
    username,
    displayName: username,
    password: testPassword,
    roles: ['approver'],
    team: null,
    approvalLimit: null,
    ...rest,
  })

function post(body: unknown) {
  return fetch(`${gateway.url}/api/session`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

test('a wrong name and a wrong password are told apart by nobody', async () => {
  const wrongName = await post({ username: 'nobody', password: testPassword })
  const wrongPassword = await post({ username: 'adam', password: 'not the password' })
  expect([wrongName.status, wrongPassword.status]).toEqual([401, 401])
  const problems = [await wrongName.json(), await wrongPassword.json()] as [object, object]
  expect(problems[0]).toEqual(problems[1])
  expect(wrongName.headers.get('content-type')).toContain('application/problem+json')
})

test.each([
  ['no JSON', '{', 400, 'malformed'],
  ['a wrong type', { username: 1, password: 'x' }, 422, 'invalid'],
  ['a missing field', { username: 'adam' }, 422, 'invalid'],
  ['a field too many', { username: 'adam', password: 'x', admin: true }, 422, 'invalid'],
  ['a body too large', { username: 'adam', password: 'x'.repeat(20_000) }, 413, 'too_large'],
])('signing in with %s is refused in words', async (_what, body, status, code) => {
  const response = await post(body)
  expect(response.status).toBe(status)
  expect(await response.json()).toMatchObject({ code, detail: expect.stringMatching(/\.$/) })
})

test('guessing is stopped for a while, whether the user exists or not', async () => {
  for (const username of ['guessed', 'adam-guess']) {
    const statuses: number[] = []
    for (let guess = 0; guess < 8; guess += 1)
      statuses.push((await post({ username, password: `guess ${guess}` })).status)
    expect(statuses.slice(0, 6)).toEqual(Array(6).fill(401))
    expect(statuses.at(-1)).toBe(429)
  }
  const last = await post({ username: 'guessed', password: 'x' })
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
})

test('tokens are kept as hashes, and a forged one opens nothing', async () => {
  const token = await signInAs(gateway, 'adam')
  const { rows } = await gateway.context.db
    .selectFrom('session')
    .selectAll()
    .execute()
    .then((rows) => ({ rows }))
  expect(JSON.stringify(rows)).not.toContain(token)
  for (const forged of ['forged', token.slice(0, -2) + 'xx', '']) {
    await expect(ConsoleClient.open(gateway.url, forged || 'x')).rejects.toMatchObject({
      refusal: { code: 'unauthenticated' },
    })
    const response = await fetch(`${gateway.url}/api/master-data`, {
      method: 'POST',
      headers: { authorization: `Bearer ${forged}` },
      body: '{}',
    })
    expect(response.status).toBe(401)
  }
})

test('signing out closes the sockets of that session, on every node, and no others', async () => {
  await addUser(gateway, { username: 'karin', roles: ['approver'] })
  const other = await gateway.anotherNode()
  const leaving = await signInAs(gateway, 'karin')
  const staying = await signInAs(gateway, 'karin')
  const here = await ConsoleClient.open(gateway.url, leaving)
  const there = await ConsoleClient.open(other.url, leaving)
  const stays = await ConsoleClient.open(other.url, staying)
  const response = await fetch(`${gateway.url}/api/session`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${leaving}` },
  })
  expect(response.status).toBe(204)
  for (const console of [here, there]) {
    await console.until('the goodbye', () => console.goodbye)
    expect(console.goodbye).toBe('session_ended')
  }
  expect((await stays.query('order.search', {})).ok).toBe(true)
  expect(stays.socket.connected).toBe(true)
  await expect(ConsoleClient.open(gateway.url, leaving)).rejects.toMatchObject({
    refusal: { code: 'unauthenticated' },
  })
  stays.close()
})

test('a console of another protocol is told so in words', async () => {
  const token = await signInAs(gateway, 'adam')
  await expect(ConsoleClient.open(gateway.url, token, { protocol: 999 })).rejects.toMatchObject({
    refusal: { code: 'protocol_mismatch', details: { gateway: protocolVersion, console: 999 } },
  })
})

test('a user added by the admin signs in on a second console and sees only what the role may', async () => {
  await shop.send(proposal('own'))
  await shop.send(proposal('foreign', { contact: 'per' }))
  expect(await create('erik', { roles: ['rep'], approvalLimit: 500_000 })).toMatchObject({
    ok: true,
  })
  expect(await create('agneta', { roles: ['agent'] })).toMatchObject({ ok: true })
  const erik = await ConsoleClient.open(gateway.url, await signInAs(gateway, 'erik'))
  const agneta = await ConsoleClient.open(gateway.url, await signInAs(gateway, 'agneta'))

  expect(erik.all('requisition').map(({ value }) => value.shop.documentId)).toEqual(['own'])
  expect(erik.all('company').map(({ id }) => id)).toEqual(['1001'])
  expect(erik.all('contact').every(({ value }) => value.companyId === '1001')).toBe(true)
  expect(erik.get('article', 'RB-2206')?.value.cost).toEqual({ amount: 9_100_000, currency: 'SEK' })

  expect(agneta.all('requisition')).toEqual([])
  expect(agneta.all('company')).toEqual([])
  expect(agneta.get('article', 'RB-2206')?.value).toMatchObject({ cost: null, supplier: null })
  expect(agneta.changes.some(({ value }) => JSON.stringify(value).includes('9100000'))).toBe(false)

  // Others' limits are left out of what is sent; one's own is there, and the admin's console has all.
  const ownRow = erik.all('user').find(({ value }) => value.username === 'erik')
  expect(ownRow?.value.approvalLimit).toBe(500_000)
  expect(
    agneta.all('user').find(({ value }) => value.username === 'erik')?.value,
  ).not.toHaveProperty('approvalLimit')
  expect(
    admin.all('user').find(({ value }) => value.username === 'erik')?.value.approvalLimit,
  ).toBe(500_000)

  for (const client of [erik, agneta]) {
    const search = await client.query('requisition.search', {})
    expect(
      search.ok
        ? (search.result as { rows: { companyId: string }[] }).rows.map(
            ({ companyId }) => companyId,
          )
        : search.error.code,
    ).toEqual(client === erik ? ['1001'] : 'forbidden')
  }
  const foreign = admin.all('requisition').find(({ value }) => value.shop.documentId === 'foreign')
  expect(await erik.query('requisition.get', { id: foreign?.id })).toMatchObject({
    ok: false,
    error: { code: 'not_found' },
  })
  expect(await erik.query('audit.of', { aggregateId: foreign?.id })).toMatchObject({
    ok: false,
    error: { code: 'not_found' },
  })
  expect(
    await erik.query('price.resolve', { companyId: '1002', articleId: 'RB-2206', quantity: 1000 }),
  ).toMatchObject({ ok: false, error: { code: 'not_found' } })

  // The account changes hands: what was his goes from his console, what is now his comes to it.
  await load(gateway, {
    company: [
      { ...smallSeller.company![0]!, accountOwner: 'sara' },
      { ...smallSeller.company![1]!, accountOwner: 'erik' },
    ],
  })
  await erik.until(
    'the other account',
    () => erik.get('company', '1002') && !erik.get('company', '1001'),
  )
  expect(erik.all('requisition').map(({ value }) => value.shop.documentId)).toEqual(['foreign'])
  await load(gateway, { company: smallSeller.company!.slice(0, 2) })
  erik.close()
  agneta.close()
})

test('members of a team see each other’s accounts, from the moment they are a team', async () => {
  await create('tove', { roles: ['rep'], team: 'nord' })
  await create('sara', { roles: ['rep'], team: 'syd' })
  const tove = await ConsoleClient.open(gateway.url, await signInAs(gateway, 'tove'))
  expect(tove.all('company')).toEqual([])
  const sara = await admin.until('sara', () =>
    admin.all('user').find(({ value }) => value.username === 'sara'),
  )
  await admin.command('user.update', sara.id, sara.version, {
    displayName: 'Sara',
    roles: ['rep'],
    team: 'nord',
    approvalLimit: null,
  })
  await tove.until('the account of the team', () => tove.get('company', '1002'))
  expect(tove.welcomes.at(-1)).toMatchObject({ reset: true })
  tove.close()
})

test('a change of roles begins the replica anew; being disabled ends the session', async () => {
  const created = await create('petra', { roles: ['approver'] })
  const id = created.ok ? String(created.result['userId']) : ''
  const petra = await ConsoleClient.open(gateway.url, await signInAs(gateway, 'petra'))
  expect(petra.all('company').length).toBeGreaterThan(0)
  await admin.command('user.update', id, 1, {
    displayName: 'Petra',
    roles: ['agent'],
    team: null,
    approvalLimit: null,
  })
  await petra.until(
    'an emptier replica',
    () => petra.all('company').length === 0 && petra.welcomes.length > 1,
  )
  await admin.command('user.disable', id, 2)
  await petra.until('the goodbye', () => petra.goodbye === 'session_ended')
  const refused = await post({ username: 'petra', password: testPassword })
  expect(await refused.json()).toMatchObject({ code: 'user_disabled' })
  await admin.command('user.enable', id, 3)
  await admin.command('user.set_password', id, 4, { password: newPassword })
  expect((await post({ username: 'petra', password: testPassword })).status).toBe(401)
  expect((await post({ username: 'petra', password: newPassword })).status).toBe(201)
})

test('an old epoch, a cursor from the future and one of other rights get a fresh snapshot', async () => {
  const token = await signInAs(gateway, 'adam')
  const current = await ConsoleClient.open(gateway.url, token)
  const cursor = current.cursor!
  current.close()
  const resumed = await ConsoleClient.open(gateway.url, token, { cursor })
  expect(resumed.welcomes[0]).toMatchObject({ reset: false })
  expect(resumed.changes.length).toBeLessThan(5)
  resumed.close()
  for (const bad of [
    { ...cursor, epoch: randomUUID() },
    { ...cursor, seq: cursor.seq + 1_000_000 },
  ]) {
    const fresh = await ConsoleClient.open(gateway.url, token, { cursor: bad })
    expect(fresh.welcomes[0]).toMatchObject({ reset: true })
    expect(fresh.all('article').length).toBe(smallSeller.article!.length)
    fresh.close()
  }
})

test.each([
  ['a name that is taken', { username: 'adam' }, 'username_taken'],
  ['a short password', { username: 'kort', password: 'kort' }, 'password_too_short'],
  ['a common password', { username: 'vanlig', password: 'password1234' }, 'password_too_common'],
  ['no role', { username: 'rollos', roles: [] }, 'invalid'],
  ['a role that is none', { username: 'rollfel', roles: ['king'] }, 'invalid'],
  ['a name with spaces', { username: 'två ord' }, 'invalid'],
  ['a negative limit', { username: 'minus', approvalLimit: -1 }, 'invalid'],
])('a user with %s is refused', async (_what, rest, code) => {
  const { username, ...others } = rest as { username: string }
  expect(await create(username, others)).toMatchObject({ ok: false, error: { code } })
})

test('the last admin stays one', async () => {
  const me = admin.get('user', adminId)!
  expect(await admin.command('user.disable', adminId, me.version)).toMatchObject({
    ok: false,
    error: { code: 'last_admin' },
  })
  expect(
    await admin.command('user.update', adminId, me.version, {
      displayName: 'Adam',
      roles: ['agent'],
      team: null,
      approvalLimit: null,
    }),
  ).toMatchObject({
    ok: false,
    error: { code: 'last_admin' },
  })
})

test('no password and no token is ever written to audit, feed or commands', async () => {
  for (const table of ['audit', 'feed', 'command'] as const) {
    const text = JSON.stringify(await gateway.context.db.selectFrom(table).selectAll().execute())
    expect(text).not.toContain(testPassword)
    expect(text).not.toContain('argon2')
  }
})

test('a socket from a web page is not let in unless its origin is allowed', async () => {
  const response = await fetch(`${gateway.url}/socket.io/?EIO=4&transport=polling`, {
    headers: { origin: 'https://evil.example' },
  })
  expect(response.status).toBeGreaterThanOrEqual(400)
})
