import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sql, type Kysely } from 'kysely'
import { expect } from 'vitest'
import { connect } from '../../../gateway/database/connect'
import type { Database } from '../../../gateway/database/schema'
import { ConsoleClient } from '../console-client'
import { checkHistory, replicaDifferences } from '../history/check'
import { checkKept } from '../history/kept'
import { History, lostAnswers, type LostAnswers } from '../history/history'
import { seededEach } from '../seeded'
import { Clerk } from './clerk'
import { Desk } from './desk'
import { openHouse, type House } from './house'
import { hire, type Person, type Staff } from './opening'
import { Shop } from './shop'
import { changeAtCable, changeAtDoor } from './weather'

export interface KillsOptions {
  readonly seed: number
  readonly gatewayKills: number
  readonly postgresKills: number
  /** How long a gateway is asleep each time, in ms; longer than pings are waited for is 9 s. */
  readonly naps: readonly number[]
  /** How long the line to the database swallows everything each time, in ms. */
  readonly silences: readonly number[]
  /** People at a console's real main process, beside four who speak the protocol. */
  readonly clerks: number
  readonly consoleKills: number
  /** How long a console is asleep each time, in ms. */
  readonly consoleNaps: readonly number[]
  /** What must be acknowledged between one misfortune and the next. */
  readonly workBetween: number
}

export interface KillsReport {
  readonly commands: number
  readonly events: number
  readonly acknowledged: number
  readonly orders: number
  readonly told: number
  readonly returns: number
  /** Answers to commands that were lost when a gateway was killed, and when PostgreSQL was. */
  readonly lostTo: { readonly gateway: LostAnswers; readonly postgres: LostAnswers }
  /** Commands of which a console said that it keeps them, and those it had when it was killed. */
  readonly kept: number
  readonly keptThroughKill: number
  readonly audit: { readonly entries: number; readonly seals: number }
  readonly seconds: number
}

type Misfortune =
  | { readonly kind: 'gateway' | 'postgres' | 'console' }
  | { readonly kind: 'nap' | 'silence' | 'console nap'; readonly ms: number }

const desks = 4
/** A gateway waits a minute for an answer of its database before it gives a connection up. */
const stuckAfterMs = 180_000

/**
 * People and a shop at work on two gateways, which are killed and put to sleep under them, and so are
 * their database and their consoles, over lines that are bad. In the end nothing acknowledged may be
 * lost, nothing doubled, and everybody must hold the same.
 */
export async function killsUnderLoad(options: KillsOptions): Promise<KillsReport> {
  const start = performance.now()
  const folder = await mkdtemp(join(tmpdir(), 'kontor-consoles-'))
  let staff: Staff | null = null
  const house = await openHouse({
    nodes: 2,
    prepare: async (url) => {
      staff = await hire(url, desks + options.clerks)
    },
  })
  try {
    return { ...(await run(house, staff!, folder, options)), seconds: secondsSince(start) }
  } finally {
    await house.close()
    await rm(folder, { recursive: true, force: true })
  }
}

function secondsSince(start: number): number {
  return Math.round((performance.now() - start) / 1_000)
}

