import { setTimeout as wait } from 'node:timers/promises'
import { sql, type Kysely } from 'kysely'
import { expect } from 'vitest'
import type { Database } from '../../../gateway/database/schema'
import { ConsoleClient } from '../console-client'
import { checkHistory, replicaDifferences } from '../history/check'
import { lostAnswers, type History, type LostAnswers } from '../history/history'
import { checkKept } from '../history/kept'
import type { SharedChanges } from '../shared-changes'
import type { Clerk } from './clerk'
import type { Desk } from './desk'
import type { House } from './house'
import type { Person } from './opening'

/** What a run has come to. */
export interface RunReport {
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
}

/** A gateway waits a minute for an answer of its database before it gives a connection up. */
const stuckAfterMs = 180_000

/** Resolves when the work has come so far. @throws when somebody at it came upon a bug, or it stands still */
export async function reached(
  wanted: number,
  soFar: () => number,
  working: Promise<unknown>,
): Promise<void> {
  let [last, since] = [soFar(), Date.now()]
  while (last < wanted) {
    await Promise.race([working, wait(50)])
    const now = soFar()
    if (now > last) since = Date.now()
    last = now
    if (Date.now() > since + stuckAfterMs) throw new Error('Nothing gets done any more.')
  }
}

/** Everybody and everything when the work is over. */
export interface Aftermath {
  readonly db: Kysely<Database>
  readonly house: House
  readonly history: History
  readonly atDesks: readonly Desk[]
  readonly clerks: readonly Clerk[]
  /** First those at desks, then the clerks. */
  readonly people: readonly Person[]
  /** Where fresh consoles look, at every door for each console, or at the next one in turn. */
  readonly doors: readonly string[]
  readonly looks: 'at every door' | 'at the next door'
  readonly shared?: SharedChanges | undefined
}

/**
 * Nothing acknowledged is lost or doubled, the audit is whole and verified, and every console holds what
 * one that begins with nothing is sent.
 */
export async function judge(after: Aftermath): Promise<RunReport> {
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

/** Every console, by whatever way it came there, against one that begins with nothing. */
async function unlikeFresh(after: Aftermath): Promise<string[]> {
  const { atDesks, clerks, people, doors, looks, shared } = after
  const wrong: string[] = []
  let turn = 0
  const compare = async (whose: string, token: string, held: Held) => {
    turn += 1
    const next = doors.filter((_, at) => at === turn % doors.length)
    for (const door of looks === 'at every door' ? doors : next) {
      const fresh = await ConsoleClient.open(door, token, { shared })
      const differences = () => replicaDifferences(whose, held.snapshot(), fresh.snapshot())
      await held.until('the last change', () => differences().length === 0).catch(() => undefined)
      wrong.push(...differences())
      fresh.close()
    }
  }
  for (const [at, desk] of atDesks.entries())
    await compare(`desk ${at}`, people[at]?.token ?? '', await desk.connected())
  for (const [at, clerk] of clerks.entries()) {
    const token = people[atDesks.length + at]?.token ?? ''
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
