import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Gateway } from '../../../gateway/create-gateway'
import { ConsoleClient } from '../../support/console-client'
import { addUser, signInAs, startTestGateway, type TestGateway } from '../../support/gateway'

let gateway: TestGateway
let other: Gateway

beforeAll(async () => {
  gateway = await startTestGateway()
  other = await gateway.anotherNode()
})
afterAll(() => gateway.close())

const patience = { timeout: 20_000 }

/** How many of the database's connections wait for a lock. */
async function waiting(): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::integer as waiting from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(gateway.context.db)
  return rows[0]?.waiting ?? 0
}

test('signing out does not undo in the feed what an admin changes meanwhile', async () => {
  await addUser(gateway, { username: 'adam', roles: ['admin'] })
  const id = await addUser(gateway, { username: 'vera', roles: ['approver'] })
  const token = await signInAs(gateway, 'vera')
  const adam = await ConsoleClient.open(gateway.url, await signInAs(gateway, 'adam'))
  const change = { displayName: 'Vera Ny', roles: ['approver'], team: null, approvalLimit: null }

  // Whoever writes the user into the feed has to wait, so that both are under way at once.
  let release = () => {}
  const released = new Promise<void>((resolve) => (release = resolve))
  const holding = gateway.context.db.transaction().execute(async (tx) => {
    await sql`select 1 from feed where kind = 'user' and id = ${id} for update`.execute(tx)
    await released
  })
  const updating = adam.command('user.update', id, 1, change)
  await expect.poll(waiting, patience).toBe(1)
  const leaving = fetch(`${other.url}/api/session`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${token}` },
  })
  await expect.poll(waiting, patience).toBe(2)
  release()
  await holding
  expect(await updating).toMatchObject({ ok: true, version: 2 })
  expect((await leaving).status).toBe(204)

  const fresh = await ConsoleClient.open(other.url, await signInAs(other, 'adam'))
  expect(fresh.get('user', id)).toMatchObject({ version: 2, value: { displayName: 'Vera Ny' } })
  fresh.close()
  adam.close()
})

test('of two admins who disable each other at once one stays', async () => {
  await addUser(gateway, { username: 'ada', roles: ['admin'] })
  const ada = await ConsoleClient.open(other.url, await signInAs(other, 'ada'))
  const adam = await ConsoleClient.open(gateway.url, await signInAs(gateway, 'adam'))
  const idOf = (name: string) =>
    adam.until(name, () => adam.all('user').find(({ value }) => value.username === name)?.id)
  const [first, second] = [await idOf('adam'), await idOf('ada')]
  await Promise.all([
    adam.command('user.disable', second, null).catch(hungUpOn),
    ada.command('user.disable', first, null).catch(hungUpOn),
  ])
  const left = await gateway.context.db
    .selectFrom('app_user')
    .select('username')
    .where(sql<boolean>`'admin' = any(roles)`)
    .where('status', '=', 'active')
    .execute()
  expect(left).toHaveLength(1)
  adam.close()
  ada.close()
})

/** Whoever has been disabled hears no more. */
function hungUpOn(): void {}
