import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sql, type Kysely } from 'kysely'
import { expect } from 'vitest'
import type { CommandEnvelope } from '../../../contract/commands'
import { verifyAudit } from '../../../gateway/audit/verify'
import { restore } from '../../../gateway/backup/restore'
import { backUp } from '../../../gateway/backup/write'
import type { Gateway } from '../../../gateway/create-gateway'
import { connect } from '../../../gateway/database/connect'
import type { Database } from '../../../gateway/database/schema'
import { setShopPushUrl } from '../../../gateway/storefront/manage-shops'
import { ReceivingShop } from '../../gateway/storefront/receiving-shop'
import { ConsoleClient } from '../console-client'
import { allRows } from '../database-rows'
import { replicaDifferences } from '../history/check'
import { proposal } from '../small-seller'
import { deskConverges, fillOutbox, openDeskOfDay, receiveLate, type DeskOfDay } from './desk-drill'
import { nodeOn, startDay, type Day, type ReadingShop } from './day'
import { seenIn } from '../seen'

export interface DrillOptions {
  /** Address of the migrated database the seller works on. */
  readonly source: string
  /** Addresses of two empty databases. */
  readonly targets: readonly [string, string]
  readonly folder: string
  /** How many commands are acknowledged before the backup, and how many after it. */
  readonly commands: number
}

/**
 * A backup in the midst of a working day is restored elsewhere, and the seller goes on there: nothing
 * of it is missing or there twice, consoles and shop come with what they hold from before, and find
 * their way by themselves, one of them the console as it is, with work waiting in its outbox. Another backup, in the evening, gives every row as it was.
 */
export async function restoreDrill(options: DrillOptions): Promise<void> {
  const { source, targets, folder, commands } = options
  const day = await startDay(source)
  let maria: DeskOfDay | null = null
  try {
    maria = await openDeskOfDay(day, join(folder, 'desk'))
    await sendAside(day)
    await day.until(commands)
    const readBefore = day.reader.copy()
    const began = performance.now()
    const made = await backUp({ databaseUrl: source, file: join(folder, 'noon.backup') })
    expect(made).toMatchObject({ ok: true })
    const ended = performance.now()
    const lost = await approveAside(day)
    await day.until(day.acknowledged.length + commands)
    await receiveLate(day, maria)
    await day.stop()
    await day.reader.readOn(day.nodes[0])
    // Nodes that run on would seal and push while the two are compared.
    await day.close()
    await fillOutbox(maria)

    const evening = join(folder, 'evening.backup')
    expect(await backUp({ databaseUrl: source, file: evening })).toMatchObject({ ok: true })
    expect(await restore({ databaseUrl: targets[1], file: evening })).toMatchObject({ ok: true })
    await holdsTheSame(source, targets[1])
    await rm(evening)

    const restored = await restore({ databaseUrl: targets[0], file: join(folder, 'noon.backup') })
    expect(restored).toMatchObject({ ok: true })
    await goOn(day, targets[0], { began, ended, readBefore, lost, maria })
  } finally {
    await maria?.desk.close()
    await day.close()
  }
}

/** A document that nobody decides until the backup has been made. */
const aside = 'aside-approve'

async function sendAside(day: Day): Promise<void> {
  expect(await day.shop.send(proposal(aside), day.nodes[0])).toMatchObject({ status: 202 })
}

/** A decision that was acknowledged, and that the restored database will not know. */
async function approveAside({ consoles: { karin } }: Day): Promise<CommandEnvelope> {
  const {
    id: aggregateId,
    version: expectedVersion,
    value,
  } = await karin.until('it', () =>
    karin.all('requisition').find(({ value }) => value.shop.documentId === aside),
  )
  const type = 'requisition.approve'
  const payload = { revision: 1, seen: seenIn(value) }
  const command = { id: randomUUID(), type, aggregateId, expectedVersion, payload }
  expect(await karin.send(command)).toMatchObject({ ok: true })
  return command
}

