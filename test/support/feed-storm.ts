import { setTimeout as wait } from 'node:timers/promises'
import { sql, type Kysely } from 'kysely'
import { expect } from 'vitest'
import type { Gateway } from '../../gateway/create-gateway'
import type { Database } from '../../gateway/database/schema'
import { inTransaction } from '../../gateway/database/transaction'
import { publish } from '../../gateway/feed/publish'
import { ConsoleClient } from './console-client'
import { startFaultProxy, type FaultProxy } from './fault-proxy/fault-proxy'
import { changeAtDoor } from './faults/weather'
import { addUser, signInAs, startTestGateway } from './gateway'
import { replicaDifferences } from './history/check'
import { seededEach } from './seeded'
import { judgeDelivery, keepCommits, type Connection } from './storm-commits'

export interface StormOptions {
  readonly seed: number
  /** Changes committed at the least, over both nodes. */
  readonly changes: number
  readonly entities: number
  readonly consoles: number
}

export interface StormReport {
  readonly committed: number
  readonly delivered: number
  readonly returns: number
  /** Commits that a cursor covered, over all consoles, and those of them that were overwritten by then. */
  readonly covered: number
  readonly overwritten: number
  readonly seconds: number
}

const writersPerNode = 3
const undone = new Error('rolled back by the storm')

/**
 * Writers on two nodes change the same entities in transactions of uneven length, some of them rolled
 * back, while consoles follow over bad lines, drop off and come back with their cursor by either node.
 * Whenever one drops off, it must hold all that its cursor says; at each move of its cursor it must
 * have been sent every commit up to there that nothing had overwritten; and in the end it must hold
 * what one that connects afresh is given, and what the tables say.
 */
export async function feedStorm(options: StormOptions): Promise<StormReport> {
  const start = performance.now()
  const another = seededEach(options.seed)
  const gateway = await startTestGateway()
  const doors: FaultProxy[] = []
  try {
    const nodes = [gateway, await gateway.anotherNode()]
    for (const { url } of nodes)
      doors.push(await startFaultProxy(url, { readsMessages: true, random: another() }))
    await addUser(gateway, { username: 'karin', roles: ['approver'] })
    const token = await signInAs(gateway, 'karin')

    const commits = await keepCommits(gateway.context.db)
    const progress = { committed: 0, isOver: false }
    const isRaging = () => progress.committed < options.changes
    const following = Array.from({ length: options.consoles }, () =>
      follow({
        db: gateway.context.db,
        doors,
        token,
        random: another(),
        isOver: () => progress.isOver,
      }),
    )
    const changing = changeWeather(doors, another(), () => progress.isOver)
    const write = async (node: Pick<Gateway, 'context'>) => {
      const random = another()
      while (isRaging()) {
        const changes = await commitOnce(node, options.entities, random, commits.writing)
        progress.committed += changes
      }
    }
    await Promise.all(
      nodes.flatMap((node) => Array.from({ length: writersPerNode }, () => write(node))),
    )
    progress.isOver = true
    await changing
    const consoles = await Promise.all(following)

    const fresh = await ConsoleClient.open(gateway.url, token)
    expect(await unlikeTables(gateway.context.db, fresh)).toEqual([])
    const log = await commits.read()
    expect(log.commits).toHaveLength(progress.committed)
    const total = { covered: 0, overwritten: 0 }
    for (const { console, connections, wrong } of consoles) {
      const delivery = judgeDelivery(log, connections)
      total.covered += delivery.covered
      total.overwritten += delivery.overwritten
      expect(delivery.wrong).toEqual([])
      const differences = () =>
        replicaDifferences('a console', console.snapshot(), fresh.snapshot())
      await console
        .until('the last change', () => differences().length === 0)
        .catch(() => undefined)
      expect([...wrong, ...differences()]).toEqual([])
      console.close()
    }
    fresh.close()
    return {
      committed: progress.committed,
      ...total,
      delivered: consoles.reduce((sum, { delivered }) => sum + delivered, 0),
      returns: consoles.reduce((sum, { returns }) => sum + returns, 0),
      seconds: Math.round((performance.now() - start) / 1_000),
    }
  } finally {
    for (const door of doors) await door.close()
    await gateway.close()
  }
}

