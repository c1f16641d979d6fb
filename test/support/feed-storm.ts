import { sql } from 'kysely'
import { expect } from 'vitest'
import type { Gateway } from '../../gateway/create-gateway'
import { inTransaction } from '../../gateway/database/transaction'
import { publish } from '../../gateway/feed/publish'
import { ConsoleClient } from './console-client'
import { addUser, signInAs, startTestGateway } from './gateway'

/** A small generator of its own, so that a storm can be had again by its seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

/**
 * Writers on two nodes change the same few entities in transactions of uneven length, some of them
 * rolled back, while consoles follow, drop off and come back with their cursor. In the end every
 * console must hold what one that connects afresh is given, and what the tables say.
 */
export async function feedStorm(options: {
  readonly seed: number
  readonly changes: number
  readonly consoles: number
}): Promise<void> {
  const gateway = await startTestGateway()
  const random = seeded(options.seed)
  try {
    const nodes: Pick<Gateway, 'url' | 'context'>[] = [gateway, await gateway.anotherNode()]
    await addUser(gateway, { username: 'karin', roles: ['approver'] })
    const token = await signInAs(gateway, 'karin')
    const anyNode = () => nodes[Math.floor(random() * nodes.length)] ?? gateway

    let left = options.changes
    const write = async (node: Pick<Gateway, 'context'>) => {
      while (left > 0) {
        left -= 1
        const ids = [
          ...new Set(
            Array.from(
              { length: 1 + Math.floor(random() * 4) },
              () => `W${Math.floor(random() * 20)}`,
            ),
          ),
        ]
        const pause = random() < 0.2 ? random() * 0.03 : 0
        const fails = random() < 0.05
        const isGone = random() < 0.15
        await inTransaction(node.context.db, async (tx) => {
          // A number is taken first and the writing comes late: the order of commits is not theirs.
          await sql`select pg_current_xact_id()`.execute(tx)
          if (pause > 0) await sql`select pg_sleep(${pause})`.execute(tx)
          publish(
            tx,
            ids.map((id) => ({
              kind: 'warehouse' as const,
              id,
              value: isGone
                ? null
                : { id, name: `${id} ${left}`, openToWebshop: true, priority: left },
            })),
          )
          if (fails) throw new Error('rolled back by the storm')
        }).catch((error: unknown) => {
          if (!(error instanceof Error) || error.message !== 'rolled back by the storm') throw error
        })
        node.context.wake()
      }
    }

    const follow = async (): Promise<ConsoleClient> => {
      let console = await ConsoleClient.open(anyNode().url, token)
      while (left > 0) {
        await new Promise((resolve) => setTimeout(resolve, 20 + random() * 200))
        if (random() < 0.5) continue
        // Gone without a word, and back with whatever cursor it had, on either node.
        const held = console
        held.socket.disconnect()
        console = await ConsoleClient.resume(anyNode().url, token, held)
      }
      return console
    }

    const following = Array.from({ length: options.consoles }, follow)
    await Promise.all(nodes.flatMap((node) => [write(node), write(node), write(node)]))
    const consoles = await Promise.all(following)
    const fresh = await ConsoleClient.open(gateway.url, token)
    const rows = await gateway.context.db
      .selectFrom('feed')
      .select(['id', 'version', 'value'])
      .where('kind', '=', 'warehouse')
      .execute()
    const truth = rows
      .filter(({ value }) => value !== null)
      .map(({ id, version, value }) => [`warehouse ${id}`, { version, value }] as const)
    const warehousesOf = (console: ConsoleClient) =>
      Object.fromEntries(
        Object.entries(console.snapshot()).filter(([key]) => key.startsWith('warehouse ')),
      )
    expect(warehousesOf(fresh)).toEqual(Object.fromEntries(truth))
    for (const console of consoles) {
      await console
        .until(
          'the last change',
          () => JSON.stringify(console.snapshot()) === JSON.stringify(fresh.snapshot()),
        )
        .catch(() => undefined)
      expect(console.snapshot()).toEqual(fresh.snapshot())
      console.close()
    }
    fresh.close()
  } finally {
    await gateway.close()
  }
}