/** Every row of every table, but for what a restore itself writes. */
async function holdsTheSame(source: string, target: string): Promise<void> {
  const [before, after] = [await allRows(source), await allRows(target)]
  const installation = (rows: typeof before) =>
    (rows['installation'] ?? []).map((row) => {
      const { epoch, feed_floor, ...rest } = JSON.parse(row) as Record<string, unknown>
      return [typeof epoch, feed_floor, rest]
    })
  expect(installation(after)).toEqual(installation(before))
  expect(after['installation']).not.toEqual(before['installation'])
  const known = new Set(before['audit'])
  const added = (after['audit'] ?? []).filter((row) => !known.has(row))
  expect(added.map((row) => (JSON.parse(row) as { type: string }).type)).toEqual([
    'database.restored',
  ])
  for (const rows of [before, after]) delete rows['installation']
  before['audit'] = [...(before['audit'] ?? []), ...added].sort()
  expect(after).toEqual(before)
}

interface Noon {
  readonly began: number
  readonly ended: number
  readonly readBefore: ReadingShop
  readonly lost: CommandEnvelope
  readonly maria: DeskOfDay
}

async function goOn(day: Day, url: string, noon: Noon): Promise<void> {
  const receiver = await ReceivingShop.open(() => day.shop.secret)
  const nodes: Gateway[] = []
  try {
    const pushedLast = await moveShop(url, receiver)
    nodes.push(await nodeOn(url), await nodeOn(url))
    const [first, second] = nodes as [Gateway, Gateway]
    const { db } = first.context
    await nothingIsMissing(day, db, noon)
    await consolesCatchUp(day, first, second)
    await shopGoesOn(day, second, noon.readBefore, { receiver, pushedLast })
    await workGoesOn(day, first, second, noon.lost)
    await deskConverges(noon.maria, second)
    await theAuditHolds(db)
  } finally {
    for (const node of nodes) await node.close()
    await receiver.close()
  }
}

/** Have the shop pushed to elsewhere, before a node starts; the last change that it was pushed. */
async function moveShop(url: string, receiver: ReceivingShop): Promise<string | null> {
  const { db, close } = connect(url, { maxConnections: 1, onError: () => undefined })
  try {
    await setShopPushUrl(db, 'shop', receiver.url)
    const { change_id } = await db
      .selectFrom('storefront_push')
      .select('change_id')
      .executeTakeFirstOrThrow()
    return change_id
  } finally {
    await close()
  }
}

/** What was acknowledged before the backup began is in it, and what is in it is whole. */
async function nothingIsMissing(day: Day, db: Kysely<Database>, noon: Noon): Promise<void> {
  const commands = await db.selectFrom('command').select(['id', 'answer', 'aggregate_id']).execute()
  const kept = new Set(commands.map(({ id }) => id))
  const before = day.acknowledged.filter(({ at }) => at < noon.began)
  const lost = day.acknowledged.filter(({ at }) => at > noon.ended)
  expect(before.filter(({ id }) => !kept.has(id))).toEqual([])
  // Had nothing gone on meanwhile, it would not have been under load.
  expect(day.acknowledged.length - lost.length - before.length).toBeGreaterThan(0)
  const orders = await db.selectFrom('sales_order').select(['source_id', 'number']).execute()
  const approvals = commands.filter(({ answer }) => answer.ok && 'orderNumber' in answer.result)
  expect(orders.map(({ source_id }) => source_id).sort()).toEqual(
    approvals.map(({ aggregate_id }) => aggregate_id).sort(),
  )
  const { rows } = await sql<{ told: number; decided: number; entries: number }>`
    select (select count(*) from storefront_change where change->>'type' <> 'requisition.received') as told,
      (select count(*) from requisition where state <> 'submitted') as decided,
      (select count(*) from audit where aggregate_kind = 'requisition' and type in
        ('requisition.rejected', 'requisition.ordered', 'requisition.approved')) as entries`.execute(
    db,
  )
  const [counts] = rows
  expect(counts?.told).toBe(counts?.decided)
  expect(counts?.told).toBe(commands.length)
}