/** One transaction over a few entities; how many changes it committed. */
async function commitOnce(
  { context }: Pick<Gateway, 'context'>,
  entities: number,
  random: () => number,
  writing: (xid: number) => void,
): Promise<number> {
  // Mostly a few, now and then many.
  const some = Array.from({ length: 1 + Math.floor(random() * random() * 24) }, () =>
    Math.floor(random() * entities),
  )
  const ids = [...new Set(some)].map((number) => `W${number}`)
  const pause = random() < 0.2 ? random() * 0.03 : 0
  const fails = random() < 0.05
  const isGone = random() < 0.15
  try {
    await inTransaction(context.db, async (tx) => {
      // A number is taken first and the writing comes late: the order of commits is not theirs.
      const { rows } = await sql<{ xid: string }>`select pg_current_xact_id()::text as xid`.execute(
        tx,
      )
      if (pause > 0) await sql`select pg_sleep(${pause})`.execute(tx)
      writing(Number(rows[0]?.xid))
      publish(
        tx,
        ids.map((id) => ({
          kind: 'warehouse' as const,
          id,
          value: isGone
            ? null
            : { id, name: `${id} ${random()}`, openToWebshop: true, priority: 1 },
        })),
      )
      if (fails) throw undone
    })
  } catch (error) {
    if (error !== undone) throw error
    return 0
  }
  context.wake()
  return ids.length
}

interface Followed {
  readonly console: ConsoleClient
  readonly connections: readonly Connection[]
  readonly delivered: number
  readonly returns: number
  readonly wrong: readonly string[]
}

/** A console that follows until the storm is over. */
async function follow(parts: {
  readonly db: Kysely<Database>
  readonly doors: readonly FaultProxy[]
  readonly token: string
  readonly random: () => number
  readonly isOver: () => boolean
}): Promise<Followed> {
  const { db, doors, token, random, isOver } = parts
  const wrong: string[] = []
  const connections: Connection[] = []
  let delivered = 0
  let returns = 0
  const come = async (before: ConsoleClient | null): Promise<ConsoleClient> => {
    for (;;) {
      const door = doors[Math.floor(random() * doors.length)]?.url ?? ''
      const coming = before
        ? ConsoleClient.resume(door, token, before)
        : ConsoleClient.open(door, token)
      const console = await coming.catch(() => null)
      if (console) return console
      await wait(20 + random() * 100)
    }
  }
  let console = await come(null)
  for (;;) {
    const wasOver = isOver()
    await wait(20 + random() * 200)
    if (!wasOver && console.socket.connected && random() < 0.5) continue
    // Gone without a word, and back with whatever cursor it had, on either node.
    console.socket.disconnect()
    wrong.push(...(await notHeld(db, console)))
    connections.push(connectionOf(console))
    delivered += console.changes.length
    returns += 1
    const { cursor } = console
    console = await come(console)
    if (cursor && console.welcomes[0]?.reset) wrong.push(`at ${cursor.seq} it was reset`)
    if (!wasOver) continue
    connections.push(connectionOf(console))
    return { console, connections, delivered, returns, wrong }
  }
}

/** What came over a connection that is to be judged later, without the values. */
function connectionOf({ changes, moves, welcomes }: ConsoleClient): Connection {
  const received = changes.map(({ kind, id, version, seq, value }) =>
    kind === 'warehouse' ? { id, version, xid: seq, isGone: value === null } : null,
  )
  return { beganAnew: welcomes[0]?.reset === true, received, moves: [...moves] }
}

/** What a cursor says that its console holds, and it does not. */
async function notHeld(db: Kysely<Database>, console: ConsoleClient): Promise<string[]> {
  const { cursor } = console
  if (!cursor) return []
  const { rows } = await sql<{ id: string; version: number; isGone: boolean }>`
    select id, version, value is null as "isGone" from feed
    where kind = 'warehouse' and xid <= ${String(cursor.seq)}::xid8`.execute(db)
  return rows.flatMap(({ id, version, isGone }) => {
    const held = console.get('warehouse', id)
    const isHeld = isGone ? held === null : held !== null && held.version >= version
    return isHeld
      ? []
      : [
          `at ${cursor.seq} ${id} is at ${version}${isGone ? ', gone' : ''}: ${JSON.stringify(held)}`,
        ]
  })
}

async function unlikeTables(db: Kysely<Database>, fresh: ConsoleClient): Promise<string[]> {
  const rows = await db
    .selectFrom('feed')
    .select(['id', 'version', 'value'])
    .where('kind', '=', 'warehouse')
    .where('value', 'is not', null)
    .execute()
  const truth = rows.map(({ id, version, value }) => [`warehouse ${id}`, { version, value }])
  const given = Object.entries(fresh.snapshot()).filter(([key]) => key.startsWith('warehouse '))
  return replicaDifferences('a fresh one', Object.fromEntries(given), Object.fromEntries(truth))
}

/** Lines go bad and come to themselves, one after the other, until it is over. */
async function changeWeather(
  doors: readonly FaultProxy[],
  random: () => number,
  isOver: () => boolean,
): Promise<void> {
  while (!isOver()) {
    const door = doors[Math.floor(random() * doors.length)]
    if (door) changeAtDoor(door, random)
    await wait(100 + random() * 600)
    door?.clearUp()
  }
}