async function run(
  house: House,
  { people, secret }: Staff,
  folder: string,
  options: KillsOptions,
): Promise<Omit<KillsReport, 'seconds'>> {
  const history = new History()
  const another = seededEach(options.seed)
  const random = another()
  const doors = house.nodes.map(({ door }) => door.url)
  const atDesks = people
    .slice(0, desks)
    .map((person) => new Desk({ ...person, doors, history, random: another() }))
  const clerks: Clerk[] = []
  for (const person of people.slice(desks))
    clerks.push(
      await Clerk.hire({
        ...person,
        doors: house.nodes.map(({ door }) => door),
        folder: join(folder, person.userId),
        history,
        random: another(),
      }),
    )
  const shop = new Shop({ doors, secret, history, random: another() })
  let goesOn = true
  const working = Promise.all([
    ...[...atDesks, ...clerks].map((person) => person.work(() => goesOn)),
    shop.work(() => goesOn, 30),
    shop.work(() => goesOn, 30),
  ])
  // Told at the end, where it is waited for.
  working.catch(() => undefined)

  try {
    try {
      for (const misfortune of shuffled(misfortunes(options), random)) {
        await workDone(history, options.workBetween / 2, working)
        for (const { door } of house.nodes) changeAtDoor(door, random)
        changeAtCable(house.cable, random)
        // A line that loses bytes is broken after a while, as by a router that comes to itself.
        const clearing = setTimeout(() => clearUp(house), 1_500)
        history.misfortune = misfortune.kind
        await befall(house, clerks, misfortune, random).finally(() => clearTimeout(clearing))
        history.misfortune = null
        clearUp(house)
        await workDone(history, options.workBetween / 2, working)
        house.cable.heal()
      }
      await workDone(history, options.workBetween, working)
    } finally {
      goesOn = false
      house.cable.heal()
      for (const { door } of house.nodes) door.heal()
    }
    await working
    await shop.read()
    for (const clerk of clerks) await clerk.settled()
    for (const { gateway } of house.nodes)
      expect(gateway.hasEnded(), `a gateway ended by itself:\n${gateway.log()}`).toBe(false)
    const { db, close } = connect(house.databaseUrl(), {
      maxConnections: 2,
      onError: () => undefined,
    })
    try {
      return await judge({ db, house, history, atDesks, clerks, people, doors })
    } finally {
      await close()
    }
  } finally {
    for (const desk of atDesks) desk.close()
    for (const clerk of clerks) await clerk.close()
  }
}

interface Aftermath {
  readonly db: Kysely<Database>
  readonly house: House
  readonly history: History
  readonly atDesks: readonly Desk[]
  readonly clerks: readonly Clerk[]
  readonly people: readonly Person[]
  readonly doors: readonly string[]
}

async function judge(after: Aftermath): Promise<Omit<KillsReport, 'seconds'>> {
  const { db, house, history, atDesks, clerks } = after
  const kept = new Set(clerks.flatMap((clerk) => [...clerk.kept]))
  const wrong = [
    ...(await checkHistory(db, history, 'shop')),
    ...(await checkKept(db, history, kept)),
    ...(await unlikeFresh(after)),
  ]
  expect(wrong).toEqual([])
  // Nobody's cursor was worth nothing: what each holds it came to change by change.
  const resets = [...atDesks, ...clerks.map(({ console }) => console)].map((one) => one.resets)
  expect(resets).toEqual(resets.map(() => 0))
  const count = async (table: 'sales_order' | 'requisition' | 'audit') => {
    const { rows } = await sql<{
      n: number
    }>`select count(*) as n from ${sql.table(table)}`.execute(db)
    return rows[0]?.n ?? 0
  }
  expect(await count('requisition')).toBeGreaterThan(0)
  const audit = await auditOf(house)
  expect(audit.entries).toBe(await count('audit'))
  const done = await db.selectFrom('command').select(['id', 'at']).execute()
  const carriedOutAt = new Map(done.map(({ id, at }) => [id, at.getTime()]))
  const keptThroughKill = clerks.reduce((sum, clerk) => sum + clerk.keptThroughKill.size, 0)
  return {
    commands: history.commands.size,
    events: history.events.size,
    acknowledged: history.acknowledged,
    orders: await count('sales_order'),
    told: history.told.length,
    returns: atDesks.reduce((sum, desk) => sum + desk.returns, 0),
    lostTo: {
      gateway: lostAnswers(history, 'gateway', carriedOutAt),
      postgres: lostAnswers(history, 'postgres', carriedOutAt),
    },
    kept: kept.size,
    keptThroughKill,
    audit,
  }
}

