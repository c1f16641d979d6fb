import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { createGateway } from '../../gateway/create-gateway'
import { createLog } from '../../gateway/log'
import { approveBy } from '../harness/approve'
import { openBenchConsole } from '../harness/bench-console'
import type { BenchSeller } from '../harness/bench-seller'
import { multiply, type Waiting } from '../harness/multiply'

/** One statement as it went to the server. */
interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
}

/** What one approval sent to the database, from `begin` to `commit`. */
interface RecordedApproval {
  readonly requisitionId: string
  readonly statements: readonly Statement[]
}

/** Write down everything that `approve` sends over `pg` in this process, in its one transaction. */
async function recordApproval(
  requisitionId: string,
  approve: () => Promise<void>,
): Promise<RecordedApproval> {
  const sent = new Map<object, Statement[]>()
  const { prototype } = pg.Client
  const original = prototype.query
  prototype.query = function (this: object, ...args: unknown[]) {
    const [first, second] = args
    const config = typeof first === 'string' ? { text: first, values: second } : first
    const { text, values } = config as { text: string; values?: unknown }
    const list = sent.get(this) ?? []
    sent.set(this, list)
    list.push({ text, values: Array.isArray(values) ? (values as unknown[]) : [] })
    return (original as (...all: unknown[]) => unknown).apply(this, args)
  } as typeof original
  try {
    await approve()
  } finally {
    prototype.query = original
  }
  const all = [...sent.values()].find((list) =>
    list.some(({ text }) => text.includes('sales_order')),
  )
  const from = all?.findIndex(({ text }) => text === 'begin') ?? -1
  const to = all?.findIndex(({ text }) => text === 'commit') ?? -1
  if (!all || from < 0 || to < from) throw new Error('The approval was not one transaction.')
  return { requisitionId, statements: all.slice(from, to + 1) }
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/**
 * The floor of an approval: the very statements it sends, by bare `pg`, once for each requisition, from
 * as many connections as there are clients. Ids and the order's number are new each time, the rest is
 * as recorded; nothing is checked, parsed or told to anyone.
 */
export class SameSql {
  private readonly statements: readonly Statement[]
  /** Ids that the approval made up, against those it found. */
  private readonly madeUp: ReadonlySet<string>
  private readonly clients: readonly pg.Client[]

  private constructor(
    private readonly recorded: RecordedApproval,
    clients: readonly pg.Client[],
    madeUp: ReadonlySet<string>,
  ) {
    this.statements = recorded.statements
    this.clients = clients
    this.madeUp = madeUp
  }

  static async open(
    databaseUrl: string,
    connections: number,
    recorded: RecordedApproval,
    known: ReadonlySet<string>,
  ): Promise<SameSql> {
    const clients = Array.from({ length: connections }, () => new pg.Client(databaseUrl))
    for (const client of clients) await client.connect()
    const texts = recorded.statements.flatMap(({ values }) => values.map(String))
    const ids = new Set(texts.flatMap((text) => text.match(uuid) ?? []))
    return new SameSql(recorded, clients, new Set([...ids].filter((id) => !known.has(id))))
  }

  /** Approve all of them; the milliseconds each took. */
  async approve(waiting: readonly Waiting[]): Promise<readonly number[]> {
    const left = [...waiting]
    const took: number[] = []
    await Promise.all(
      this.clients.map(async (client) => {
        for (let next = left.pop(); next; next = left.pop()) {
          const start = performance.now()
          await this.approveOne(client, next.id)
          took.push(performance.now() - start)
        }
      }),
    )
    return took
  }

  async close(): Promise<void> {
    for (const client of this.clients) await client.end()
  }

  private async approveOne(client: pg.Client, id: string): Promise<void> {
    const fresh = new Map([...this.madeUp].map((old) => [old, randomUUID() as string]))
    fresh.set(this.recorded.requisitionId, id)
    let number = ''
    for (const [index, { text, values }] of this.statements.entries()) {
      const given = values.map((value) =>
        typeof value === 'string'
          ? value
              .replaceAll(uuid, (old) => fresh.get(old) ?? old)
              .replaceAll(/O-\d{6,}/g, () => number)
          : value,
      )
      const answer = await client.query(
        given.length === 0 ? { text } : { name: `floor-${index}`, text, values: given },
      )
      const row = answer.rows[0] as { order_number?: string } | undefined
      if (row?.order_number !== undefined) number = `O-${row.order_number}`
    }
  }
}

/** Approve one requisition by a gateway in this process, and be ready to do the same by bare `pg`. */
export async function bareApprovals(seller: BenchSeller, connections: number): Promise<SameSql> {
  const [first] = await multiply(seller.client, 1)
  if (!first) throw new Error('There is nothing to approve.')
  const { databaseUrl } = seller
  const gateway = await createGateway({ databaseUrl, log: createLog({ level: 'error' }) })
  const console_ = await openBenchConsole(gateway.url, seller.approver)
  const recorded = await recordApproval(first.id, () => approveBy(console_, first))
  console_.close()
  await gateway.close()
  const { rows } = await seller.client.query<{ id: string }>('select id from app_user')
  return SameSql.open(databaseUrl, connections, recorded, new Set(rows.map(({ id }) => id)))
}
