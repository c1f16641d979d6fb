import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql, type Kysely } from 'kysely'
import { expect } from 'vitest'
import { connect } from '../../../gateway/database/connect'
import type { Database } from '../../../gateway/database/schema'
import { keepDeadlines } from '../../../gateway/jobs/keep-deadlines'
import { createLog } from '../../../gateway/log'
import { checkApprovals, type Against } from '../history/approvals'
import { History } from '../history/history'
import { articleOf } from '../model/seller'
import { piecesOf, saidIn, secondPieces, type Content } from '../model/said'
import { seededEach } from '../seeded'
import { SharedChanges } from '../shared-changes'
import { takeIn } from '../take-in'
import { judge, reached, type RunReport } from './aftermath'
import { Buyers } from './buyers'
import { chooseForApproval } from './choose-for-approval'
import { Clerk } from './clerk'
import { answering, hireCrowd, orderers, otherContact } from './crowd-opening'
import { Desk } from './desk'
import { openHouse, type House } from './house'
import type { Staff } from './opening'
import { Shop, type ShopDocument } from './shop'

export interface CrowdOptions {
  readonly seed: number
  /** People who speak the protocol. */
  readonly desks: number
  /** People at a console's real main process. */
  readonly clerks: number
  /** Requisitions that come in. */
  readonly documents: number
  readonly gatewayKills: number
  readonly consoleKills: number
}

export interface CrowdReport extends RunReport {
  /** What is against each invariant of approval. */
  readonly against: Against
  /** How often what happened, by the audit's types, and how often what was refused, by codes. */
  readonly happened: Readonly<Record<string, number>>
  readonly refused: Readonly<Record<string, number>>
  readonly seconds: number
}

/** Waiting for a decision at a time: few enough that the same one is in several hands. */
const openAtOnce = 60
const atTheShop = 4
/** At most how long somebody thinks, in ms: all of them together are more than two cores can do. */
const thinks = 180

/**
 * Many people approve at two gateways what a shop sends in, by rules that ask several of them and some
 * of the customers' own, within their limits, while they edit, split and propose otherwise, customers
 * answer and withdraw, time reminds and lets expire, and gateways and consoles are killed. In the end nothing may be against what every approval must be, and
 * every console must hold what one holds that begins with nothing.
 */
export async function crowdApproves(options: CrowdOptions): Promise<CrowdReport> {
  const start = performance.now()
  const folder = await mkdtemp(join(tmpdir(), 'kontor-crowd-'))
  const history = new History()
  let staff: Staff | null = null
  const house = await openHouse({
    nodes: 2,
    readsMessages: false,
    prepare: async (url) => {
      staff = await hireCrowd(url, options.desks + options.clerks, options.documents, history)
    },
  })
  const { db, close } = connect(house.databaseUrl(), {
    maxConnections: 4,
    onError: () => undefined,
  })
  try {
    const report = await run({ house, db, history, staff: staff!, folder }, options)
    return { ...report, seconds: Math.round((performance.now() - start) / 1_000) }
  } catch (error) {
    console.error(`The crowd of ${JSON.stringify(options)} went wrong.`)
    throw error
  } finally {
    await close()
    await house.close()
    await rm(folder, { recursive: true, force: true })
  }
}

interface Stage {
  readonly house: House
  /** Past every cable. */
  readonly db: Kysely<Database>
  readonly history: History
  readonly staff: Staff
  readonly folder: string
}

async function run(
  { house, db, history, staff, folder }: Stage,
  options: CrowdOptions,
): Promise<Omit<CrowdReport, 'seconds'>> {
  const another = seededEach(options.seed)
  const random = another()
  const shared = new SharedChanges()
  const doors = house.nodes.map(({ door }) => door.url)
  const common = { history, choose: chooseForApproval, thinks }
  const { people, secret } = staff
  const atDesks = people
    .slice(0, options.desks)
    .map((person) => new Desk({ ...person, ...common, doors, shared, random: another() }))
  const clerks: Clerk[] = []
  for (const person of people.slice(options.desks)) {
    const parts = {
      doors: house.nodes.map(({ door }) => door),
      folder: join(folder, person.userId),
    }
    clerks.push(await Clerk.hire({ ...person, ...common, ...parts, random: another() }))
  }
  const timeLongAgo = another()
  const shop = new Shop({
    doors,
    secret,
    history,
    random: another(),
    document: someDocument,
    withdraws: 0.02,
    longAgo: (event, webhookId) => takeIn(longAgo(db, timeLongAgo), webhookId, event),
    buyers: new Buyers({ db, doors, history, random: another(), contacts: answering }),
  })
  let goesOn = true
  const isWanted = () => goesOn && shop.sent < options.documents
  const working = Promise.all([
    ...[...atDesks, ...clerks].map((person) => person.work(() => goesOn)),
    ...Array.from({ length: atTheShop }, () => shop.work(isWanted, openAtOnce)),
  ])
  // Told at the end, where it is waited for.
  working.catch(() => undefined)

  try {
    try {
      const kills = shuffled(options, random)
      for (const [at, kill] of kills.entries()) {
        const share = (at + 0.3 + random() * 0.4) / kills.length
        await reached(Math.floor(options.documents * share), () => shop.sent, working)
        history.misfortune = kill
        if (kill === 'gateway') await killGateway(house, random)
        else await clerks[Math.floor(random() * clerks.length)]?.killConsole(random() * 500)
        history.misfortune = null
      }
      await reached(options.documents, () => shop.sent, working)
    } finally {
      goesOn = false
    }
    await working
    for (const clerk of clerks) await clerk.settled()
    // All that is due is done by then, so that the gateways do nothing by themselves while it is looked at.
    await keepDeadlines({ db, wake: () => undefined })
    await shop.read()
    for (const { gateway } of house.nodes)
      expect(gateway.hasEnded(), `a gateway ended by itself:\n${gateway.log()}`).toBe(false)
    const looks = 'at the next door' as const
    const after = { db, house, history, atDesks, clerks, people, doors, looks, shared }
    return {
      ...(await judge(after)),
      against: await checkApprovals(db),
      happened: await happenedIn(db),
      refused: refusedIn(history),
    }
  } finally {
    for (const desk of atDesks) desk.close()
    for (const clerk of clerks) await clerk.close()
  }
}

