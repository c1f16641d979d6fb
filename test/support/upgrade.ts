import { setTimeout as wait } from 'node:timers/promises'
import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect } from 'vitest'

import type { CommandEnvelope } from '../../contract/commands'
import type { Requisition } from '../../contract/entities'
import type { ConnectionState, OutboxEntry, SendResult } from '../../contract/console'
import { protocolVersion, type Change } from '../../contract/feed'
import { demoSeed } from '../../demo/seller/generate-demo'
import { createShopClient } from '../../demo/shop/client'
import { openShopFloor } from '../../demo/shop/shop-floor'
import { todayIn } from '../../domain/calendar'
import { projectFolder } from '../../scripts/build'
import { InboxPage } from '../e2e/pages/inbox-page'
import { SessionPage } from '../e2e/pages/session-page'
import { launchApp, type AppRuntime, type RunningApp } from './app'
import { ConsoleClient } from './console-client'
import { changesTold } from './feed-changes'
import { startDemoGateway, type DemoGateway } from './demo-gateway'
import { buildVersion, type BuiltVersion } from './other-version/build-version'
import { idTold } from './told'

export interface UpgradeOptions {
  readonly runtime: AppRuntime
  /** Documents of the shop's, besides those of the demo. */
  readonly documents: number
  /** Decisions and marks made without a gateway, at the most. */
  readonly commands: number
  /** Whether to wait until a console tries again by itself, which takes it up to a minute. */
  readonly byItself: boolean
}

/** What one meeting came to. */
export interface Meeting {
  readonly replica: number
  readonly outbox: number
  /** From the gateway's coming back to an empty outbox, in ms. */
  readonly settledAfter: number
}

type Version = Pick<BuiltVersion, 'folder' | 'version' | 'protocol'>

const present: Version = { folder: projectFolder, version: 'present', protocol: protocolVersion }

/** Which side is upgraded first. */
type First = 'gateway' | 'console'

/** Every meeting of a console and a gateway of two versions, by the real application. */
export async function upgradeMeetings(options: UpgradeOptions): Promise<{
  readonly olderConsole: Meeting
  readonly newerConsole: Meeting
}> {
  const next = await buildVersion('99.0.0', protocolVersion + 1)
  try {
    return {
      olderConsole: await meet(options, next, 'gateway'),
      newerConsole: await meet(options, next, 'console'),
    }
  } finally {
    await next.remove()
  }
}

/**
 * A console fills its replica and, while its gateway is away, its outbox. Then one of the two is
 * upgraded: the gateway, which changes the schema of its database, or the console, which trusts no
 * replica of another version. They must say so, keep what waits, over a restart as well, and send
 * nothing; and once both are of one version everything goes through, each command once.
 */
async function meet(
  { runtime, documents, commands, byItself }: UpgradeOptions,
  next: Version,
  first: First,
): Promise<Meeting> {
  const userData = await mkdtemp(join(tmpdir(), 'kontor-upgrade-'))
  const [console, server] = first === 'gateway' ? [present, next] : [next, present]
  const reason = first === 'gateway' ? 'protocol_older' : 'protocol_newer'
  let gateway = await startDemoGateway({ folder: present.folder })
  const { dataDir } = gateway
  const port = Number(new URL(gateway.url).port)
  const changeTo = async ({ folder }: Version) => {
    gateway = await startDemoGateway({ folder, port, dataDir })
  }
  let app: RunningApp | null = null
  try {
    await submit(gateway, documents)
    app = await openConsole(runtime, present, userData, gateway)
    const before = await look(gateway, present)
    await expect.poll(() => heldBy(app), { timeout: 60_000 }).toEqual(before)

    await gateway.stop()
    await new InboxPage(app.page).waitUntilOffline()
    const given = commandsOn(before, commands)
    for (const command of given) expect(await send(app, command)).toEqual({ kind: 'queued' })
    const waiting = await outboxOf(app)
    expect(waiting.map(({ id }) => id)).toEqual(given.map(({ id }) => id))

    const kept = first === 'gateway' ? before : {}
    const staysAsItIs = async (open: RunningApp) => {
      await askAgain(open)
      await told(open, reason)
      expect(await outboxOf(open)).toEqual(waiting)
      expect(await heldBy(open)).toEqual(kept)
    }
    if (first === 'console') await app.close()
    await changeTo(server)
    if (first === 'console') app = await openConsole(runtime, console, userData, gateway, reason)
    await staysAsItIs(app)
    // Neither does a restart change anything about it, nor another try.
    await app.close()
    app = await openConsole(runtime, console, userData, gateway, reason)
    await staysAsItIs(app)
    expect(await send(app, approvalOf(before))).toEqual({ kind: 'offline' })
    expect(await look(gateway, server)).toEqual(before)

    let backAt = Date.now()
    if (first === 'gateway') {
      await app.close()
      backAt = Date.now()
      app = await openConsole(runtime, next, userData, gateway)
    } else {
      await gateway.stop()
      await changeTo(next)
      backAt = Date.now()
      if (!byItself) await askAgain(app)
    }
    await expect.poll(() => outboxOf(app), { timeout: 120_000 }).toEqual([])
    const settledAfter = Date.now() - backAt
    const after = await look(gateway, next)
    carriedOutOnce(before, after, given)
    await toldOnce(gateway, before, given)
    await expect.poll(() => heldBy(app), { timeout: 60_000 }).toEqual(after)
    await gateway.stop()
    await hasMovedOn(dataDir)
    return { replica: Object.keys(before).length, outbox: given.length, settledAfter }
  } finally {
    await app?.close()
    await gateway.remove()
    await rm(userData, { recursive: true, force: true })
  }
}

