import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { DemoAccount } from '../../contract/embedded-gateway'
import { demoSeed } from '../../demo/seller/generate-demo'
import { generateVolume } from '../../demo/seller/volume'
import { storefrontEventSchema } from '../../contract/storefront'
import { createGateway } from '../../gateway/create-gateway'
import { startEmbeddedPostgres } from '../../gateway/database/embedded/start'
import { startDemo } from '../../gateway/demo'
import { createLog } from '../../gateway/log'
import { placeOrder } from '../../gateway/requisitions/place-order'
import { receiveEvent } from '../../gateway/storefront/receive-event'
import { todayIn } from '../../domain/calendar'

/** The demo seller on a PostgreSQL server of its own, with fsync on as in use. */
export interface BenchSeller {
  readonly databaseUrl: string
  /** One who may approve everything. */
  readonly approver: DemoAccount
  readonly shopSecret: string
  readonly client: pg.Client
  /** Of the PostgreSQL server, whose backends are its children. */
  readonly serverPid: number
  close(): Promise<void>
}

/** Documents taken in by the real door, from which `multiply` makes as many as are wanted. */
export const originals = 200

/** @param lines how many lines each original has */
export async function startBenchSeller(lines = 10): Promise<BenchSeller> {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-bench-'))
  const log = createLog({ level: 'error' })
  const started = await startEmbeddedPostgres({ dataDir: folder, log })
  if (!started.ok) throw new Error(started.error.message)
  const databaseUrl = started.server.url
  const gateway = await createGateway({ databaseUrl, log })
  const { accounts, shop } = await startDemo(gateway, null)
  const approver = accounts.find(({ roles }) => roles.includes('approver'))
  if (!approver) throw new Error('The demo has no approver.')
  const now = new Date().toISOString()
  const seller = { seed: demoSeed, today: todayIn('Europe/Stockholm', now), now }
  const events = generateVolume({ seller, seed: 7, count: originals, lines: [lines, lines] })
  for (const { id, event } of events) {
    const reception = await receiveEvent(gateway.context, placeOrder, {
      shopId: 'demo',
      webhookId: id,
      body: Buffer.from(JSON.stringify(event)),
      event: storefrontEventSchema.parse(event),
    })
    if (reception.kind === 'refused') throw new Error(JSON.stringify(reception.errors))
  }
  await gateway.close()
  const client = new pg.Client(databaseUrl)
  await client.connect()
  // Enough of everything for as many approvals as are measured: what is seen of one holds for the next.
  await client.query('update stock_balance set on_hand = 1000000000000')
  await client.query('update company set credit_limit = 1000000000000000')
  return {
    databaseUrl,
    approver,
    shopSecret: shop.secret,
    client,
    serverPid: started.server.pid,
    async close() {
      await client.end()
      await started.server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