/** What the gateway's own check says of the audit, once all of it has been sealed. */
async function auditOf(house: House): Promise<{ entries: number; seals: number }> {
  const giveUpAt = Date.now() + 90_000
  for (;;) {
    const report = await house.verifyAudit()
    expect(report).toMatchObject({ ok: true, problems: [] })
    const { entries = 0, seals = 0, unsealed = 0, anchored = null } = report ?? {}
    if (unsealed === 0 && anchored === seals) {
      expect(seals).toBeGreaterThan(0)
      return { entries, seals }
    }
    if (Date.now() > giveUpAt)
      throw new Error(`The audit stays unsealed: ${JSON.stringify(report)}`)
    await wait(500)
  }
}

function clearUp(house: House): void {
  for (const { door } of house.nodes) door.clearUp()
}

function misfortunes(options: KillsOptions): Misfortune[] {
  const times = (count: number, kind: 'gateway' | 'postgres' | 'console') =>
    Array.from({ length: count }, () => ({ kind }))
  return [
    ...times(options.gatewayKills, 'gateway'),
    ...times(options.postgresKills, 'postgres'),
    ...times(options.consoleKills, 'console'),
    ...options.naps.map((ms) => ({ kind: 'nap' as const, ms })),
    ...options.silences.map((ms) => ({ kind: 'silence' as const, ms })),
    ...options.consoleNaps.map((ms) => ({ kind: 'console nap' as const, ms })),
  ]
}

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item)
}

async function befall(
  house: House,
  clerks: readonly Clerk[],
  misfortune: Misfortune,
  random: () => number,
): Promise<void> {
  const one = <T>(of: readonly T[]): T => {
    const it = of[Math.floor(random() * of.length)]
    if (it === undefined) throw new Error(`There is nobody for a ${misfortune.kind}.`)
    return it
  }
  await wait(random() * 500)
  // Mostly something has been done by then that nobody has heard of.
  const how = { silentMs: random() < 0.8 ? 20 + random() * 150 : 0, downMs: random() * 300 }
  switch (misfortune.kind) {
    case 'gateway':
      return house.killGateway(one(house.nodes), how)
    case 'postgres':
      return house.killPostgres(random() < 0.5 ? 'postmaster' : 'all', how)
    case 'console':
      return one(clerks).killConsole(how.downMs)
    case 'console nap':
      return one(clerks).nap(misfortune.ms)
    case 'nap': {
      const { gateway } = one(house.nodes)
      gateway.stop()
      await wait(misfortune.ms)
      gateway.resume()
      return
    }
    case 'silence':
      house.cable.suffer({ toServer: { swallow: true }, toClient: { swallow: true } })
      await wait(misfortune.ms)
      house.cable.heal()
  }
}

/** Resolves when so much more has been acknowledged. */
async function workDone(history: History, more: number, working: Promise<unknown>): Promise<void> {
  const wanted = history.acknowledged + more
  const giveUpAt = Date.now() + stuckAfterMs
  while (history.acknowledged < wanted) {
    // Whoever at work came upon a bug ends it.
    await Promise.race([working, wait(50)])
    if (Date.now() > giveUpAt) throw new Error('Nothing gets done any more.')
  }
}

/** Every console, by whatever way it came there, against one that begins with nothing. */
async function unlikeFresh({ atDesks, clerks, people, doors }: Aftermath): Promise<string[]> {
  const wrong: string[] = []
  const compare = async (whose: string, token: string, held: Held) => {
    for (const door of doors) {
      const fresh = await ConsoleClient.open(door, token)
      const differences = () => replicaDifferences(whose, held.snapshot(), fresh.snapshot())
      await held.until('the last change', () => differences().length === 0).catch(() => undefined)
      wrong.push(...differences())
      fresh.close()
    }
  }
  for (const [at, desk] of atDesks.entries())
    await compare(`desk ${at}`, people[at]?.token ?? '', await desk.connected())
  for (const [at, clerk] of clerks.entries()) {
    const token = people[desks + at]?.token ?? ''
    await compare(`clerk ${at}`, token, clerk.console)
    await clerk.startAnew()
    await compare(`clerk ${at}, from disk`, token, clerk.console)
  }
  return wrong
}

interface Held {
  snapshot(): Readonly<Record<string, unknown>>
  until(what: string, holds: () => boolean, ms?: number): Promise<unknown>
}