/** The schema was changed, after a backup, and there is no way back to the version before. */
async function hasMovedOn(dataDir: string): Promise<void> {
  const backups = await readdir(join(dataDir, 'backups'))
  expect(backups).toContainEqual(expect.stringContaining('before-upgrade'))
  await expect(startDemoGateway({ folder: present.folder, dataDir })).rejects.toThrow(
    'database_newer',
  )
}

async function openConsole(
  runtime: AppRuntime,
  { folder }: Version,
  userData: string,
  gateway: DemoGateway,
  awaited: 'live' | 'protocol_older' | 'protocol_newer' = 'live',
): Promise<RunningApp> {
  const app = await launchApp({ runtime, appFolder: folder, userData })
  const inbox = new InboxPage(app.page)
  await inbox.use({ language: 'sv' })
  await new SessionPage(app.page).signIn(gateway.url, 'karin', gateway.passwordOf('karin'))
  if (awaited === 'live') await inbox.waitUntilLive()
  else await told(app, awaited)
  // A newer one keeps no replica of the version before it, and has nothing to show yet.
  if (awaited !== 'protocol_newer') await inbox.rows.first().waitFor()
  return app
}

/** The sentence stands on the screen, and the state behind it is what it says. */
async function told(app: RunningApp, reason: 'protocol_older' | 'protocol_newer'): Promise<void> {
  await new InboxPage(app.page).waitForConnection(reason)
  const state: ConnectionState = await app.page.evaluate(() =>
    window.kontor.request('connection.get'),
  )
  expect(state).toMatchObject({ kind: 'offline', reason })
}

async function askAgain(app: RunningApp): Promise<void> {
  await app.page.evaluate(() => window.kontor.request('connection.retry'))
}

function send(app: RunningApp, command: CommandEnvelope): Promise<SendResult> {
  return app.page.evaluate((given) => window.kontor.request('command.send', given), command)
}

function outboxOf(app: RunningApp | null): Promise<readonly OutboxEntry[]> {
  if (app === null) throw new Error('no console is open')
  return app.page.evaluate(() => window.kontor.request('outbox.list'))
}

type Snapshot = Readonly<Record<string, { readonly version: number; readonly value: unknown }>>

/** What the console holds, as its window is given it. */
async function heldBy(app: RunningApp | null): Promise<Snapshot> {
  if (app === null) throw new Error('no console is open')
  const lines = await app.page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        let came: string[] = []
        const stop = [
          window.kontor.on('replica.reset', () => (came = [])),
          window.kontor.on('replica.changes', (lines) => came.push(...lines)),
          window.kontor.on('replica.loaded', () => {
            for (const each of stop) each()
            resolve(came)
          }),
        ]
        void window.kontor.request('replica.load')
      }),
  )
  const inBrief = changesTold(lines).filter(({ kind }) => kind === 'requisition')
  const wholes = await app.page.evaluate(
    async (ids) => {
      const asked = ids.map((id) => window.kontor.request('replica.requisition', { id }))
      const found = await Promise.all(asked)
      return found.map((one, at) => [ids[at] ?? '', one?.text ?? ''] as const)
    },
    inBrief.map(({ id }) => id),
  )
  const held = new Map<string, Change>()
  for (const change of changesTold(lines, new Map(wholes))) {
    const key = `${change.kind} ${change.id}`
    if ((held.get(key)?.version ?? -1) < change.version) held.set(key, change)
  }
  return sorted([...held.values()])
}

/** What the gateway has for the same person, by a console of its own version that begins afresh. */
async function look(gateway: DemoGateway, { protocol }: Version): Promise<Snapshot> {
  const body = JSON.stringify({ username: 'karin', password: gateway.passwordOf('karin') })
  const answer = await fetch(`${gateway.url}/api/session`, { method: 'POST', body })
  const { token } = (await answer.json()) as { token: string }
  const client = await ConsoleClient.open(gateway.url, token, { protocol })
  client.close()
  return client.snapshot() as Snapshot
}

