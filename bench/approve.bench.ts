import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import pg from 'pg'
import { v7 as uuid } from 'uuid'

import { createGateway } from '../gateway/create-gateway'
import { startEmbeddedPostgres } from '../gateway/database/embedded/start'
import { createLog } from '../gateway/log'
import { ConsoleClient } from '../test/support/console-client'
import { addTestShop, addUser, signInAs } from '../test/support/gateway'
import { quietLog } from '../test/support/quiet-log'
import { load, proposal, smallSeller } from '../test/support/small-seller'

const rounds = 5
const approvals = 40

/**
 * One approval of a ten-line requisition by one console, from the command to its answer after
 * commit, beside a floor: one row inserted and committed by bare `pg` on the same server.
 */
const folder = await mkdtemp(join(tmpdir(), 'kontor-bench-'))
const started = await startEmbeddedPostgres({ dataDir: folder, log: quietLog })
if (!started.ok) throw new Error(started.error.message)
const gateway = await createGateway({
  databaseUrl: started.server.url,
  log: createLog({ level: 'error' }),
})
const client = new pg.Client(started.server.url)
await client.connect()
await client.query('create table floor_row (id uuid primary key, body text not null)')
await load(gateway, smallSeller)
await addUser(gateway, { username: 'karin', roles: ['approver'] })
const shop = await addTestShop(gateway)
const console_ = await ConsoleClient.open(gateway.url, await signInAs(gateway, 'karin'))

const approve: number[] = []
const floor: number[] = []
for (let round = 0; round < rounds; round += 1) {
  for (let index = 0; index < approvals; index += 1) {
    floor.push(
      await timed(() =>
        client.query('insert into floor_row values ($1, $2)', [uuid(), 'x'.repeat(2_000)]),
      ),
    )
  }
  const waiting = []
  for (let index = 0; index < approvals; index += 1) waiting.push(await submit(`${round}-${index}`))
  for (const { id, version } of waiting) {
    approve.push(
      await timed(async () => {
        const answer = await console_.command('requisition.approve', id, version, { revision: 1 })
        if (!answer.ok) throw new Error(answer.error.message)
      }),
    )
  }
}
for (const [name, share] of [
  ['approve.latency.p50', 0.5],
  ['approve.latency.p99', 0.99],
] as const) {
  const [value, least] = [quantile(approve, share), quantile(floor, share)]
  process.stdout.write(
    `${JSON.stringify({ name, value: rounded(value), unit: 'ms', floor: rounded(least), ratio: rounded(value / least), rounds })}\n`,
  )
}
console_.close()
await client.end()
await gateway.close()
await started.server.stop()
await rm(folder, { recursive: true, force: true })

async function submit(name: string): Promise<{ readonly id: string; readonly version: number }> {
  const documentId = `${name}-${randomUUID()}`
  const lines = Array.from({ length: 10 }, (_, line) => ({
    id: String(line),
    article: line % 2 === 0 ? 'RB-2206' : 'IS-0319',
    quantity: String(1 + line),
  }))
  await shop.send(proposal(documentId, { lines }))
  return console_.until('the requisition', () =>
    console_.all('requisition').find(({ value }) => value.shop.documentId === documentId),
  )
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
