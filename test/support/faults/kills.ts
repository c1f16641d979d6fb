import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'vitest'
import { connect } from '../../../gateway/database/connect'
import { ConsoleClient } from '../console-client'
import { seeded } from '../feed-storm'
import { checkHistory, replicaDifferences } from '../history/check'
import { History } from '../history/history'
import { Desk } from './desk'
import { openHouse, type House } from './house'
import { hire, type Staff } from './opening'
import { Shop } from './shop'
import { cableWeather, doorWeather } from './weather'

export interface KillsOptions {
  readonly seed: number
  readonly gatewayKills: number
  readonly postgresKills: number
  /** How long a gateway is asleep each time, in ms; longer than pings are waited for is 9 s. */
  readonly naps: readonly number[]
  /** How long the line to the database swallows everything each time, in ms. */
  readonly silences: readonly number[]
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
  readonly seconds: number
}

type Misfortune = 'gateway' | 'postgres' | { readonly nap: number } | { readonly silence: number }

/**
 * People and a shop at work on two gateways, which are killed and put to sleep under them, and so is
 * their database, over lines that are bad. In the end nothing acknowledged may be lost, nothing
 * doubled, and everybody must hold the same.
 */
export async function killsUnderLoad(options: KillsOptions): Promise<KillsReport> {
  const random = seeded(options.seed)
  const start = performance.now()
  let staff: Staff | null = null
  const house = await openHouse({
    nodes: 2,
    prepare: async (url) => {
      staff = await hire(url, 4)
    },
  })
  try {
    return await run(house, staff!, options, random, start)
  } finally {
    await house.close()
  }
}

async function run(
  house: House,
  { people, secret }: Staff,
  options: KillsOptions,
  random: () => number,
  start: number,
): Promise<KillsReport> {
  const history = new History()
  const doors = house.nodes.map(({ door }) => door.url)
  const desks = people.map((person) => new Desk({ ...person, doors, history, random }))
  const shop = new Shop({ doors, secret, history, random })
  let goesOn = true
  const working = Promise.all([
    ...desks.map((desk) => desk.work(() => goesOn)),
    shop.work(() => goesOn, 30),
    shop.work(() => goesOn, 30),
  ])
  // Told at the end, where it is waited for.
  working.catch(() => undefined)

  try {
    for (const misfortune of shuffled(misfortunes(options), random)) {
      await workDone(history, options.workBetween, working)
      for (const { door } of house.nodes) door.suffer(doorWeather(random))
      house.cable.suffer(cableWeather(random))
      // A line that loses bytes is broken after a while, as by a router that comes to itself.
      const clearing = setTimeout(() => clearUp(house), 1_500)
      await befall(house, misfortune, random).finally(() => clearTimeout(clearing))
      clearUp(house)
    }
    await workDone(history, options.workBetween, working)
  } finally {
    goesOn = false
    house.cable.heal()
    for (const { door } of house.nodes) door.heal()
  }
  await working
  await shop.read()
  for (const { gateway } of house.nodes)
    expect(gateway.hasEnded(), `a gateway ended by itself:\n${gateway.log()}`).toBe(false)

  const { db, close } = connect(house.databaseUrl(), {
    maxConnections: 2,
    onError: () => undefined,
  })
  try {
    const wrong = [
      ...(await checkHistory(db, history, 'shop')),
      ...(await unlikeFresh(desks, people, doors)),
    ]
    expect(wrong).toEqual([])
    const audit = await house.verifyAudit()
    expect(audit.ok, audit.said).toBe(true)
    const count = async (table: 'sales_order' | 'requisition') =>
      (await db.selectFrom(table).select('id').execute()).length
    expect(await count('requisition')).toBeGreaterThan(0)
    return {
      commands: history.commands.size,
      events: history.events.size,
      acknowledged: history.acknowledged,
      orders: await count('sales_order'),
      told: history.told.length,
      returns: desks.reduce((sum, desk) => sum + desk.returns, 0),
      seconds: Math.round((performance.now() - start) / 1_000),
    }
  } finally {
    for (const desk of desks) desk.close()
    await close()
  }
}

function clearUp(house: House): void {
  for (const { door } of house.nodes) door.clearUp()
}

function misfortunes(options: KillsOptions): Misfortune[] {
  return [
    ...Array.from({ length: options.gatewayKills }, () => 'gateway' as const),
    ...Array.from({ length: options.postgresKills }, () => 'postgres' as const),
    ...options.naps.map((nap) => ({ nap })),
    ...options.silences.map((silence) => ({ silence })),
  ]
}

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item)
}

async function befall(house: House, misfortune: Misfortune, random: () => number): Promise<void> {
  const node = house.nodes[Math.floor(random() * house.nodes.length)]
  if (!node) throw new Error('There is no gateway.')
  await wait(random() * 500)
  if (misfortune === 'gateway') return house.killGateway(node, random() * 300)
  if (misfortune === 'postgres')
    return house.killPostgres(random() < 0.5 ? 'postmaster' : 'all', random() * 300)
  if ('nap' in misfortune) {
    node.gateway.stop()
    await wait(misfortune.nap)
    node.gateway.resume()
    return
  }
  house.cable.suffer({ toServer: { swallow: true }, toClient: { swallow: true } })
  await wait(misfortune.silence)
  house.cable.heal()
}

/** Resolves when so much more has been acknowledged. */
async function workDone(history: History, more: number, working: Promise<unknown>): Promise<void> {
  const wanted = history.acknowledged + more
  const giveUpAt = Date.now() + 120_000
  while (history.acknowledged < wanted) {
    // Whoever at work came upon a bug ends it.
    await Promise.race([working, wait(50)])
    if (Date.now() > giveUpAt) throw new Error('Nothing gets done any more.')
  }
}

/** Every console, by whatever way it came there, against one that begins with nothing. */
async function unlikeFresh(
  desks: readonly Desk[],
  people: Staff['people'],
  doors: readonly string[],
): Promise<string[]> {
  const wrong: string[] = []
  for (const [at, desk] of desks.entries()) {
    const held = await desk.connected()
    for (const door of doors) {
      const fresh = await ConsoleClient.open(door, people[at]?.token ?? '')
      const differences = () => replicaDifferences(`desk ${at}`, held.snapshot(), fresh.snapshot())
      await held.until('the last change', () => differences().length === 0).catch(() => undefined)
      wrong.push(...differences())
      fresh.close()
    }
  }
  return wrong
}