/** Both come with cursors that are newer than all there is, and hold in the end what a new one does. */
async function consolesCatchUp(day: Day, first: Gateway, second: Gateway): Promise<void> {
  for (const [name, node] of [
    ['karin', second],
    ['lars', first],
  ] as const) {
    const before = day.consoles[name]
    const back = await ConsoleClient.resume(node.url, day.tokens[name], before)
    const fresh = await ConsoleClient.open(node.url, day.tokens[name])
    expect(back.welcomes[0]).toMatchObject({
      reset: true,
      gateway: before.welcomes[0]?.gateway,
    })
    const differences = () => replicaDifferences(name, back.snapshot(), fresh.snapshot())
    await expect.poll(differences, { timeout: 60_000, interval: 100 }).toEqual([])
    expect(Object.keys(back.snapshot()).length).toBeLessThan(Object.keys(before.snapshot()).length)
    back.close()
    fresh.close()
  }
}

async function shopGoesOn(
  day: Day,
  node: Gateway,
  readBefore: ReadingShop,
  {
    receiver,
    pushedLast,
  }: { readonly receiver: ReceivingShop; readonly pushedLast: string | null },
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from storefront_change order by xid, id`.execute(node.context.db)
  const all = rows.map(({ id }) => id)
  // By its cursor from before the backup it reads on, exactly where it was.
  const early = readBefore.copy()
  await early.readOn(node)
  expect(early.repeats).toBe(0)
  expect(early.ids).toEqual(all)
  // The cursor from the evening names a change that is no more: all of it, and it knows what it has.
  const late = day.reader.copy()
  const known = late.ids.length
  await late.readOn(node)
  expect(late.ids.slice(known)).toEqual(all.filter((id) => !day.reader.ids.includes(id)))
  expect(late.repeats).toBe(all.length - (late.ids.length - known))
  // What is pushed goes on after the last one that had arrived, in order, each once.
  const passed = pushedLast === null ? 0 : all.indexOf(pushedLast) + 1
  expect(passed).toBeGreaterThan(0)
  await receiver.until(() => receiver.received.length >= all.length - passed)
  expect(receiver.received.map(({ id }) => id)).toEqual(all.slice(passed))
}

/** New documents and orders carry on counting; a decision that was lost is made again as it was sent. */
async function workGoesOn(
  day: Day,
  first: Gateway,
  second: Gateway,
  lost: CommandEnvelope,
): Promise<void> {
  const { db } = first.context
  const numbers = async () => {
    const rows = await db.selectFrom('sales_order').select('number').execute()
    return rows.map(({ number }) => Number(number.replace(/\D/g, '')))
  }
  const before = await numbers()
  const karin = await ConsoleClient.open(second.url, day.tokens.karin)
  expect(await day.shop.send(proposal('after-restore'), first)).toMatchObject({ status: 202 })
  const added = await karin.until('the new one', () =>
    karin.all('requisition').find(({ value }) => value.shop.documentId === 'after-restore'),
  )
  const answer = await karin.command('requisition.approve', added.id, added.version, {
    revision: 1,
  })
  expect(answer).toMatchObject({ ok: true })
  const [newest] = (await numbers()).filter((number) => !before.includes(number))
  expect(newest).toBeGreaterThan(Math.max(...before))
  const ordersOfLost = () =>
    db
      .selectFrom('sales_order')
      .select('number')
      .where('source_id', '=', lost.aggregateId)
      .execute()
  expect(karin.get('requisition', lost.aggregateId)).toMatchObject({
    value: { state: 'submitted' },
  })
  expect(await ordersOfLost()).toEqual([])
  const answers = [await karin.send(lost), await karin.send(lost)]
  expect(answers[0]).toMatchObject({ ok: true })
  expect(answers[1]).toEqual(answers[0])
  expect(await ordersOfLost()).toHaveLength(1)
  karin.close()
}

/** Sealing goes on from where it was, and the chain holds. */
async function theAuditHolds(db: Kysely<Database>): Promise<void> {
  await expect
    .poll(async () => (await verifyAudit(db, [])).unsealed, { timeout: 20_000, interval: 200 })
    .toBe(0)
  const report = await verifyAudit(db, [])
  expect(report).toMatchObject({ ok: true, problems: [] })
  expect(report.seals).toBeGreaterThan(0)
}
