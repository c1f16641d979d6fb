import { randomUUID } from 'node:crypto'
import { sql, type Kysely } from 'kysely'
import { expect } from 'vitest'
import type { CommandEnvelope } from '../../../contract/commands'
import type { Gateway } from '../../../gateway/create-gateway'
import type { Database } from '../../../gateway/database/schema'
import { ConsoleClient } from '../console-client'
import { addUser, signInAs } from '../gateway'
import { replicaDifferences } from '../history/check'
import { proposal } from '../small-seller'
import type { Day } from './day'
import { openDesk, type RunningDesk } from '../desk'

const patience = { timeout: 60_000, interval: 100 }

/** Documents that nobody of the day decides; the last of them comes after the backup. */
const known = ['aside-reject', 'aside-return', 'aside-claim', 'aside-read']
const late = 'aside-late'

export interface DeskOfDay {
  readonly desk: RunningDesk
  readonly token: string
  readonly userId: string
  /** What was given to it while there was no gateway. */
  readonly given: CommandEnvelope[]
}

/** Somebody else comes to the desk, with the real console's own line, outbox and replica. */
export async function openDeskOfDay(day: Day, folder: string): Promise<DeskOfDay> {
  const [node] = day.nodes
  const userId = await addUser(node, { username: 'maria', roles: ['approver'] })
  const token = await signInAs(node, 'maria')
  const client = await ConsoleClient.open(node.url, token)
  const [welcome] = client.welcomes
  client.close()
  if (!welcome) throw new Error('it was welcomed')
  const desk = await openDesk({
    folder,
    address: node.url,
    token,
    user: welcome.user,
    gatewayId: welcome.gateway,
  })
  for (const document of known) await sendIn(day, document)
  return { desk, token, userId, given: [] }
}

async function sendIn(day: Day, document: string): Promise<void> {
  expect(await day.shop.send(proposal(document), day.nodes[0])).toMatchObject({ status: 202 })
}

/** A document comes that the backup does not have, and the desk has it. */
export async function receiveLate(day: Day, { desk }: DeskOfDay): Promise<void> {
  await sendIn(day, late)
  await expect.poll(async () => [...idsOf(await desk.held()).keys()], patience).toContain(late)
}

interface Held {
  readonly id: string
  readonly version: number
}

function idsOf(held: Readonly<Record<string, unknown>>): ReadonlyMap<string, Held> {
  const found = new Map<string, Held>()
  for (const [key, one] of Object.entries(held)) {
    if (!key.startsWith('requisition ')) continue
    const { version, value } = one as {
      readonly version: number
      readonly value: { readonly id: string; readonly shop: { readonly documentId: string } }
    }
    found.set(value.shop.documentId, { id: value.id, version })
  }
  return found
}

/** With no gateway to be had, its person goes on: one command of each kind that may wait. */
export async function fillOutbox({ desk, given }: DeskOfDay): Promise<void> {
  await expect.poll(() => desk.state, patience).not.toBe('live')
  const ids = idsOf(await desk.held())
  for (const [document, type, payload] of [
    ['aside-reject', 'requisition.reject', { revision: 1, reason: 'Utgått.' }],
    ['aside-return', 'requisition.return', { revision: 1, message: 'Vilken bredd?' }],
    ['aside-claim', 'requisition.claim', {}],
    ['aside-read', 'requisition.mark_read', { revision: 1 }],
    [late, 'requisition.reject', { revision: 1, reason: 'Utgått.' }],
  ] as const) {
    const one = ids.get(document)
    if (!one) throw new Error(`${document} is not on the desk`)
    const expectedVersion = type === 'requisition.mark_read' ? null : one.version
    const command = { id: randomUUID(), type, aggregateId: one.id, expectedVersion, payload }
    expect(await desk.send(command)).toEqual({ kind: 'queued' })
    given.push(command)
  }
  expect(desk.outbox.map(({ id }) => id)).toEqual(given.map(({ id }) => id))
}

const becomes: Readonly<Record<string, string>> = {
  'requisition.reject': 'rejected',
  'requisition.return': 'returned',
  'requisition.claim': 'in_review',
}

/**
 * The gateway is there again, taken back to the backup. Nobody touches the desk: what waited is carried
 * out once, what is about a document that was lost is told, and it holds in the end what a new one does.
 */
export async function deskConverges(
  { desk, token, userId, given }: DeskOfDay,
  node: Gateway,
): Promise<void> {
  desk.moveTo(node.url)
  const lost = given.at(-1)
  await expect
    .poll(() => desk.outbox.map(({ id, refusal }) => [id, refusal?.code]), patience)
    .toEqual([[lost?.id, 'not_found']])
  await expect.poll(() => desk.state, patience).toBe('live')

  const fresh = await ConsoleClient.open(node.url, token)
  const differences = async () =>
    replicaDifferences('the desk', await desk.held(), fresh.snapshot())
  await expect.poll(differences, patience).toEqual([])
  for (const { type, aggregateId, expectedVersion } of given.slice(0, -1)) {
    if (expectedVersion === null) {
      const mark = { value: { requisitionId: aggregateId, revision: 1 } }
      expect(fresh.get('read_mark', `${userId}:${aggregateId}`)).toMatchObject(mark)
      continue
    }
    const after = { version: expectedVersion + 1, value: { state: becomes[type] } }
    expect(fresh.get('requisition', aggregateId)).toMatchObject(after)
  }
  fresh.close()
  expect(await timesDone(node.context.db, userId, given)).toEqual([1, 1, 1, 1, 0])
  const { rows } = await sql<{ type: string }>`
    select change->>'type' as type from storefront_change
    where change#>>'{data,id}' like 'aside-re%' and change->>'type' <> 'requisition.received'
    order by type`.execute(node.context.db)
  expect(rows.map(({ type }) => type)).toEqual(['requisition.rejected', 'requisition.returned'])
}

/** How often each was carried out, as commands are kept and, where it has an entry, as the audit tells. */
async function timesDone(
  db: Kysely<Database>,
  userId: string,
  given: readonly CommandEnvelope[],
): Promise<readonly number[]> {
  const times: number[] = []
  for (const { id, aggregateId, type } of given) {
    const { rows } = await sql<{ kept: number; told: number }>`
      select (select count(*) from command where id = ${id} and (answer->>'ok')::boolean) as kept,
        (select count(*) from audit where aggregate_id = ${aggregateId} and actor->>'id' = ${userId})
          as told`.execute(db)
    const [{ kept, told } = { kept: 0, told: 0 }] = rows
    if (type !== 'requisition.mark_read') expect([type, told]).toEqual([type, kept])
    times.push(kept)
  }
  return times
}
