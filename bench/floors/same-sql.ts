import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { createGateway } from '../../gateway/create-gateway'
import { createLog } from '../../gateway/log'
import { approveBy, lookAt } from '../harness/approve'
import { openBenchConsole } from '../harness/bench-console'
import { originals, type BenchSeller } from '../harness/bench-seller'
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

/** The gateway's statements are planned for its settings: without them the floor would lie too low. */
const plannedAlike = '-c jit=off -c enable_seqscan=off -c plan_cache_mode=force_generic_plan'

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/**
 * The floor of an approval: the very statements it sends, by bare `pg`, one after the other, once for
 * each requisition, from as many connections as there are clients. Ids and the order's number are new
 * each time; the rest is as it was recorded when a copy of the same original was approved, so that as
 * many articles are asked for as in use. Nothing is checked, parsed or told to anyone.
 */
export class SameSql {
  private readonly names = new Map<string, string>()

  private constructor(
    private readonly clients: readonly pg.Client[],
    /** By the original. */
    private readonly recorded: ReadonlyMap<string, RecordedApproval>,
    /** Ids that an approval found; all others it made up. */
    private readonly known: ReadonlySet<string>,
  ) {}

  static async open(
    databaseUrl: string,
    connections: number,
    recorded: ReadonlyMap<string, RecordedApproval>,
    known: ReadonlySet<string>,
  ): Promise<SameSql> {
    const clients = Array.from(
      { length: connections },
      () => new pg.Client({ connectionString: databaseUrl, options: plannedAlike }),
    )
    for (const client of clients) await client.connect()
    return new SameSql(clients, recorded, known)
  }

  /** Approve all of them; the milliseconds each took. */
  async approve(waiting: readonly Waiting[]): Promise<readonly number[]> {
    const left = [...waiting]
    const took: number[] = []
    await Promise.all(
      this.clients.map(async (client) => {
        for (let next = left.pop(); next; next = left.pop()) {
          const start = performance.now()
          await this.approveOne(client, next)
          took.push(performance.now() - start)
        }
      }),
    )
    return took
  }

  async close(): Promise<void> {
    for (const client of this.clients) await client.end()
  }

  private async approveOne(client: pg.Client, { id, original }: Waiting): Promise<void> {
    const recorded = this.recorded.get(original)
    if (!recorded) throw new Error('No approval of that original was recorded.')
    const ids = new Map([[recorded.requisitionId, id]])
    const idFor = (old: string) => {
      const now = ids.get(old) ?? (this.known.has(old) ? old : randomUUID())
      ids.set(old, now)
      return now
    }
    let number = ''
    for (const { text, values } of recorded.statements) {
      const given = values.map((value) =>
        typeof value === 'string'
          ? value.replaceAll(uuid, idFor).replaceAll(/O-\d{6,}/g, () => number)
          : value,
      )
      const answer = await client.query(
        isPlain(text) ? { text } : { name: this.nameOf(text), text, values: given },
      )
      const row = answer.rows[0] as { order_number?: string } | undefined
      if (row?.order_number !== undefined) number = `O-${row.order_number}`
    }
  }

  private nameOf(text: string): string {
    const name = this.names.get(text) ?? `floor-${this.names.size}`
    this.names.set(text, name)
    return name
  }
}

/** What has no plan to be kept. */
function isPlain(text: string): boolean {
  return text === 'begin' || text === 'commit'
}

/** Approve one requisition of each original by a gateway in this process, and be ready to do it again. */
export async function bareApprovals(seller: BenchSeller, connections: number): Promise<SameSql> {
  const { databaseUrl } = seller
  const gateway = await createGateway({ databaseUrl, log: createLog({ level: 'error' }) })
  const console_ = await openBenchConsole(gateway.url, seller.approver)
  const recorded = new Map<string, RecordedApproval>()
  const each = await multiply(seller.client, originals)
  await lookAt(console_, each)
  for (const one of each) {
    recorded.set(one.original, await recordApproval(one.id, () => approveBy(console_, one)))
  }
  console_.close()
  await gateway.close()
  const { rows } = await seller.client.query<{ id: string }>('select id from app_user')
  return SameSql.open(databaseUrl, connections, recorded, new Set(rows.map(({ id }) => id)))
}