function sorted(changes: readonly Change[]): Snapshot {
  return Object.fromEntries(
    changes
      .filter(({ value }) => value !== null)
      .map(({ kind, id, version, value }) => [`${kind} ${id}`, { version, value }] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

interface Waiting {
  readonly net: number
  readonly id: string
  readonly version: number
  readonly revision: number
}

function waitingIn(snapshot: Snapshot): readonly Waiting[] {
  return Object.entries(snapshot).flatMap(([key, { version, value }]) => {
    if (!key.startsWith('requisition ')) return []
    const { id, state, revision, totals } = value as Requisition
    return state === 'submitted' ? [{ id, version, revision, net: totals.net }] : []
  })
}

/** Commands that may wait, one for each requisition: rejected, returned, claimed, read. */
function commandsOn(snapshot: Snapshot, most: number): readonly CommandEnvelope[] {
  // One is left alone, to be approved.
  const chosen = waitingIn(snapshot).slice(1, most + 1)
  expect(chosen.length).toBeGreaterThan(3)
  return chosen.map(({ id: aggregateId, version, revision }, index) => {
    const [type, payload] = [
      ['requisition.reject', { revision, reason: 'Utgått.' }] as const,
      ['requisition.return', { revision, message: 'Vilken bredd?' }] as const,
      ['requisition.claim', {}] as const,
      ['requisition.mark_read', { revision }] as const,
    ][index % 4]!
    const expectedVersion = type === 'requisition.mark_read' ? null : version
    return { id: randomUUID(), type, aggregateId, expectedVersion, payload }
  })
}

function approvalOf(snapshot: Snapshot): CommandEnvelope {
  const [first] = waitingIn(snapshot)
  if (first === undefined) throw new Error('nothing waits to be decided')
  const { id: aggregateId, version: expectedVersion, revision, net } = first
  const type = 'requisition.approve'
  return {
    id: randomUUID(),
    type,
    aggregateId,
    expectedVersion,
    payload: { revision, seen: { net, lines: {} } },
  }
}

const becomes: Readonly<Record<string, string>> = {
  'requisition.reject': 'rejected',
  'requisition.return': 'returned',
  'requisition.claim': 'in_review',
  'requisition.mark_read': 'submitted',
}

/**
 * A version counts what happened to a requisition, and to a mark of what was read: one more says that
 * it happened, and once.
 */
function carriedOutOnce(
  before: Snapshot,
  after: Snapshot,
  given: readonly CommandEnvelope[],
): void {
  for (const { type, aggregateId, expectedVersion, payload } of given) {
    const key = `requisition ${aggregateId}`
    expect(after[key], `${type} of ${aggregateId}`).toMatchObject({
      version: expectedVersion === null ? before[key]?.version : expectedVersion + 1,
      value: { state: becomes[type] },
    })
    if (type !== 'requisition.mark_read') continue
    const [marked, markedBefore] = [markOf(after, aggregateId), markOf(before, aggregateId)]
    expect(marked, aggregateId).toMatchObject({
      version: (markedBefore?.version ?? 0) + 1,
      value: { requisitionId: aggregateId, revision: payload['revision'] },
    })
  }
}

/** How far its person has read a requisition. */
function markOf(snapshot: Snapshot, requisition: string): Snapshot[string] | undefined {
  const isOf = (key: string) => key.startsWith('read_mark ') && key.endsWith(`:${requisition}`)
  return Object.entries(snapshot).find(([key]) => isOf(key))?.[1]
}

/** The shop hears of every rejection and return, and of each once. */
async function toldOnce(
  gateway: DemoGateway,
  before: Snapshot,
  given: readonly CommandEnvelope[],
): Promise<void> {
  const shop = createShopClient(gateway.shop)
  const heard: string[] = []
  for (let cursor: string | null = null, more = true; more;) {
    const page = await shop.changes(cursor)
    if (!page.ok) throw new Error(JSON.stringify(page.error))
    for (const { change } of page.value.changes) heard.push(`${change.type} ${idTold(change)}`)
    cursor = page.value.cursor
    more = page.value.more
  }
  for (const { type, aggregateId } of given) {
    const outcome = becomes[type]
    if (outcome !== 'rejected' && outcome !== 'returned') continue
    const held = before[`requisition ${aggregateId}`]?.value
    const { documentId } = (held as { readonly shop: { readonly documentId: string } }).shop
    const tellings = heard.filter((one) => one === `requisition.${outcome} ${documentId}`)
    expect(tellings, documentId).toHaveLength(1)
  }
}

/** Documents that wait for somebody at the seller. */
async function submit(gateway: DemoGateway, documents: number): Promise<void> {
  const shop = createShopClient(gateway.shop)
  const today = todayIn('Europe/Stockholm', new Date().toISOString())
  const floor = openShopFloor({ seed: demoSeed, today }, today, 11)
  for (let index = 0; index < documents; index += 1) {
    const { event } = floor.nextDocument({
      type: 'requisition.submitted',
      id: undefined,
      now: new Date().toISOString(),
      toBeDecided: true,
    })
    for (;;) {
      const sent = await shop.send(event)
      if (sent.ok) break
      // A shop may send so many events a second, and a quick machine makes more.
      if (sent.error.code !== 'refused' || sent.error.status !== 429)
        throw new Error(JSON.stringify(sent.error))
      await wait(1_000)
    }
  }
}