/** Mostly something has been done by then that nobody has heard of. */
async function killGateway({ nodes, killGateway }: House, random: () => number): Promise<void> {
  const node = nodes[Math.floor(random() * nodes.length)]
  if (!node) throw new Error('There is no gateway.')
  const silentMs = random() < 0.8 ? 20 + random() * 150 : 0
  await killGateway(node, { silentMs, downMs: random() * 1_000 })
}

function shuffled(
  { gatewayKills, consoleKills }: CrowdOptions,
  random: () => number,
): readonly ('gateway' | 'console')[] {
  const kills = [
    ...Array.from({ length: gatewayKills }, () => 'gateway' as const),
    ...Array.from({ length: consoleKills }, () => 'console' as const),
  ]
  return kills
    .map((kill) => ({ kill, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ kill }) => kill)
}

/** A gateway whose clock shows a day on which what comes in is overdue by now, for expiry or less. */
function longAgo(db: Kysely<Database>, random: () => number): Parameters<typeof takeIn>[0] {
  const days = random() < 0.6 ? 12 : 5
  return {
    db,
    log: createLog({ level: 'silent' }),
    now: () => new Date(Date.now() - days * 86_400_000),
    // The gateways look by themselves.
    wake: () => undefined,
  }
}

const contents: readonly Content[] = [
  'small',
  'in steps',
  'in steps',
  'in steps',
  'large',
  'large',
  'bought',
  'bought',
  'orders itself',
]

/** A line or two of what can be reckoned in one's head, mostly such that the rules ask for steps. */
function someDocument(random: () => number): ShopDocument {
  const drawn = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)] as T
  const { size, contact } = saidIn(drawn(contents), 1)
  const article = articleOf(Math.floor(random() * 1_000_000))
  const proposer = random() < 0.2 ? otherContact : contact
  const first = { id: '1', article, quantity: String(piecesOf[size]) }
  return {
    contact: contact === 'olle' ? drawn(orderers) : proposer,
    lines: random() < 0.7 ? [first] : [first, { id: '2', article, quantity: String(secondPieces) }],
  }
}

async function happenedIn(db: Kysely<Database>): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<{ what: string; times: number }>`
    select type || case when actor->>'kind' = 'contact' then ' by a customer' else '' end
        || case when origin->>'via' = 'link' then ' on a page' else '' end
        || case when data->>'automatic' = 'true' then ' at once' else '' end as what,
      count(*)::integer as times
    from audit where aggregate_kind = 'requisition' group by what order by what`.execute(db)
  return Object.fromEntries(rows.map(({ what, times }) => [what, times]))
}

function refusedIn({ commands, events }: History): Readonly<Record<string, number>> {
  const codes = [
    ...[...commands.values()].flatMap(({ answers }) =>
      answers.flatMap((answer) => (answer.ok ? [] : [answer.error.code])),
    ),
    ...[...events.values()].flatMap(({ answers }) =>
      answers.flatMap((answer) => (answer.ok ? [] : [answer.code])),
    ),
  ]
  const times: Record<string, number> = {}
  for (const code of codes) times[code] = (times[code] ?? 0) + 1
  return times
}

/** Everything there is to approval has happened, and nothing is against what it must be. */
export function expectCrowd({ against, happened, refused }: CrowdReport, isFull: boolean): void {
  expect(Object.entries(against).filter(([, found]) => found.length > 0)).toEqual([])
  const times = isFull ? 5 : 1
  const seldom = (all: Readonly<Record<string, number>>, wanted: readonly string[]) =>
    wanted.filter((what) => (all[what] ?? 0) < times)
  expect(seldom(happened, isFull ? happenings : happenings.slice(0, 7))).toEqual([])
  expect(asked.some((what) => (happened[what] ?? 0) > 0)).toBe(true)
  if (isFull) expect(seldom(refused, refusals)).toEqual([])
}

/** By customers' people who are asked; also in a small crowd one or the other of it. */
const asked = [
  'requisition.approved by a customer',
  'requisition.approved by a customer on a page',
  'requisition.step_approved by a customer',
  'requisition.step_approved by a customer on a page',
  'requisition.rejected by a customer',
  'requisition.rejected by a customer on a page',
]

/** The first of them also in a small crowd. */
const happenings = [
  'requisition.submitted by a customer',
  'requisition.approved',
  'requisition.step_approved',
  'requisition.edited',
  'requisition.claimed',
  'requisition.rejected',
  'requisition.returned',
  ...asked,
  'requisition.approved by a customer at once',
  'requisition.split',
  'requisition.revived',
  'requisition.accepted by a customer',
  'requisition.withdrawn by a customer',
  'requisition.expired',
  'requisition.reminded',
  'requisition.escalated',
  'requisition.step_skipped',
  'requisition.released',
]

const refusals = [
  'already_decided',
  'stale_version',
  'not_your_step',
  'above_limit',
  'own_work',
  'beyond_price_limit',
  'claimed_by_other',
  'cannot_skip',
  'forbidden',
  'customer_approves',
  'may_not_order',
  'over_order_limit',
  'over_period_limit',
  'no_buyer_asked',
  'approval_of_other_revision',
  'no_longer_open',
]
