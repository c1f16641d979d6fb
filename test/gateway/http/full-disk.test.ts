import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createGateway, type Gateway } from '../../../gateway/create-gateway'
import { createLog } from '../../../gateway/log'
import { ConsoleClient } from '../../support/console-client'
import { addTestShop, addUser, signInAs } from '../../support/gateway'
import { load, proposal, smallSeller } from '../../support/small-seller'
import { canMount, mountSmallDisk } from '../../support/small-mount'

async function count(gateway: Gateway, table: 'requisition' | 'sales_order') {
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(
    gateway.context.db,
  )
  return rows[0]?.n
}

const isReady = async (gateway: Gateway) => (await fetch(`${gateway.url}/healthz`)).status === 200

test.runIf(canMount)(
  'without room for the database nothing is half done, it is told as such, and goes on afterwards',
  async () => {
    const disk = await mountSmallDisk(256)
    const gateway = await createGateway({
      dataDir: join(disk.folder, 'data'),
      log: createLog({ level: process.env['KONTOR_LOG_LEVEL'] ?? 'silent' }),
    })
    try {
      await load(gateway, smallSeller)
      const shop = await addTestShop(gateway)
      await addUser(gateway, { username: 'anna', roles: ['approver'] })
      const token = await signInAs(gateway, 'anna')
      const anna = await ConsoleClient.open(gateway.url, token)
      const taken = new Set<string>()
      const refused = new Set<string>()
      const send = async (id: string) => {
        const { status, body } = await shop.send(proposal(id), gateway, `event-${id}`)
        if (status === 202) {
          taken.add(id)
          refused.delete(id)
          return
        }
        expect([status, body['code']]).toEqual([503, 'unavailable'])
        refused.add(id)
      }
      for (let n = 0; n < 8; n += 1) await send(`before-${n}`)
      const waiting = await anna.until('eight to decide', () => {
        const held = anna.all('requisition')
        return held.length === 8 && held
      })

      await disk.fill()
      // What little room is left in the tables' last pages is used up first.
      for (let n = 0; refused.size < 3; n += 1) await send(`full-${n}`)
      const approvals = waiting.map(({ id, version }, n) => {
        const uuid = `00000000-0000-4000-8000-00000000000${n}`
        return () =>
          anna.command('requisition.approve', id, version, { revision: 1, warehouses: {} }, uuid)
      })
      const answers = []
      for (const approve of approvals) answers.push(await approve())
      const notDone = answers.filter((answer) => !answer.ok)
      expect(notDone.length).toBeGreaterThan(0)
      for (const answer of notDone) {
        expect(answer).toMatchObject({
          error: { code: 'unavailable', details: { reason: 'database_full' } },
        })
      }
      const done = answers.length - notDone.length
      expect(await count(gateway, 'sales_order')).toBe(done)
      expect(await count(gateway, 'requisition')).toBe(taken.size)

      // Ended now, it cannot even begin anew without room.
      const lock = await readFile(join(disk.folder, 'data', 'postgres', 'postmaster.pid'), 'utf8')
      process.kill(Number(lock.split('\n')[0]), 'SIGKILL')
      await expect.poll(() => isReady(gateway), { timeout: 20_000 }).toBe(false)
      await send('down')
      expect(refused).toContain('down')

      await disk.clear()
      await expect.poll(() => isReady(gateway), { timeout: 60_000, interval: 250 }).toBe(true)
      for (const id of refused) await send(id)
      expect(refused.size).toBe(0)
      const again = await ConsoleClient.open(gateway.url, token)
      for (const approve of waiting.map(({ id, version }, n) => {
        const uuid = `00000000-0000-4000-8000-00000000000${n}`
        return () =>
          again.command('requisition.approve', id, version, { revision: 1, warehouses: {} }, uuid)
      })) {
        expect(await approve()).toMatchObject({ ok: true })
      }
      expect(await count(gateway, 'sales_order')).toBe(8)
      expect(await count(gateway, 'requisition')).toBe(taken.size)
      again.close()
      anna.close()
    } finally {
      await gateway.close()
      await disk.remove()
    }
  },
  180_000,
)
