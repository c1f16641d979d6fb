import { pbkdf2, randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ConsoleClient } from '../../support/console-client'
import { addUser, signInAs, startTestGateway, type TestGateway } from '../../support/gateway'

let gateway: TestGateway
let admin: ConsoleClient
let karin: ConsoleClient
let karinId: string
beforeAll(async () => {
  gateway = await startTestGateway()
  await addUser(gateway, { username: 'adam', roles: ['admin'] })
  karinId = await addUser(gateway, { username: 'karin', roles: ['approver'] })
  admin = await ConsoleClient.open(gateway.url, await signInAs(gateway, 'adam'))
  karin = await ConsoleClient.open(gateway.url, await signInAs(gateway, 'karin'))
})
afterAll(async () => {
  for (const client of [admin, karin]) client.close()
  await gateway.close()
})

const password = 'lykta berg sjunga 4'
const newUser = (username: string) => ({
  username,
  displayName: username,
  password,
  roles: ['agent'],
  team: null,
  approvalLimit: null,
})

/**
 * Keep the threads that hash busy while `work` runs, so that hashing takes as long as anyone could
 * wish; `free` says whether they still are.
 */
async function whileHashingIsSlow<T>(work: (isSlow: () => boolean) => Promise<T>): Promise<T> {
  let busy = 8
  const load = Array.from({ length: busy }, () =>
    promisify(pbkdf2)('x', 'y', 700_000, 64, 'sha512').then(() => (busy -= 1)),
  )
  try {
    // Below five some thread is free.
    return await work(() => busy >= 5)
  } finally {
    await Promise.all(load)
  }
}

async function openTransactions(): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from pg_stat_activity
    where datname = current_database() and state = 'idle in transaction'`.execute(
    gateway.context.db,
  )
  return rows[0]?.count ?? 0
}

test.each([
  ['user.create', () => randomUUID(), () => newUser(`u${randomUUID().slice(0, 8)}`)],
  ['user.set_password', () => karinId, () => ({ password })],
] as const)('%s holds no transaction open while it hashes', async (type, idOf, payloadOf) => {
  const answers = await whileHashingIsSlow(async (isSlow) => {
    const answer = admin.command(type, idOf(), null, payloadOf())
    await new Promise((resolve) => setTimeout(resolve, 250))
    const seen: number[] = []
    while (isSlow() && seen.length < 10) {
      seen.push(await openTransactions())
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    // Otherwise the machine was too fast for this to say anything.
    expect(seen.length).toBeGreaterThan(0)
    expect(Math.min(...seen)).toBe(0)
    return answer
  })
  expect(answers).toMatchObject({ ok: true })
})

test('who may not set a password is refused without anything being hashed', async () => {
  const other = await addUser(gateway, { username: 'lars', roles: ['approver'] })
  const lars = await ConsoleClient.open(gateway.url, await signInAs(gateway, 'lars'))
  await whileHashingIsSlow(async (isSlow) => {
    const answers = await Promise.all([
      lars.command('user.create', randomUUID(), null, newUser('mallory')),
      lars.command('user.set_password', other, null, { password }),
    ])
    expect(isSlow()).toBe(true)
    for (const answer of answers)
      expect(answer).toMatchObject({ ok: false, error: { code: 'forbidden' } })
  })
  lars.close()
})

test('the same id again is answered alike, and nothing is hashed for it', async () => {
  const [id, userId, payload] = [randomUUID(), randomUUID(), newUser('same')]
  const first = await admin.command('user.create', userId, null, payload, id)
  expect(first).toMatchObject({ ok: true })
  await whileHashingIsSlow(async (isSlow) => {
    expect(await admin.command('user.create', userId, null, payload, id)).toEqual(first)
    expect(isSlow()).toBe(true)
  })
})

test('an id that is a user already is refused as such, whatever the name', async () => {
  const id = randomUUID()
  expect(await admin.command('user.create', id, null, newUser('first'))).toMatchObject({ ok: true })
  for (const username of ['second', 'first']) {
    expect(await admin.command('user.create', id, null, newUser(username))).toMatchObject({
      ok: false,
      error: { code: 'already_exists', details: { aggregateId: id } },
    })
  }
  expect(await admin.command('user.create', randomUUID(), null, newUser('first'))).toMatchObject({
    ok: false,
    error: { code: 'username_taken' },
  })
})

test('twenty that want the same name at once: one gets it', async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      admin.command('user.create', randomUUID(), null, newUser('wanted')),
    ),
  )
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  for (const answer of answers) {
    if (!answer.ok) expect(answer.error.code).toBe('username_taken')
  }
})

test('a name or a limit reaches the console as a change; only rights begin the replica anew', async () => {
  const tove = await addUser(gateway, { username: 'tove', roles: ['rep', 'approver'] })
  const client = await ConsoleClient.open(gateway.url, await signInAs(gateway, 'tove'))
  const rest = { roles: ['approver', 'rep'], team: null }
  const update = (version: number, payload: object) =>
    admin.command('user.update', tove, version, { ...rest, ...payload })

  expect(await update(1, { displayName: 'Tove T', approvalLimit: 700 })).toMatchObject({ ok: true })
  await client.until('the change', () => client.get('user', tove)?.version === 2)
  expect(client.get('user', tove)?.value).toMatchObject({
    displayName: 'Tove T',
    approvalLimit: 700,
  })
  expect(client.welcomes.filter(({ reset }) => reset)).toHaveLength(1)

  await update(2, { displayName: 'Tove T', approvalLimit: 700, team: 'nord' })
  await client.until('a new beginning', () => client.welcomes.at(-1)?.user.team === 'nord')
  expect(client.welcomes.at(-1)).toMatchObject({ reset: true })
  await update(3, { displayName: 'Tove T', approvalLimit: 700, team: 'nord', roles: ['agent'] })
  await client.until('another', () => client.welcomes.at(-1)?.user.roles.join() === 'agent')
  client.close()
})
