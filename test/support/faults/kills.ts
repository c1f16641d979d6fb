import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'vitest'
import { connect } from '../../../gateway/database/connect'
import { History } from '../history/history'
import { seededEach } from '../seeded'
import { judge, reached, type RunReport } from './aftermath'
import { Clerk } from './clerk'
import { Desk } from './desk'
import { openHouse, type House } from './house'
import { hire, type Staff } from './opening'
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

export interface KillsReport extends RunReport {
  readonly seconds: number
}

type Misfortune =
  | { readonly kind: 'gateway' | 'postgres' | 'console' }
  | { readonly kind: 'nap' | 'silence' | 'console nap'; readonly ms: number }

const desks = 4

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
): Promise<RunReport> {
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
  const acknowledged = () => history.acknowledged
  const workDone = (more: number) => reached(acknowledged() + more, acknowledged, working)

  try {
    try {
      for (const misfortune of shuffled(misfortunes(options), random)) {
        await workDone(options.workBetween / 2)
        for (const { door } of house.nodes) changeAtDoor(door, random)
        changeAtCable(house.cable, random)
        // A line that loses bytes is broken after a while, as by a router that comes to itself.
        const clearing = setTimeout(() => clearUp(house), 1_500)
        history.misfortune = misfortune.kind
        await befall(house, clerks, misfortune, random).finally(() => clearTimeout(clearing))
        history.misfortune = null
        clearUp(house)
        await workDone(options.workBetween / 2)
        house.cable.heal()
      }
      await workDone(options.workBetween)
    } finally {
      goesOn = false
      house.cable.heal()
      for (const { door } of house.nodes) door.heal()
    }
    await working
    // What waits in their outboxes is told the shop as well.
    for (const clerk of clerks) await clerk.settled()
    await shop.read()
    for (const { gateway } of house.nodes)
      expect(gateway.hasEnded(), `a gateway ended by itself:\n${gateway.log()}`).toBe(false)
    const { db, close } = connect(house.databaseUrl(), {
      maxConnections: 2,
      onError: () => undefined,
    })
    try {
      return await judge({
        db,
        house,
        history,
        atDesks,
        clerks,
        people,
        doors,
        looks: 'at every door',
      })
    } finally {
      await close()
    }
  } finally {
    for (const desk of atDesks) desk.close()
    for (const clerk of clerks) await clerk.close()
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
